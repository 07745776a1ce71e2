"""The mixes of a case, and the wish for a new one."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.analysis.funding.rulebooks import PROLONGED
from alpclusters.platform.funding.domain.mixing.asking import ask_mix
from alpclusters.platform.funding.domain.mixing.runs import fail_lost
from alpclusters.platform.funding.models import FundingCase, MixRun
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.reports.funding.law_in_time import READINGS
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.access import own_case
from alpclusters.www.workspace.mixes.access import crumbs
from alpclusters.www.workspace.mixes.words import STATES, STATUS_WORD, euros, gap_words, language

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
