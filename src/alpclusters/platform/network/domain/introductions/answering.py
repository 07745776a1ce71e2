"""Say yes or no to an introduction, take it back, or let it lapse."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.network.models import FollowUp, Introduction

# So long the other side has time to answer.
LAPSES_AFTER: Final = timedelta(days=60)
MONTHS: Final = (3, 12)


@transaction.atomic
def accept_introduction(introduction: Introduction, *, by: User, now: datetime) -> Introduction:
    """Agree: from now on both sides see each other's name and address.

    Raises
    ------
    StateError
        It was decided otherwise meanwhile.
    """
    made = _decide(introduction, Introduction.State.ACCEPTED, by=by, now=now)
    sides = (made.asking_id, made.asked_id)
    FollowUp.objects.bulk_create(
        FollowUp(introduction=made, organisation_id=side, months=months)
        for side in sides
        for months in MONTHS
    )
    return made


@transaction.atomic
def decline_introduction(
    introduction: Introduction, *, by: User, now: datetime, answer: str = ""
) -> Introduction:
    """Say no, with or without a reason.

    Raises
    ------
    StateError
        It was decided otherwise meanwhile.
    """
    return _decide(introduction, Introduction.State.DECLINED, by=by, now=now, answer=answer)


@transaction.atomic
def withdraw_introduction(introduction: Introduction, *, by: User, now: datetime) -> Introduction:
    """Take back a wish that nobody answered yet.

    Raises
    ------
    StateError
        It was decided meanwhile.
    """
    return _decide(introduction, Introduction.State.WITHDRAWN, by=by, now=now)


def due_to_lapse(now: datetime) -> list[Introduction]:
    """List what nobody answered for 60 days."""
    rows = Introduction.objects.filter(
        state=Introduction.State.ASKED, asked_at__lte=now - LAPSES_AFTER
    )
    return list(rows.select_related("asking", "asked", "asked_by").order_by("asked_at", "pk"))


@transaction.atomic
def lapse_introduction(introduction: Introduction, *, now: datetime) -> bool:
    """Close what was never answered; False if somebody answered meanwhile."""
    try:
        _decide(introduction, Introduction.State.LAPSED, by=None, now=now)
    except StateError:
        return False
    return True


def _decide(
    introduction: Introduction, state: str, *, by: User | None, now: datetime, answer: str = ""
) -> Introduction:
    # Both sides may act in the same moment; the first one counts.
    rows = Introduction.objects.select_for_update(of=("self",))
    fresh = rows.select_related("asking", "asked", "asked_by").get(pk=introduction.pk)
    if fresh.state != Introduction.State.ASKED:
        raise StateError("introduction.decided")
    fresh.state, fresh.answer = state, answer
    fresh.decided_by, fresh.decided_at = by, now
    sign(fresh, by, reason=state)
    fresh.save()
    return fresh
