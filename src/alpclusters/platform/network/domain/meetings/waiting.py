"""What waits for somebody: invitations to answer, wishes to answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.domain.meetings.days import TAKES_WISHES
from alpclusters.platform.network.models import Attendance, MeetingDay, MeetingWish
from alpclusters.platform.network.rules import spoken_for_by


def invitations_waiting_for(user: User) -> QuerySet[Attendance]:
    """List the invitations without an answer of all organisations somebody speaks for."""
    own = spoken_for_by(user).order_by().values("pk")
    rows = Attendance.objects.filter(
        state=Attendance.State.INVITED, organisation__in=own, day__state__in=TAKES_WISHES
    )
    return rows.select_related("day", "organisation").order_by("day__held_on", "pk")


def wishes_waiting_for(user: User) -> QuerySet[MeetingWish]:
    """List the wishes that somebody may answer now."""
    own = spoken_for_by(user).order_by().values("pk")
    rows = MeetingWish.objects.filter(
        state=MeetingWish.State.ASKED, asked__organisation__in=own, day__state__in=TAKES_WISHES
    )
    return rows.select_related("day", "asking__organisation", "asked__organisation")


@dataclass(frozen=True, slots=True)
class Asked:
    """An organisation that others want to meet, and whose answers they wait for."""

    attendance: Attendance
    wishes: tuple[MeetingWish, ...]


def due_to_tell(now: datetime) -> list[Asked]:
    """List who is to be told of wishes that came since the last mail, one entry each."""
    over = Q(day__wishes_until__lt=now)
    rows = MeetingWish.objects.exclude(over).filter(
        state=MeetingWish.State.ASKED, told_at=None, day__state__in=TAKES_WISHES
    )
    rows = rows.select_related(
        "asking__organisation", "asked__organisation", "asked__user", "asked__day"
    )
    found: dict[int, list[MeetingWish]] = {}
    for row in rows.order_by("asked", "pk"):
        found.setdefault(row.asked_id, []).append(row)
    return [Asked(rows[0].asked, tuple(rows)) for rows in found.values()]


def note_told(wishes: Iterable[MeetingWish], *, now: datetime) -> None:
    """Remember that the other side had a mail."""
    MeetingWish.objects.filter(pk__in=[one.pk for one in wishes]).update(told_at=now)


def days_attended_by(user: User) -> QuerySet[MeetingDay]:
    """List the days to which an organisation of a person is asked, drafts left out."""
    own = spoken_for_by(user).order_by().values("pk")
    asked = Attendance.objects.filter(organisation__in=own).values("day")
    shown = ~Q(state=MeetingDay.State.DRAFT)
    return MeetingDay.objects.filter(shown, pk__in=asked).order_by("-held_on", "pk")
