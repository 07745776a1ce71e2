"""Common denominators of a project: what the numbers propose, what people decided."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.denominators.deciding import decide_denominator
from alpclusters.platform.policy.domain.denominators.proposing import (
    ProposalLine,
    Proposals,
    proposals_of,
)
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.www.components.parts import Cell, Column, Crumb, Table
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.public.recommendations.strength import PROPOSALS, probability_text
from alpclusters.www.workspace.recommendations.access import (
    DECIDE,
    VIEW,
    own_project,
    recommendation_crumbs,
)
from alpclusters.www.workspace.recommendations.sentences import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def denominators(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which recommendations hold across borders; confirm, decline or declare one."""
    is_post = request.method == "POST"
    project = own_project(request, slug, DECIDE if is_post else VIEW)
    if is_post:
        return _decide(request, project)
    found = proposals_of(project)
    language = nearest_language(get_language())
    context = {
        "project": project,
        "found": found,
        "expected_false": format_number(found.expected_false, language, 2),
        "threshold": format_number(found.threshold, language, 1),
        "table": _table(found, language),
        "crumbs": recommendation_crumbs(project, Crumb(_("Common denominators"))),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/denominators.html", context)


def _decide(request: HttpRequest, project: Project) -> HttpResponse:
    pk = request.POST.get("recommendation", "")
    rows = project.recommendations.all()
    found = get_object_or_404(rows, pk=int(pk) if pk.isdecimal() else None)
    user: Any = request.user
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "")[:500]
    try:
        decide_denominator(found, decision, reason=reason, by=user)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Saved"))
    return redirect("workspace:denominators", slug=project.slug)


def _table(found: Proposals, language: str) -> Table | None:
    if not found.lines:
        return None
    columns = [
        Column(_("Recommendation")),
        Column(_("The numbers say")),
        Column(_("Probability"), is_number=True),
        Column(_("Criterion")),
        Column("n", is_number=True),
        Column(_("Decided by people")),
    ]
    rows = [_row(line, language) for line in found.lines]
    return Table(_("Recommendations as common denominators"), columns, rows)


def _row(line: ProposalLine, language: str) -> list[Any]:
    one, rated = line.recommendation, line.rated
    page = reverse("workspace:recommendation", args=[one.pk])
    decided = str(one.get_denominator_display())
    return [
        Cell(f"{one.code} {said(one, 'title')}", url=f"{page}#denominator"),
        str(PROPOSALS[line.proposal]),
        (probability_text(rated, language) if rated else "") or "–",
        word(rated.names, language) if rated else "–",
        format_integer(rated.n, language) if rated and rated.n else "–",
        Cell(decided, note=one.denominator_reason),
    ]
