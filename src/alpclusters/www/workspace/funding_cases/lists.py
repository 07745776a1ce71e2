"""The cases of one's projects, newest first."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alpclusters.platform.funding.domain.casework.totals import totals_of
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.rules import visible_cases
from alpclusters.reports.numbers import format_integer
from alpclusters.www.workspace.funding_cases.access import list_crumbs
from alpclusters.www.workspace.funding_cases.starting import plannable_projects
from alpclusters.www.workspace.funding_cases.words import euros, language

PAGE_SIZE: Final = 30


@dataclass(frozen=True)
class CaseRow:
    """One case with its size."""

    case: FundingCase
    partners: str
    costs: str
    offers: str
    runs: str


@login_required
@require_safe
def funding_cases(request: HttpRequest) -> HttpResponse:
    """List the cases that one may see."""
    rows = (
        visible_cases(request.user)
        .select_related("project", "action_tie__action")
        .annotate(n_runs=Count("runs"))
        .order_by("-updated_at", "-pk")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    found = [_row(case) for case in page.object_list]
    context = {
        "page": page,
        "rows": found,
        "may_begin": bool(plannable_projects(request.user)),
        "crumbs": list_crumbs(),
        "simulated": any(row.case.is_simulated for row in found),
        "section": "funding",
    }
    return render(request, "workspace/funding_cases/list.html", context)


def _row(case: FundingCase) -> CaseRow:
    data = case.data
    return CaseRow(
        case,
        format_integer(len(data.get("partners", [])), language()),
        euros(totals_of(data).total_ct),
        format_integer(len(data.get("offers", [])), language()),
        format_integer(case.n_runs, language()),  # type: ignore[attr-defined]
    )
