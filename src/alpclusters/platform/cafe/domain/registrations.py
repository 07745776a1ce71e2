"""Answers to an invitation: I come, I cannot come; where it is allowed from anybody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.agendas import end_of
from alpclusters.platform.cafe.domain.invitations import ASKED, TOLD
from alpclusters.platform.cafe.models import AlpCafe, Invitation


def takes_registrations(cafe: AlpCafe, now: datetime) -> bool:
    """Say whether one can still register: until the AlpCafé is over."""
    return not cafe.is_closed and now < end_of(cafe)


@transaction.atomic
def register(invitation: Invitation, answer: Mapping[str, Any], *, now: datetime) -> None:
    """Store that an invited person comes, and what they said of themselves, by column.

    Raises
    ------
    StateError
        ``cafe.registration_over``.
    """
    _require(invitation.cafe, now)
    _write(invitation, answer)
    invitation.state, invitation.answered_at = Invitation.State.REGISTERED, now
    invitation.save()


@transaction.atomic
def decline(invitation: Invitation, *, now: datetime) -> None:
    """Store that an invited person cannot come.

    Raises
    ------
    StateError
        ``cafe.registration_over``.
    """
    _require(invitation.cafe, now)
    invitation.state, invitation.answered_at = Invitation.State.DECLINED, now
    invitation.needs = ""
    invitation.save(update_fields=["state", "answered_at", "needs"])


@transaction.atomic
def register_openly(cafe: AlpCafe, answer: Mapping[str, Any], *, now: datetime) -> Invitation:
    """Register somebody without an invitation; an address that is known is not told apart.

    What is known of an invited person is not overwritten by a stranger: a second row arises,
    and the facilitator sees both.

    Raises
    ------
    StateError
        ``cafe.registration_over``, ``cafe.registration_by_invitation``.
    """
    _require(cafe, now)
    if not cafe.open_registration:
        raise StateError("cafe.registration_by_invitation")
    made = Invitation(cafe=cafe)
    _write(made, answer)
    made.state, made.answered_at = Invitation.State.REGISTERED, now
    made.save()
    return made


def _require(cafe: AlpCafe, now: datetime) -> None:
    if not takes_registrations(cafe, now):
        raise StateError("cafe.registration_over")


def _write(invitation: Invitation, answer: Mapping[str, Any]) -> None:
    for name in (*ASKED, *TOLD):
        if name in answer and name != "email":
            setattr(invitation, name, answer[name])
    if answer.get("email"):
        invitation.email = answer["email"].lower()
