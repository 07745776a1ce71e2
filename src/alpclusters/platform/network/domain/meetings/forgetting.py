"""Forget who came: thirty days after the day only the organisations are known."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from alpclusters.platform.network.models import Attendance

KEPT: Final = timedelta(days=30)


def forget_attendants(now: datetime) -> int:
    """Delete who came for whom to days that lie thirty days back; return how many."""
    last = timezone.localdate(now) - KEPT
    known = Q(user__isnull=False) | Q(shows_name=True)
    rows = Attendance.objects.filter(known, day__held_on__lt=last)
    return rows.update(user=None, shows_name=False)
