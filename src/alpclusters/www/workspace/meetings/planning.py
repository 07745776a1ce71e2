"""The plan of a day: made at once or by the worker, looked at, changed by hand, sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.tasks import TaskResultStatus, default_task_backend
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.analysis.meetings import Unmet
from alpclusters.platform import progress
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.network.domain.meetings.afterwards import n_to_tell, publish_plan
from alpclusters.platform.network.domain.meetings.days import SlotTime, locked, times_by_slot
from alpclusters.platform.network.domain.meetings.planning import (
    Place,
    PlanNow,
    drop_meeting,
    fix_meeting,
    folder_of,
    free_places,
    move_meeting,
    plan_day,
    plan_now,
)
from alpclusters.platform.network.domain.meetings.wishes import mutual_pairs, n_waiting
from alpclusters.platform.network.meeting_tasks import plan_meetings_of
from alpclusters.platform.network.models import Meeting, MeetingDay, MeetingWish
from alpclusters.platform.progress import Progress
from alpclusters.reports.meetings import DayNames, reason_sentence, span_words, wrong_sentence
from alpclusters.www.components.parts import Crumb, Figure
from alpclusters.www.workspace.meetings.day import send_plan
from alpclusters.www.workspace.meetings.days import MoveForm, crumbs, planned_day, planned_meeting
from alpclusters.www.workspace.sentences import sentence

# --- The plan of a day: made at once where it is small, else by the worker, with progress ---------


# Up to so many pairs a plan takes well below a second.
AT_ONCE: Final = 150
_ACTIVE: Final = {TaskResultStatus.READY, TaskResultStatus.RUNNING}


@dataclass(frozen=True)
class Job:
    """The last work on a plan."""

    is_active: bool
    is_waiting: bool
    is_broken: bool


def job_of(day: MeetingDay) -> Job | None:
    """Return the last work of the worker on a day, if there was any."""
    wanted = day.plan.get("task")
    if not wanted:
        return None
    try:
        status = default_task_backend.get_result(wanted).status
    except TaskResultDoesNotExist:
        return None
    return Job(
        status in _ACTIVE,
        is_waiting=status == TaskResultStatus.READY,
        is_broken=status == TaskResultStatus.FAILED,
    )


def begin(day: MeetingDay) -> bool:
    """Plan at once or let the worker begin; say whether the plan is there.

    Raises
    ------
    StateError
        The worker is at it, nobody wants to meet, or something changed meanwhile.
    """
    job = job_of(day)
    if job is not None and job.is_active:
        raise StateError("meetings.busy")
    if len(mutual_pairs(day)) <= AT_ONCE:
        plan_day(day, now=timezone.now())
        return True
    _enqueue(day)
    return False


@transaction.atomic
def _enqueue(day: MeetingDay) -> None:
    # Two people press the button at once: the second finds the first one's work.
    fresh = locked(day)
    job = job_of(fresh)
    if job is not None and job.is_active:
        raise StateError("meetings.busy")
    progress.clear(folder_of(fresh, settings.CONFIGURATION.home))
    result = plan_meetings_of.enqueue(fresh.pk)
    fresh.plan = {**fresh.plan, "task": str(result.id), "error": ""}
    fresh.save(update_fields=["plan"])


def cancel(day: MeetingDay) -> None:
    """Ask the worker to end."""
    progress.cancel(folder_of(day, settings.CONFIGURATION.home))


def progress_of(day: MeetingDay) -> Progress:
    """Return how far the work is."""
    return progress.read_progress(folder_of(day, settings.CONFIGURATION.home))


# --- The plan of a day: made, looked at as slots and tables, changed by hand, sent ----------------


type Act = Callable[[HttpRequest, MeetingDay], None]


@dataclass(frozen=True)
class SlotRow:
    """A slot with its meetings by table; None where a table is free."""

    words: str
    is_break: bool
    meetings: Sequence[tuple[int, Meeting | None]]


@dataclass(frozen=True)
class OwnRow:
    """An organisation with its meetings in the order of the day."""

    name: str
    meetings: Sequence[tuple[str, int, str]]


@dataclass(frozen=True)
class UnmetRow:
    """A pair that both want and that does not meet."""

    first: str
    second: str
    weight: int
    reason: str


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the plan; make it, change it, send it."""
    day = planned_day(request, pk)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        try:
            if act is not None:
                act(request, day)
        except AlpClustersError as error:
            messages.error(request, sentence(error))
        return redirect("workspace:meeting-plan", pk=pk)
    job = job_of(day)
    if job is not None and job.is_active:
        now = progress_of(day)
        context = {"day": day, "progress": now, "told": _told(job), **_frame(day)}
        return render(request, "workspace/meetings/working.html", context)
    return render(request, "workspace/meetings/plan.html", _context(day, job))


@login_required
@require_safe
@never_cache
def meeting_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Say how far the worker is, for the script of the page."""
    day = planned_day(request, pk)
    job = job_of(day)
    if job is None or not job.is_active:
        return JsonResponse({"is_over": True})
    now = progress_of(day)
    return JsonResponse(
        {"is_over": False, "done": now.done, "total": now.total, "told": _told(job)}
    )


def _told(job: Job) -> str:
    return _("The work begins in a moment.") if job.is_waiting else _("The plan is being made.")


# --- what one does ------------------------------------------------------------------------


def _plan(request: HttpRequest, day: MeetingDay) -> None:
    if begin(day):
        messages.success(request, _("The plan is made."))


def _cancel(request: HttpRequest, day: MeetingDay) -> None:
    cancel(day)
    messages.info(request, _("The planning ends in a moment."))


def _publish(request: HttpRequest, day: MeetingDay) -> None:
    told = publish_plan(day, now=timezone.now())
    day.refresh_from_db()
    n = 0
    for one in told:
        one.day = day
        n += send_plan(one)
    words = ngettext("The plan is sent: %(n)s mail.", "The plan is sent: %(n)s mails.", n)
    messages.success(request, words % {"n": n})


def _fix(request: HttpRequest, day: MeetingDay) -> None:
    fix_meeting(_meeting(request, day), fix=True)
    messages.success(request, _("Fixed: a new plan leaves this meeting where it is."))


def _unfix(request: HttpRequest, day: MeetingDay) -> None:
    fix_meeting(_meeting(request, day), fix=False)
    messages.success(request, _("A new plan may move this meeting."))


def _drop(request: HttpRequest, day: MeetingDay) -> None:
    drop_meeting(_meeting(request, day))
    messages.success(request, _("The meeting is taken out."))


def _meeting(request: HttpRequest, day: MeetingDay) -> Meeting:
    key = request.POST.get("meeting", "")
    if not (key.isascii() and key.isdecimal() and len(key) < 10):  # noqa: PLR2004 - what a key of a table holds
        raise Http404
    found = get_object_or_404(Meeting, pk=key, day=day)
    found.day = day
    if found.state != Meeting.State.PLANNED:
        raise StateError("meetings.not_there", found=str(found.first.organisation))
    return found


ACTS: Final[Mapping[str, Act]] = {
    "plan": _plan,
    "cancel": _cancel,
    "publish": _publish,
    "fix": _fix,
    "unfix": _unfix,
    "drop": _drop,
}


# --- what one sees ------------------------------------------------------------------------


def _frame(day: MeetingDay) -> dict[str, Any]:
    return {"crumbs": crumbs(day, Crumb(_("Plan"))), "simulated": day.is_simulated}


def _context(day: MeetingDay, job: Job | None) -> dict[str, Any]:
    language = get_language() or "en"
    found, times = plan_now(day), times_by_slot(day)
    names = _names(day)
    error = day.plan.get("error", "")
    return {
        "day": day,
        "found": found,
        "figures": _figures(day, found),
        "slots": _slots(day, found, times, language),
        "organisations": _organisations(found, times, language),
        "weight_label": label_of(MeetingWish, "weight"),
        "unmet": [_unmet(one, names, language) for one in found.unmet],
        "wrong": [wrong_sentence(one, DayNames(names, times), language) for one in found.wrong],
        "n_waiting": n_waiting(day),
        "n_to_tell": n_to_tell(day) if found.meetings else 0,
        "error": sentence(StateError(error)) if error else "",
        "is_broken": job is not None and job.is_broken,
        "languages": LANGUAGES,
        "language": language,
        "tables": range(1, day.n_tables + 1),
        **_frame(day),
    }


def _names(day: MeetingDay) -> dict[int, str]:
    rows = day.attendances.values_list("pk", "organisation__name")
    return dict(rows.order_by("pk"))


def _figures(day: MeetingDay, found: PlanNow) -> list[Figure]:
    plan = day.plan
    if not found.meetings or "bound" not in plan:
        return []
    as_planned = found.weight == plan["weight"] and found.n_served == plan["n_served"]
    bound = _("no plan reaches more") if plan["is_best"] and as_planned else ""
    weight = bound or _("no plan reaches more than %(bound)s") % {"bound": plan["bound"]}
    return [
        Figure(
            _("Meetings"),
            len(found.meetings),
            _("of %(n)s pairs that both want") % {"n": found.n_wanted},
        ),
        Figure(
            _("Organisations that meet somebody"),
            found.n_served,
            _("at most %(n)s can") % {"n": plan["n_servable"]},
        ),
        Figure(_("What both sides said it matters, summed up"), found.weight, weight),
        Figure(
            _("Changes of table"),
            plan["n_changes"],
            _("moved since the plan before: %(n)s") % {"n": plan["n_moved"]},
        ),
    ]


def _slots(
    day: MeetingDay, found: PlanNow, times: Mapping[int, SlotTime], language: str
) -> list[SlotRow]:
    at = {(one.slot, one.table): one for one in found.meetings}
    return [
        SlotRow(
            span_words(slot, language),
            slot.is_break,
            [(table, at.get((number, table))) for table in range(1, day.n_tables + 1)],
        )
        for number, slot in times.items()
    ]


def _organisations(found: PlanNow, times: Mapping[int, SlotTime], language: str) -> list[OwnRow]:
    told: dict[str, list[tuple[str, int, str]]] = {}
    for one in found.meetings:
        first, second = one.first.organisation.name, one.second.organisation.name
        when = span_words(times[one.slot], language) if one.slot in times else "–"
        told.setdefault(first, []).append((when, one.table, second))
        told.setdefault(second, []).append((when, one.table, first))
    return [OwnRow(name, rows) for name, rows in sorted(told.items())]


def _unmet(one: Unmet, names: Mapping[int, str], language: str) -> UnmetRow:
    first, second = names.get(one.first, "–"), names.get(one.second, "–")
    return UnmetRow(first, second, one.weight, reason_sentence(one.reason, language))


# --- Move a meeting by hand: refused in sentences where it does not fit ---------------------------


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
