"""The plan as it is printed: frozen records with names, times and tables, no layout."""

from dataclasses import dataclass
from datetime import date, datetime

from alpclusters.platform.network.domain.meetings.attending import coming, names_shown
from alpclusters.platform.network.domain.meetings.days import SlotTime, slot_times, times_by_slot
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay


@dataclass(frozen=True, slots=True)
class SheetMeeting:
    """A meeting as one of its sides sees it; ``person`` only where that person agreed."""

    slot: int
    begins: datetime
    ends: datetime
    table: int
    partner: str
    partner_key: int
    person: str
    place: str
    language: str
    looks_for: str


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """The day of one organisation."""

    key: int
    name: str
    person: str
    looks_for: str
    meetings: tuple[SheetMeeting, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """A meeting as the hall sees it."""

    slot: int
    table: int
    first: str
    second: str
    language: str
    state: str


@dataclass(frozen=True, slots=True)
class MeetingPrint:
    """Everything the printed plan says."""

    title: str
    place: str
    project: str
    held_on: date
    published_at: datetime | None
    is_simulated: bool
    n_tables: int
    slots: tuple[SlotTime, ...]
    booked: tuple[Booked, ...]
    sheets: tuple[OwnSheet, ...]


def read_print(day: MeetingDay) -> MeetingPrint:
    """Read the plan of a day as it stands."""
    people, meetings = list(coming(day)), _meetings(day)
    said = day.plan.get("published_at")
    return MeetingPrint(
        title=day.title,
        place=day.place,
        project=day.project.acronym,
        held_on=day.held_on,
        published_at=datetime.fromisoformat(said) if said else None,
        is_simulated=day.is_simulated,
        n_tables=day.n_tables,
        slots=tuple(slot_times(day)),
        booked=tuple(_booked(one) for one in meetings),
        sheets=tuple(_sheet(day, one, people, meetings) for one in people),
    )


def own_sheet(attendance: Attendance) -> OwnSheet:
    """Read the day of one organisation."""
    day = attendance.day
    return _sheet(day, attendance, list(coming(day)), _meetings(day))


def _meetings(day: MeetingDay) -> list[Meeting]:
    rows = day.meetings.select_related("first__organisation", "second__organisation")
    return list(rows.order_by("slot", "table"))


def _booked(one: Meeting) -> Booked:
    first, second = one.first.organisation.name, one.second.organisation.name
    return Booked(one.slot, one.table, first, second, one.language, one.get_state_display())


def _sheet(
    day: MeetingDay, own: Attendance, people: list[Attendance], meetings: list[Meeting]
) -> OwnSheet:
    times, by_key = times_by_slot(day), {one.pk: one for one in people}
    names = names_shown(people)
    told = []
    for one in meetings:
        pair = one.first_id, one.second_id
        other = by_key.get(pair[1] if pair[0] == own.pk else pair[0])
        if own.pk not in pair or other is None or one.slot not in times:
            continue
        when, body = times[one.slot], other.organisation
        place = ", ".join(filter(None, (body.town, str(body.region or body.country))))
        told.append(
            SheetMeeting(
                one.slot, when.begins, when.ends, one.table, body.name, other.pk,
                names.get(other.pk, ""), place, one.language, other.looks_for,
            )
        )  # fmt: skip
    name = own.organisation.name
    return OwnSheet(own.pk, name, names.get(own.pk, ""), own.looks_for, tuple(told))
