"""Reminders: once, three days before, to those who come and to those who have not answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.platform.cafe.domain.agendas import end_of
from alpclusters.platform.cafe.models import AlpCafe, Invitation

BEFORE: Final = timedelta(days=3)
# Nobody is reminded on the day after the invitation.
REST: Final = timedelta(days=2)


def due_reminders(now: datetime) -> list[Invitation]:
    """List who should be reminded now, over all AlpCafés that are near."""
    today = timezone.localdate(now)
    near = AlpCafe.objects.filter(held_on__range=(today, today + BEFORE))
    return [one for cafe in near for one in reminders_of(cafe, now)]


def reminders_of(cafe: AlpCafe, now: datetime) -> Sequence[Invitation]:
    """List who of an AlpCafé has not been reminded yet: none once it is closed or over."""
    if cafe.is_closed or now >= end_of(cafe):
        return []
    return list(_waiting(cafe).exclude(invited_at__gt=now - REST))


def _waiting(cafe: AlpCafe) -> QuerySet[Invitation]:
    states = (Invitation.State.INVITED, Invitation.State.REGISTERED)
    waiting = cafe.invitations.filter(state__in=states, reminded_at__isnull=True)
    return waiting.exclude(email="").select_related("cafe")
