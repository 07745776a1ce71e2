"""A day of meetings: what its planners decide, and when its slots begin and end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.network.models import Meeting, MeetingDay
from alpclusters.platform.partnership.models import Project

# States in which wishes are made and answered.
TAKES_WISHES: Final = (MeetingDay.State.OPEN.value, MeetingDay.State.PLANNED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """What planners say about a day; slots and tables are numbered from 1."""

    title: str
    held_on: date
    begins: time
    n_slots: int
    n_tables: int
    place: str = ""
    slot_minutes: int = 20
    pause_minutes: int = 5
    breaks: Sequence[int] = field(default_factory=list)
    most_each: int = 8
    wishes_until: datetime | None = None
    cafe: AlpCafe | None = None

    def values(self) -> dict[str, Any]:
        """Return the values of the fields."""
        shallow = {name: getattr(self, name) for name in self.__slots__}
        return {**shallow, "breaks": sorted(self.breaks)}


@dataclass(frozen=True, slots=True)
class SlotTime:
    """When a slot begins and ends, in the time zone of the day."""

    number: int
    begins: datetime
    ends: datetime
    is_break: bool


@transaction.atomic
def create_day(project: Project, facts: DayFacts, *, by: User | None, now: datetime) -> MeetingDay:
    """Begin to prepare a day; nobody is told yet."""
    return MeetingDay.objects.create(
        project=project,
        made_by=by,
        made_at=now,
        is_simulated=project.is_simulated,
        **facts.values(),
    )


@transaction.atomic
def change_day(day: MeetingDay, facts: DayFacts) -> MeetingDay:
    """Change what was decided; fixed meetings that lie outside then may be moved again."""
    fresh = locked(day)
    for name, value in facts.values().items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(facts.values()))
    for meeting in fresh.meetings.filter(is_fixed=True):
        if not is_inside(fresh, meeting.slot, meeting.table):
            Meeting.objects.filter(pk=meeting.pk).update(is_fixed=False)
    return fresh


@transaction.atomic
def open_day(day: MeetingDay) -> bool:
    """Let the invited see the day and say their wishes; False if it was open before."""
    drafts = MeetingDay.objects.filter(pk=day.pk, state=MeetingDay.State.DRAFT)
    return bool(drafts.update(state=MeetingDay.State.OPEN))


def locked(day: MeetingDay) -> MeetingDay:
    """Read a day again and let nobody else change it before the transaction ends."""
    rows = MeetingDay.objects.select_for_update(of=("self",)).select_related("project")
    return rows.get(pk=day.pk)


def takes_wishes(day: MeetingDay, *, now: datetime) -> bool:
    """Say whether wishes are made and answered now."""
    is_over = day.wishes_until is not None and now > day.wishes_until
    return day.state in TAKES_WISHES and not is_over


def is_inside(day: MeetingDay, slot: int, table: int) -> bool:
    """Say whether there is such a slot, no break, and such a table."""
    is_slot = 1 <= slot <= day.n_slots and slot not in day.breaks
    return is_slot and 1 <= table <= day.n_tables


def slot_times(day: MeetingDay) -> list[SlotTime]:
    """Return all slots of a day, breaks among them."""
    zone = ZoneInfo(day.time_zone)
    moment = datetime.combine(day.held_on, day.begins)
    times = []
    for number in range(1, day.n_slots + 1):
        ends = moment + timedelta(minutes=day.slot_minutes)
        is_break = number in day.breaks
        begin, end = (one.replace(tzinfo=zone) for one in (moment, ends))
        times.append(SlotTime(number, begin, end, is_break))
        moment = ends + timedelta(minutes=day.pause_minutes)
    return times


def times_by_slot(day: MeetingDay) -> dict[int, SlotTime]:
    """Return the slots by their numbers."""
    return {one.number: one for one in slot_times(day)}


def days_of(projects: list[int] | None) -> QuerySet[MeetingDay]:
    """List the days of projects, the latest first; None is all of them."""
    rows = MeetingDay.objects.select_related("project", "cafe").order_by("-held_on", "pk")
    return rows if projects is None else rows.filter(project__in=projects)


def facts_of(day: MeetingDay) -> dict[str, Any]:
    """Return the decided values as a form shows them."""
    names = [name for name in DayFacts.__slots__ if name != "cafe"]
    return {name: getattr(day, name) for name in names} | {"cafe": day.cafe_id}
