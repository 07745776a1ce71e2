"""Move a meeting by hand: refused in sentences where it does not fit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import StateError
from alpclusters.platform.network.domain.meetings.days import times_by_slot
from alpclusters.platform.network.domain.meetings.planning import Place, free_places, move_meeting
from alpclusters.platform.network.models import Meeting
from alpclusters.reports.meetings_words import DayNames, span_words, wrong_sentence
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.meetings.access import crumbs, planned_meeting
from alpclusters.www.workspace.meetings.forms import MoveForm
from alpclusters.www.workspace.sentences import sentence

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_move(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """Choose a time and a table; what stands against it is said, and nothing moves then."""
    found = planned_meeting(request, pk, meeting)
    initial = {"slot": found.slot, "table": found.table}
    form = MoveForm(request.POST or None, day=found.day, initial=initial)
    if request.method == "POST" and found.state != Meeting.State.PLANNED:
        messages.error(request, _("What took place is not moved."))
        return redirect("workspace:meeting-plan", pk=pk)
    if request.method == "POST" and form.is_valid() and _moves(found, form):
        messages.success(request, _("Moved, and fixed there."))
        return redirect("workspace:meeting-plan", pk=pk)
    context = {
        "form": form,
        "meeting": found,
        "day": found.day,
        "free": _free(found),
        "now": _words(found, Place(found.slot, found.table)),
        "crumbs": crumbs(found.day, Crumb(_("Move a meeting"))),
        "simulated": found.day.is_simulated,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workspace/meetings/move.html", context, status=status)


def _moves(found: Meeting, form: MoveForm) -> bool:
    data, language = form.cleaned_data, get_language() or "en"
    try:
        wrong = move_meeting(found, Place(data["slot"], data["table"]), swap=data["swap"])
    except StateError as error:
        form.add_error(None, sentence(error))
        return False
    rows = found.day.attendances.order_by("pk").values_list("pk", "organisation__name")
    names = DayNames(dict(rows), times_by_slot(found.day))
    for one in wrong:
        form.add_error(None, wrong_sentence(one, names, language))
    return not wrong


def _free(found: Meeting) -> list[tuple[str, str]]:
    """Return the times that fit, each with its free tables."""
    by_slot: dict[int, list[str]] = {}
    for place in free_places(found):
        by_slot.setdefault(place.slot, []).append(str(place.table))
    times, language = times_by_slot(found.day), get_language() or "en"
    return [
        (span_words(times[slot], language), ", ".join(tables)) for slot, tables in by_slot.items()
    ]


def _words(found: Meeting, place: Place) -> str:
    times, language = times_by_slot(found.day), get_language() or "en"
    when = span_words(times[place.slot], language) if place.slot in times else "–"
    return _("%(when)s, table %(table)s") % {"when": when, "table": place.table}
