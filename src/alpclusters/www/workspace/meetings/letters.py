"""Mails about days of meetings, each in the language of its reader."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.accounts.models import User
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.network.domain.meetings.attending import Asked, readers_of
from alpclusters.platform.network.domain.meetings.days import slot_times
from alpclusters.platform.network.domain.meetings.sheets import (
    CalendarWords,
    OwnSheet,
    SheetMeeting,
    calendar_of,
    calendar_token,
    own_sheet,
)
from alpclusters.platform.network.models import Attendance, MeetingDay
from alpclusters.reports.dates import format_date, format_datetime, format_time

MOST_LISTED = 30


def tell_invited(attendance: Attendance) -> int:
    """Invite an organisation; return how many mails were sent."""
    day = attendance.day
    readers = readers_of(attendance)
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            words = {"title": day.title, "name": attendance.organisation}
            subject = _("Meetings: %(title)s") % words
            text = _("%(name)s is invited to the bilateral meetings “%(title)s”.") % words
            ask = _(
                "Please say here whether you come, in which languages you can talk, and whom you "
                "would like to meet. Who meets whom is planned from what both sides want:"
            )
            link = _link("workspace:meeting-attend", day.pk, attendance.organisation_id)
            _send(reader, subject, [text, _facts(day), ask, link, _until(day)])
    return len(readers)


def tell_wishes(asked: Asked) -> int:
    """Tell an organisation who would like to meet it; return how many mails were sent."""
    attendance, n = asked.attendance, len(asked.wishes)
    readers = readers_of(attendance)
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            words = {"n": n, "title": attendance.day.title}
            subject = ngettext(
                "%(n)s organisation wants to meet you: %(title)s",
                "%(n)s organisations want to meet you: %(title)s",
                n,
            )
            listed = [f"- {one.asking.organisation}" for one in asked.wishes[:MOST_LISTED]]
            if n > MOST_LISTED:
                listed.append(f"- … (+{n - MOST_LISTED})")
            ask = _("Say here whom of them you want to meet as well:")
            link = _link("workspace:meeting-wishes", attendance.day_id, attendance.organisation_id)
            parts = ["\n".join(listed), ask, link, _until(attendance.day)]
            _send(reader, subject % words, parts)
    return len(readers)


def send_plan(attendance: Attendance) -> int:
    """Send an organisation its own plan with a calendar file; return how many mails were sent."""
    day, sheet = attendance.day, own_sheet(attendance)
    readers = readers_of(attendance)
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            words = {"title": day.title, "name": attendance.organisation}
            is_new = day.plan.get("sequence", 0) == 0
            subject = (
                _("Your meetings: %(title)s") if is_new else _("Your meetings changed: %(title)s")
            ) % words
            calendar = _link("workspace:meeting-calendar", calendar_token(attendance, reader))
            parts = [
                _("this is the plan of %(name)s for “%(title)s”:") % words,
                _facts(day),
                _lines(sheet),
                _("The file attached puts the meetings into your calendar. Or follow this link:"),
                calendar,
                _("The link is yours: please do not pass it on."),
                _link("workspace:meeting-day", day.pk),
            ]
            attached = calendar_text(attendance, now=timezone.now())
            _send(reader, subject, parts, calendar=attached)
    return len(readers)


def calendar_text(attendance: Attendance, *, now: datetime) -> str:
    """Return the calendar of an organisation in the language that is active."""
    address = settings.CONFIGURATION.address
    host = address.partition("//")[2].partition("/")[0].partition(":")[0]
    words = CalendarWords(
        title=_("Meeting: %(name)s"),
        table=_("Table %(n)s"),
        language=_("Language: %(name)s"),
        looks_for=_("Looks for: %(text)s"),
        host=host or "alpclusters",
        url=_link("workspace:meeting-day", attendance.day_id),
    )
    return calendar_of(attendance.day, own_sheet(attendance), words, now=now)


def _lines(sheet: OwnSheet) -> str:
    if not sheet.meetings:
        return _("No meeting could be planned for you. We are sorry; please talk to us.")
    return "\n".join(_line(one) for one in sheet.meetings)


def _line(one: SheetMeeting) -> str:
    language = translation.get_language() or "en"
    table = _("Table %(n)s") % {"n": one.table}
    spoken = dict(LANGUAGES).get(one.language, "")
    who = f"{one.partner} ({one.person})" if one.person else one.partner
    return "  ".join(filter(None, (format_time(one.begins, language), table, who, spoken)))


def _facts(day: MeetingDay) -> str:
    language = translation.get_language() or "en"
    times = slot_times(day)
    span = _("%(begin)s to %(end)s") % {
        "begin": format_time(times[0].begins, language),
        "end": format_time(times[-1].ends, language),
    }
    lines = [
        _("When: %(when)s") % {"when": f"{format_date(day.held_on, language)}, {span}"},
        _("Where: %(where)s") % {"where": day.place} if day.place else "",
    ]
    return "\n".join(line for line in lines if line)


def _until(day: MeetingDay) -> str:
    if day.wishes_until is None:
        return ""
    language = translation.get_language() or "en"
    until = format_datetime(timezone.localtime(day.wishes_until), language)
    return _("Wishes are taken until %(when)s.") % {"when": until}


def _link(name: str, *args: str | int) -> str:
    return f"{settings.CONFIGURATION.address}{reverse(name, args=args)}"


def _send(reader: User, subject: str, parts: Sequence[str], *, calendar: str = "") -> None:
    greeting = _("Good day %(name)s,") % {"name": reader}
    body = "\n\n".join(part.strip() for part in (greeting, *parts) if part.strip()) + "\n"
    mail = EmailMessage(subject=" ".join(subject.split()), body=body, to=[reader.email])
    if calendar:
        mail.attach("meetings.ics", calendar, "text/calendar")
    mail.send()
