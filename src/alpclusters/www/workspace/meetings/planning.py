"""The plan of a day: made, looked at as slots and tables, changed by hand, sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.analysis.meetings import Unmet
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.network.domain.meetings.afterwards import n_to_tell, publish_plan
from alpclusters.platform.network.domain.meetings.days import SlotTime, times_by_slot
from alpclusters.platform.network.domain.meetings.planning import (
    PlanNow,
    drop_meeting,
    fix_meeting,
    plan_now,
)
from alpclusters.platform.network.domain.meetings.wishes import n_waiting
from alpclusters.platform.network.models import Meeting, MeetingDay, MeetingWish
from alpclusters.reports.meetings_words import (
    DayNames,
    reason_sentence,
    span_words,
    wrong_sentence,
)
from alpclusters.www.components.parts import Crumb, Figure
from alpclusters.www.workspace.meetings import jobs
from alpclusters.www.workspace.meetings.access import crumbs, planned_day
from alpclusters.www.workspace.meetings.letters import send_plan
from alpclusters.www.workspace.sentences import sentence

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
    job = jobs.job_of(day)
    if job is not None and job.is_active:
        now = jobs.progress_of(day)
        context = {"day": day, "progress": now, "told": _told(job), **_frame(day)}
        return render(request, "workspace/meetings/working.html", context)
    return render(request, "workspace/meetings/plan.html", _context(day, job))


@login_required
@require_safe
@never_cache
def meeting_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Say how far the worker is, for the script of the page."""
    day = planned_day(request, pk)
    job = jobs.job_of(day)
    if job is None or not job.is_active:
        return JsonResponse({"is_over": True})
    now = jobs.progress_of(day)
    return JsonResponse(
        {"is_over": False, "done": now.done, "total": now.total, "told": _told(job)}
    )


def _told(job: jobs.Job) -> str:
    return _("The work begins in a moment.") if job.is_waiting else _("The plan is being made.")


# --- what one does ------------------------------------------------------------------------


def _plan(request: HttpRequest, day: MeetingDay) -> None:
    if jobs.begin(day):
        messages.success(request, _("The plan is made."))


def _cancel(request: HttpRequest, day: MeetingDay) -> None:
    jobs.cancel(day)
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


def _context(day: MeetingDay, job: jobs.Job | None) -> dict[str, Any]:
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
