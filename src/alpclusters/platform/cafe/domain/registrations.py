"""Answers to an invitation: I come, I cannot come; where it is allowed from anybody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.agendas import end_of
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.territory.models import Region


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody writes who comes."""

    name: str
    email: str = ""
    organisation_name: str = ""
    region: Region | None = None
    level: str = ""
    helix: str = ""
    language: str = "en"
    languages: Sequence[str] = field(default_factory=tuple)
    needs: str = ""


def takes_registrations(cafe: AlpCafe, now: datetime) -> bool:
    """Say whether one can still register: until the AlpCafé is over."""
    return not cafe.is_closed and now < end_of(cafe)


@transaction.atomic
def register(invitation: Invitation, answer: Answer, *, now: datetime) -> None:
    """Store that an invited person comes, and what the host should know.

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
def register_openly(cafe: AlpCafe, answer: Answer, *, now: datetime) -> Invitation:
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


def _write(invitation: Invitation, answer: Answer) -> None:
    invitation.name = answer.name
    if answer.email:
        invitation.email = answer.email.lower()
    invitation.organisation_name = answer.organisation_name
    invitation.region = answer.region
    invitation.level, invitation.helix = answer.level, answer.helix
    invitation.language, invitation.languages = answer.language, list(answer.languages)
    invitation.needs = answer.needs
