"""Choose the cases that are weighed together, by project; below, what was weighed before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.case_files import CaseError
from alpclusters.analysis.funding.rulebooks import PROLONGED
from alpclusters.platform.funding.domain.joint.asking import ask_joint
from alpclusters.platform.funding.domain.joint.shared import Common, common_undertakings
from alpclusters.platform.funding.models import FundingCase, JointRun
from alpclusters.platform.funding.rules import visible_cases
from alpclusters.platform.partnership.models import Project
from alpclusters.reports.error_texts.case_faults import fault_line
from alpclusters.reports.funding.law_in_time import READINGS
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.access import UNPROCESSABLE
from alpclusters.www.workspace.joint.access import PLAN, crumbs, own_runs
from alpclusters.www.workspace.mixes.words import STATES, euros, language
from alpclusters.www.workspace.sentences import sentence

PAGE_SIZE: Final = 10
MOST_FAULTS: Final = 20


@dataclass(frozen=True)
class CaseChoice:
    """A case with the undertakings that it shares with others of its project."""

    case: FundingCase
    common: str
    is_chosen: bool


@dataclass(frozen=True)
class ProjectChoice:
    """A project with the cases that have an undertaking in common."""

    project: Project
    cases: Sequence[CaseChoice]


@dataclass(frozen=True)
class RunRow:
    """One joint run in the list."""

    run: JointRun
    icon: str
    tone: str
    together: str
    lost: str
    scenario: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def joint_cases(request: SignedInRequest) -> HttpResponse:
    """Choose cases, or ask for those that were chosen."""
    if request.method != "POST":
        return _show(request)
    wanted = {int(pk) for pk in request.POST.getlist("case") if pk.isdecimal() and len(pk) < 10}  # noqa: PLR2004 - no such case
    rows = visible_cases(request.user).filter(pk__in=wanted).select_related("project")
    cases = list(rows.order_by("title", "pk"))
    if not all(request.user.has_perm(PLAN, case.project) for case in cases):
        raise PermissionDenied
    try:
        run = ask_joint(cases, by=request.user, now=timezone.now())
    except CaseError as error:
        told = _("One of the cases is not ready yet. Please mend this first:")
        faults = [fault_line(fault, language()) for fault in error.faults[:MOST_FAULTS]]
        return _show(request, told=told, faults=faults, chosen=wanted)
    except AlpClustersError as error:
        return _show(request, told=sentence(error), chosen=wanted)
    return redirect("workspace:joint", pk=run.pk)


def _show(
    request: HttpRequest,
    *,
    told: str = "",
    faults: Sequence[str] = (),
    chosen: set[int] | None = None,
) -> HttpResponse:
    page = Paginator(own_runs(request), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [_row(run) for run in page.object_list]
    choices = list(_choices(request, chosen))
    context: dict[str, Any] = {
        "choices": choices,
        "page": page,
        "rows": rows,
        "told": told,
        "faults": faults,
        "crumbs": crumbs(),
        "simulated": any(row.run.project.is_simulated for row in rows)
        or any(one.project.is_simulated for one in choices),
        "section": "funding",
    }
    status = UNPROCESSABLE if told else 200
    return render(request, "workspace/joint/choose.html", context, status=status)


def _choices(request: HttpRequest, chosen: set[int] | None) -> Iterator[ProjectChoice]:
    """Yield the projects whose funding one may plan and which have cases in common."""
    by_project: dict[Project, list[FundingCase]] = {}
    rows = visible_cases(request.user).select_related("project").order_by("title", "pk")
    for case in rows:
        by_project.setdefault(case.project, []).append(case)
    planned = [one for one in by_project if request.user.has_perm(PLAN, one)]
    common = common_undertakings([case for one in planned for case in by_project[one]])
    for project in sorted(planned, key=lambda one: one.acronym):
        mine = frozenset(case.pk for case in by_project[project])
        # Common to cases of this project, not to one of it and one of another.
        here = [one for one in common if len(one.cases & mine) > 1]
        found = [_choice(case, here, chosen) for case in by_project[project]]
        if shared := [one for one in found if one.common]:
            yield ProjectChoice(project, shared)


def _choice(case: FundingCase, common: Sequence[Common], chosen: set[int] | None) -> CaseChoice:
    names = ", ".join(one.name for one in common if case.pk in one.cases)
    return CaseChoice(case, names, chosen is None or case.pk in chosen)


def _row(run: JointRun) -> RunRow:
    icon, tone = STATES[run.state]
    found = run.result or {}
    is_scenario = any(one["data"].get("rulebook") == PROLONGED for one in run.asked["cases"])
    return RunRow(
        run,
        icon,
        tone,
        euros(found.get("together_ct")),
        euros(found.get("lost_ct")),
        _(READINGS[PROLONGED]) if is_scenario else "",
    )
