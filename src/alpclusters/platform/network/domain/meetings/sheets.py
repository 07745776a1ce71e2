"""The plan as it is printed: frozen records with names, times and tables, no layout."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core import signing
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.calendars import CalendarEvent, calendar_of_events
from alpclusters.platform.network.domain.meetings.attending import KEPT, coming, names_shown
from alpclusters.platform.network.domain.meetings.days import SlotTime, slot_times, times_by_slot
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay
from alpclusters.platform.network.rules import speaks_for


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


# --- The meetings of one organisation as a calendar file, also by a link that needs no sign-in


_SALT: Final = "network.meetings.calendar"
# Days are planned some months ahead.
LINK_WORKS: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Words of the entries in the reader's language, with places for names; and their address."""

    title: str
    table: str
    language: str
    looks_for: str
    host: str
    url: str


def calendar_of(day: MeetingDay, sheet: OwnSheet, words: CalendarWords, *, now: datetime) -> str:
    """Write one entry for each meeting; a changed plan replaces the earlier entries."""
    sequence: int = day.plan.get("sequence", 0)
    events = [
        CalendarEvent(
            # By the partner, so that a meeting keeps its entry when it moves.
            uid=f"meeting-{day.pk}-{sheet.key}-{one.partner_key}@{words.host}",
            title=words.title % {"name": one.partner},
            begins=one.begins,
            ends=one.ends,
            changed=now,
            place=", ".join(filter(None, (words.table % {"n": one.table}, day.place))),
            text=_text(words, one),
            url=words.url,
            sequence=sequence,
        )
        for one in sheet.meetings
    ]
    return calendar_of_events(events)


def _text(words: CalendarWords, one: SheetMeeting) -> str:
    parts = [
        one.person,
        words.language % {"name": one.language} if one.language else "",
        words.looks_for % {"text": one.looks_for} if one.looks_for else "",
    ]
    return "\n".join(part for part in parts if part)


def calendar_token(attendance: Attendance, user: User) -> str:
    """Sign the link to the calendar of an organisation for one person."""
    data = {"attendance": attendance.pk, "user": user.pk}
    return signing.dumps(data, salt=_SALT, compress=True)


def read_calendar_token(token: str, *, now: datetime) -> Attendance | None:
    """Return whose calendar a link opens.

    None if it is not ours, if its reader does not speak for the organisation any more, or from
    thirty days after the day on.
    """
    try:
        data = signing.loads(token, salt=_SALT, max_age=LINK_WORKS)
    except signing.BadSignature:
        return None
    rows = Attendance.objects.filter(pk=data["attendance"], state=Attendance.State.COMES)
    attendance = rows.select_related("day__project", "organisation").first()
    user = User.objects.filter(pk=data["user"]).first()
    if attendance is None or user is None or not speaks_for(user, attendance.organisation):
        return None
    is_old = attendance.day.held_on < timezone.localdate(now) - KEPT
    return None if is_old else attendance
