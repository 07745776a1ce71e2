"""The mixes of a case, the wish for a new one, and a run that waits or is computed."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.analysis.funding.rulebooks import PROLONGED
from alpclusters.platform.funding.domain.mixing.asking import ask_mix
from alpclusters.platform.funding.domain.mixing.computing import LeftOut, left_out
from alpclusters.platform.funding.domain.mixing.runs import UNDER_WAY, cancel_run, fail_lost
from alpclusters.platform.funding.models import FundingCase, JointRun, MixRun
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.reports.funding.law_in_time import READINGS
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import own_case
from alpclusters.www.workspace.mixes.mix_frame import (
    STATES,
    STATUS_WORD,
    Shown,
    crumbs,
    euros,
    gap_words,
    language,
    own_run,
    progress_words,
)

# --- A run that waits or is computed: how far it is, and how to end it ----------------------------


# The bar shows how much of the gap is closed, from 30 per cent down to none.
WIDEST_GAP: Final = 0.3
FULL: Final = 100


@login_required
@require_safe
def mix_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell a script how far a run is."""
    return JsonResponse(state_of(own_run(request, pk).run))


@login_required
@require_POST
def mix_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End a run; the best mix so far is kept."""
    run = own_run(request, pk, "funding.write_case").run
    cancel_run(run, now=timezone.now())
    messages.info(request, _("The computation ends; the best mix until then is kept."))
    return redirect("workspace:mix", pk=run.base_id or pk)


def state_of(run: MixRun | JointRun) -> dict[str, Any]:
    """Say how far a run is, in words and as a bar."""
    is_over = run.state not in UNDER_WAY
    gap = run.progress.get("gap")
    done = 0 if gap is None else round(FULL * (1 - min(float(gap), WIDEST_GAP) / WIDEST_GAP))
    told = _("Waits for the worker.")
    if run.state == MixRun.State.RUNNING:
        told = progress_words(run.progress)
    if run.cancel_asked:
        told = _("Ends after this step.")
    return {
        "is_over": is_over,
        "done": done,
        "total": FULL if gap is not None else 0,
        "told": str(run.get_state_display()) if is_over else told,
    }


# --- What a mix has not beside it because the case is large ---------------------------------------


def left_out_of(shown: Shown) -> LeftOut | None:
    """Say what was not searched beside a best mix; None if nothing, or if it is another mix."""
    if shown.run.kind != MixRun.Kind.BEST or shown.mix["status"] in {"infeasible", "cancelled"}:
        return None
    found = left_out(shown.case, shown.mix)
    return found if found.is_something else None


# --- The mixes of a case, and the wish for a new one ----------------------------------------------


PAGE_SIZE: Final = 30
UNPROCESSABLE: Final = 422
MOST_FAULTS: Final = 50


@dataclass(frozen=True)
class RunRow:
    """One run in the list of a case."""

    run: MixRun
    icon: str
    tone: str
    status: str
    objective: str
    gap: str
    scenario: str


@login_required
@require_safe
def mixes(request: HttpRequest, pk: int) -> HttpResponse:
    """List the runs of a case, newest first."""
    return _show(request, own_case(request, pk))


@login_required
@require_POST
def mix_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the best mix of a case as it stands; a case with faults shows them all."""
    case = own_case(request, pk, "funding.write_case")
    now = timezone.now()
    fail_lost(case.pk, now=now)
    try:
        run = ask_mix(
            case,
            by=request.user,
            now=now,
            anew=bool(request.POST.get("anew")),
            thorough=bool(request.POST.get("thorough")),
        )
    except CaseError as error:
        faults = [fault_line(fault, language()) for fault in error.faults[:MOST_FAULTS]]
        return _show(request, case, faults=faults, status=UNPROCESSABLE)
    if run.ended_at is not None and run.ended_at < now:
        messages.info(request, _("This case was computed before; here is what is stored."))
    return redirect("workspace:mix", pk=run.pk)


def _show(
    request: HttpRequest, case: FundingCase, *, faults: Any = (), status: int = 200
) -> HttpResponse:
    rows = case.runs.select_related("asked_by").defer("case_data").order_by("-asked_at", "-pk")
    # Not the whole case: only how it reads the law.
    rows = rows.annotate(reading=KeyTextTransform("rulebook", "case_data"))
    page: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [_row(run) for run in page.object_list]
    context = {
        "case": case,
        "page": page,
        "faults": faults,
        "latest_run": page.object_list[0].run if page.object_list else None,
        "crumbs": crumbs(case, Crumb(_("Mixes"))),
        "simulated": case.is_simulated,
        "may_write": request.user.has_perm("funding.write_case", case),
        "section": "funding",
    }
    return render(request, "workspace/mixes/list.html", context, status=status)


def _row(run: MixRun) -> RunRow:
    icon, tone = STATES[run.state]
    mix = run.result or {}
    status = str(STATUS_WORD.get(mix.get("status", ""), ""))
    return RunRow(
        run,
        icon,
        tone,
        status,
        euros(mix.get("objective")),
        gap_words(mix.get("gap")),
        _(READINGS[PROLONGED]) if vars(run)["reading"] == PROLONGED else "",
    )
