"""Who is at the table by region, sector and level, who is missing, and the project's own aims."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.groups import APART, SOCIETY, helix_name, level_name
from alpclusters.platform.actors.domain.stakeholders.targets import read_targets, store_targets
from alpclusters.platform.actors.models import CoverageTarget
from alpclusters.platform.cafe.domain.stakeholders.coverage import (
    Count,
    Coverage,
    coverage_of,
    level_rows,
)
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.workspace.stakeholders.common import own_language, own_project, show
from alpclusters.www.workspace.stakeholders.forms import TargetsForm
from alpclusters.www.workspace.stakeholders.sentences import missing_sentence
from alpclusters.www.workspace.stakeholders.views import CHANGE

VIEW: Final = "actors.view_stakeholders"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholder_coverage(request: HttpRequest, slug: str) -> HttpResponse:
    """Count the map against the lists; store other aims."""
    project = own_project(request, slug, CHANGE if request.method == "POST" else VIEW)
    own = CoverageTarget.objects.filter(project=project).first()
    form = TargetsForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        store_targets(project, form.cleaned_data)
        messages.success(request, _("Saved"))
        return redirect("workspace:stakeholder-coverage", slug=slug)
    cafes = list(AlpCafe.objects.filter(project=project).order_by("-held_on", "-pk"))
    chosen = next((one for one in cafes if str(one.pk) == request.GET.get("cafe")), None)
    found = coverage_of(project, chosen)
    language = own_language()
    context = {
        "template": "coverage",
        "form": form,
        "cafes": cafes,
        "chosen": chosen,
        "matrix": _matrix(found, language),
        "columns": [*found.regions],
        "has_unknown": bool(sum(_three(found.of_region("")))),
        "levels": _levels(found, language),
        "sentences": [missing_sentence(one, language) for one in found.missing],
        "deficits": found.deficits,
        "targets": read_targets(project.pk),
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, project, "stakeholder-coverage", context)


def _matrix(found: Coverage, language: str) -> list[dict[str, Any]]:
    """Return a row per sector: society first, then those that count apart."""
    codes = [one.code for one in found.regions]
    if sum(_three(found.of_region(""))):
        codes.append("")
    missing = {(one.region.code, one.helix) for one in found.missing}
    return [
        {
            "name": helix_name(helix, language),
            "is_apart": helix in APART,
            "cells": [
                {"count": found.cell(code, helix), "is_missing": (code, helix) in missing}
                for code in codes
            ],
            "total": found.of_helix(helix),
        }
        for helix in (*SOCIETY, *APART)
    ]


def _three(count: Count) -> tuple[int, int, int]:
    return count.mapped, count.invited, count.attended


def _levels(found: Coverage, language: str) -> Table:
    heads = (_("organisations on the map"), _("people invited"), _("people who came"))
    columns: Sequence[Column] = [
        Column(_("Level")),
        *(Column(head, is_number=True) for head in heads),
    ]
    rows = [
        [
            level_name(key, language) if key else _("unknown"),
            *(format_number(n, language) for n in _three(count)),
        ]
        for key, count in level_rows(found)
    ]
    return Table(_("By level"), columns, rows)
