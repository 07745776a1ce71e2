"""After the day: say what took place, and have both sides asked what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.introductions.answering import Met
from alpclusters.platform.network.domain.meetings.afterwards import (
    follow_up,
    is_over,
    say_held,
    say_rest_held,
    to_follow_up,
)
from alpclusters.platform.network.domain.meetings.days import SlotTime, times_by_slot
from alpclusters.platform.network.models import Meeting, MeetingDay
from alpclusters.reports.dates import format_date
from alpclusters.reports.meetings_words import span_words
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.meetings.access import crumbs, planned_day
from alpclusters.www.workspace.sentences import sentence


@dataclass(frozen=True)
class HeldRow:
    """A meeting with when it was."""

    meeting: Meeting
    when: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_after(request: HttpRequest, pk: int) -> HttpResponse:
    """List the meetings; say of each whether it took place."""
    day = planned_day(request, pk)
    if request.method == "POST":
        try:
            _act(request, day)
        except AlpClustersError as error:
            messages.error(request, sentence(error))
        return redirect("workspace:meeting-after", pk=pk)
    return render(request, "workspace/meetings/after.html", _context(day))


def _act(request: HttpRequest, day: MeetingDay) -> None:
    do, now = request.POST.get("do", ""), timezone.now()
    if do == "rest":
        n = say_rest_held(day, now=now)
        words = ngettext("Noted of %(n)s meeting.", "Noted of %(n)s meetings.", n)
        messages.success(request, words % {"n": n})
    elif do in {"held", "missed"}:
        say_held(_meeting(request, day), held=do == "held", now=now)
        messages.success(request, _("Noted."))
    elif do == "follow_up_all":
        for one in to_follow_up(day):
            follow_up(one, now=now, words=_met(day, one))
        messages.success(request, _("All are asked after 3 and 12 months."))
    elif do == "follow_up":
        one = _meeting(request, day)
        follow_up(one, now=now, words=_met(day, one))
        messages.success(request, _("Both sides are asked after 3 and 12 months."))


def _met(day: MeetingDay, meeting: Meeting) -> Met:
    """Say where they met in the language of the day's planner, for both sides to read."""
    language = nearest_language(get_language())
    times = times_by_slot(day)
    begins = times[meeting.slot].begins if meeting.slot in times else times[1].begins
    with translation.override(language):
        words = {"title": day.title, "day": format_date(day.held_on, language)}
        return Met(_("Met at “%(title)s” on %(day)s.") % words, language, begins)


def _meeting(request: HttpRequest, day: MeetingDay) -> Meeting:
    key = request.POST.get("meeting", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 10):  # noqa: PLR2004 - what a key of a table holds
        raise Http404
    found = get_object_or_404(Meeting, pk=key, day=day)
    found.day = day
    return found


def _context(day: MeetingDay) -> dict[str, Any]:
    rows = day.meetings.select_related("first__organisation", "second__organisation")
    meetings = list(rows.order_by("slot", "table"))
    times, language = times_by_slot(day), get_language() or "en"
    states = [one.state for one in meetings]
    return {
        "day": day,
        "rows": [HeldRow(one, _when(one, times, language)) for one in meetings],
        "is_over": is_over(day, now=timezone.now()),
        "n_held": states.count(Meeting.State.HELD),
        "n_missed": states.count(Meeting.State.MISSED),
        "n_open": states.count(Meeting.State.PLANNED),
        "n_followed": sum(one.introduction_id is not None for one in meetings),
        "crumbs": crumbs(day, Crumb(_("After the day"))),
        "simulated": day.is_simulated,
    }


def _when(one: Meeting, times: Mapping[int, SlotTime], language: str) -> str:
    return span_words(times[one.slot], language) if one.slot in times else "–"
