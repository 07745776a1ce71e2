"""The plan to take away: printed for the hall and for each one, as a table, as a calendar."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.network.domain.meetings.sheets import read_calendar_token, read_print
from alpclusters.platform.network.models import Attendance
from alpclusters.reports.meetings import BUILDERS, build_sheets
from alpclusters.www.public.documents import TakenAway, sent, written
from alpclusters.www.workspace.meetings.access import own_attendance, planned_day, plans
from alpclusters.www.workspace.meetings.day import SHOWN
from alpclusters.www.workspace.meetings.letters import calendar_text

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
