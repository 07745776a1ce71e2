"""One day of meetings: how far it is, whom to invite, the mails, the plan to take away."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.stakeholders.mapping import Match, find_like
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES, nearest_language
from alpclusters.platform.network.domain.meetings.afterwards import is_over
from alpclusters.platform.network.domain.meetings.attending import (
    Asked,
    invite,
    own_attendances,
    readers_of,
    take_off,
)
from alpclusters.platform.network.domain.meetings.days import (
    SlotTime,
    open_day,
    slot_times,
    takes_wishes,
)
from alpclusters.platform.network.domain.meetings.sheets import (
    CalendarWords,
    OwnSheet,
    SheetMeeting,
    calendar_of,
    calendar_token,
    own_sheet,
    read_calendar_token,
    read_print,
)
from alpclusters.platform.network.domain.meetings.wishes import mutual_pairs
from alpclusters.platform.network.models import Attendance, MeetingDay, MeetingWish
from alpclusters.reports.dates import format_date, format_datetime, format_time, format_time_range
from alpclusters.reports.meetings import BUILDERS, build_sheets, span_words
from alpclusters.www.components.parts import Crumb, Figure
from alpclusters.www.public.documents import TakenAway, sent, written
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.meetings.days import (
    crumbs,
    own_attendance,
    planned_day,
    plans,
    seen_day,
)
from alpclusters.www.workspace.sentences import sentence

# --- Mails about days of meetings, each in the language of its reader -----------------------------


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


# --- One day of meetings: for those who plan it how far it is, for those who come their own day


SHOWN = (MeetingDay.State.PUBLISHED, MeetingDay.State.HELD)


@dataclass(frozen=True)
class OwnDay:
    """The day of one of one's organisations; without a sheet before the plan is sent."""

    attendance: Attendance
    n_waiting: int
    sheet: OwnSheet | None


@dataclass(frozen=True)
class AskedRow:
    """An organisation that is asked, with what it wishes."""

    attendance: Attendance
    languages: str
    away: str
    n_wishes: int
    n_mutual: int


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_day(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a day; who plans it opens it here."""
    day = seen_day(request, pk)
    if request.method == "POST":
        return _open(request, day)
    is_planner = plans(request, day)
    language = get_language() or "en"
    times = slot_times(day)
    own = [_own(one, day) for one in own_attendances(day, request.user)]
    context = {
        "day": day,
        "span": format_time_range(times[0].begins, times[-1].ends, language),
        "is_planner": is_planner,
        "is_over": is_over(day, now=timezone.now()),
        "takes_wishes": takes_wishes(day, now=timezone.now()),
        "own": own,
        "languages_label": label_of(Attendance, "languages"),
        "crumbs": crumbs(day),
        "simulated": day.is_simulated,
        **(_planned(day, times, language) if is_planner else {"rows": [], "figures": []}),
    }
    return render(request, "workspace/meetings/day.html", context)


def _open(request: HttpRequest, day: MeetingDay) -> HttpResponse:
    if not plans(request, day):
        raise PermissionDenied
    if open_day(day):
        rows = day.attendances.filter(state=Attendance.State.INVITED)
        asked = list(rows.select_related("organisation", "day", "user"))
        n = sum(tell_invited(one) for one in asked)
        messages.success(request, _("The day is open. Mails sent: %(n)s") % {"n": n})
    return redirect("workspace:meeting-day", pk=day.pk)


def _own(attendance: Attendance, day: MeetingDay) -> OwnDay:
    attendance.day = day
    waiting = MeetingWish.objects.filter(asked=attendance, state=MeetingWish.State.ASKED)
    comes = attendance.state == Attendance.State.COMES
    sheet = own_sheet(attendance) if comes and day.state in SHOWN else None
    return OwnDay(attendance, waiting.count() if comes else 0, sheet)


def _planned(day: MeetingDay, times: Sequence[SlotTime], language: str) -> dict[str, Any]:
    people = list(
        day.attendances.select_related("organisation").order_by("organisation__name", "pk")
    )
    pairs = mutual_pairs(day)
    asked = Counter(day.wishes.values_list("asking", flat=True))
    mutual = Counter(key for pair in pairs for key in pair)
    spans = {one.number: span_words(one, language) for one in times}
    rows = [
        AskedRow(
            one,
            ", ".join(one.languages),
            ", ".join(spans[n] for n in one.away if n in spans),
            asked[one.pk],
            mutual[one.pk],
        )
        for one in people
    ]
    comes = sum(one.state == Attendance.State.COMES for one in people)
    room = sum(not one.is_break for one in times) * day.n_tables
    figures = [
        Figure(_("Organisations that come"), comes, _("of %(n)s asked") % {"n": len(people)}),
        Figure(_("Pairs that both want"), len(pairs), _("room for %(n)s meetings") % {"n": room}),
        Figure(_("Meetings in the plan"), day.meetings.count(), day.get_state_display()),
    ]
    return {"rows": rows, "figures": figures}


# --- Invite organisations of the directory to a day of meetings, and take them off ----------------


MOST = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for organisations by name, and invite them one by one."""
    day = planned_day(request, pk)
    if request.method == "POST":
        _act(request, day)
        name = request.POST.get("q", "")[:200]
        return redirect(f"{request.path}?{urlencode({'q': name})}" if name else request.path)
    name = request.GET.get("q", "").strip()[:200]
    asked = list(day.attendances.select_related("organisation__region").order_by("-pk"))
    context = {
        "day": day,
        "name": name,
        "found": _found(day, name, {one.organisation_id for one in asked}),
        "asked": asked,
        "crumbs": crumbs(day, Crumb(_("Invite organisations"))),
        "simulated": day.is_simulated,
    }
    return render(request, "workspace/meetings/invite.html", context)


def _found(day: MeetingDay, name: str, asked: set[int]) -> list[Match]:
    """Return organisations of the same kind that are not asked yet."""
    return [
        one
        for one in find_like(name, is_simulated=day.is_simulated, limit=MOST)
        if one.organisation.pk not in asked
    ]


def _act(request: HttpRequest, day: MeetingDay) -> None:
    key = request.POST.get("organisation", "")
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else 0  # noqa: PLR2004 - what a key of a table holds
    organisation = Organisation.objects.select_related("cluster").filter(pk=number).first()
    if organisation is None:
        messages.error(request, _("Nothing was changed: choose one of the answers."))
        return
    try:
        if request.POST.get("do") == "take_off":
            take_off(get_object_or_404(day.attendances, organisation=organisation))
            messages.success(request, _("Taken off: %(name)s") % {"name": organisation})
        else:
            _invite(request, day, organisation)
    except StateError as error:
        messages.error(request, sentence(error))


def _invite(request: HttpRequest, day: MeetingDay, organisation: Organisation) -> None:
    made = invite(day, organisation, now=timezone.now())
    if made is None:
        return
    if day.state == MeetingDay.State.DRAFT:
        words = _("%(name)s is on the list; the mail goes when you open the day.")
        messages.success(request, words % {"name": organisation})
    elif tell_invited(made):
        messages.success(request, _("%(name)s has a mail.") % {"name": organisation})
    else:
        words = _("Nobody speaks for %(name)s here yet, so no mail was sent: ask them yourself.")
        messages.warning(request, words % {"name": organisation})


# --- The plan to take away: printed for the hall and for each one, as a table, as a calendar ------


# What may be taken in which form.
KINDS: Final = {
    "plan": ("pdf", "docx"),
    "sheets": ("pdf", "docx"),
    "signs": ("pdf", "docx"),
    "list": ("xlsx", "pdf", "docx"),
}
OWN: Final = ("pdf", "docx", "ics")
CALENDAR: Final = "text/calendar; charset=utf-8"


@login_required
@require_safe
@never_cache
def meeting_file(request: HttpRequest, pk: int, what: str, kind: str) -> HttpResponse:
    """Send a part of the plan in the wanted language."""
    if kind not in KINDS.get(what, ()):
        raise Http404
    day = planned_day(request, pk)
    record = read_print(day)
    if not record.booked:
        raise Http404
    return sent(written(BUILDERS[what](record, _language(request)), kind))


@login_required
@require_safe
@never_cache
def meeting_own_file(request: HttpRequest, pk: int, organisation: int, kind: str) -> HttpResponse:
    """Send the day of one organisation: on paper, or as a calendar."""
    attendance = own_attendance(request, pk, organisation)
    is_shown = attendance.day.state in SHOWN or plans(request, attendance.day)
    if kind not in OWN or attendance.state != Attendance.State.COMES or not is_shown:
        raise Http404
    if kind == "ics":
        return _calendar(attendance)
    record = read_print(attendance.day)
    document = build_sheets(record, _language(request), only=attendance.pk)
    return sent(written(document, kind))


@require_safe
@never_cache
def meeting_calendar(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 - the interface of views
    """Send the calendar behind the link of a mail; calendars ask for it without a sign-in."""
    attendance = read_calendar_token(token, now=timezone.now())
    if attendance is None or attendance.day.state not in SHOWN:
        raise Http404
    return _calendar(attendance)


def _calendar(attendance: Attendance) -> HttpResponse:
    day = attendance.day
    name = f"ac_meetings_{day.pk}_{day.held_on.isoformat()}.ics"
    text = calendar_text(attendance, now=timezone.now())
    return sent(TakenAway(name, CALENDAR, text.encode()))


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in LANGUAGE_CODES else nearest_language(get_language())
