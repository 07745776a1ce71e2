"""One day of meetings: for those who plan it how far it is, for those who come their own day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.fields import label_of
from alpclusters.platform.network.domain.meetings.afterwards import is_over
from alpclusters.platform.network.domain.meetings.attending import own_attendances
from alpclusters.platform.network.domain.meetings.days import (
    SlotTime,
    open_day,
    slot_times,
    takes_wishes,
)
from alpclusters.platform.network.domain.meetings.sheets import OwnSheet, own_sheet
from alpclusters.platform.network.domain.meetings.wishes import mutual_pairs
from alpclusters.platform.network.models import Attendance, MeetingDay, MeetingWish
from alpclusters.reports.dates import format_time_range
from alpclusters.reports.meetings_words import span_words
from alpclusters.www.components.parts import Figure
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.meetings.access import crumbs, plans, seen_day
from alpclusters.www.workspace.meetings.letters import tell_invited

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
