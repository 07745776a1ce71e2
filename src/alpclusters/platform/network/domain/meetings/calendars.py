"""The meetings of one organisation as a calendar file, also by a link that needs no sign-in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.calendars import CalendarEvent, calendar_of_events
from alpclusters.platform.network.domain.meetings.forgetting import KEPT
from alpclusters.platform.network.domain.meetings.sheets import OwnSheet, SheetMeeting
from alpclusters.platform.network.models import Attendance, MeetingDay
from alpclusters.platform.network.rules import speaks_for

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
