"""Common denominators of a project: what the numbers propose, what people decided."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.denominators.proposing import (
    ProposalLine,
    Proposals,
    proposals_of,
)
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.reports.plan_strength import bar_text
from alpclusters.www.components.parts import Cell, Column, Crumb, Table
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.public.recommendations.evidence import noted, reason_of
from alpclusters.www.public.recommendations.strength import PROPOSALS, probability_text
from alpclusters.www.workspace.recommendations.access import own_project, recommendation_crumbs


@login_required
@require_safe
def denominators(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which recommendations hold across borders, and what people decided about each."""
    project = own_project(request, slug)
    found = proposals_of(project)
    language = nearest_language(get_language())
    context = {
        "project": project,
        "found": found,
        "expected_false": format_number(found.expected_false, language, 2),
        "bars": " / ".join(bar_text(one, language) for one in found.scales),
        "table": _table(found, language),
        "crumbs": recommendation_crumbs(project, Crumb(_("Common denominators"))),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/recommendations/denominators.html", context)


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
        Cell(decided, note=noted(reason_of(one, "denominator_reason"))),
    ]
