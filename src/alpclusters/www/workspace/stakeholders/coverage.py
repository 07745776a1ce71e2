"""Who is at the table by region, sector and level, who is missing; influence and interest."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.platform.actors.domain.named_lists import APART, SOCIETY, helix_name, level_name
from alpclusters.platform.actors.domain.stakeholders.mapping import GRADES, Grid, grid_of
from alpclusters.platform.actors.domain.stakeholders.targets import read_targets, store_targets
from alpclusters.platform.actors.models import CoverageTarget, Stakeholder
from alpclusters.platform.cafe.domain.stakeholders.coverage import (
    Count,
    Coverage,
    Missing,
    coverage_of,
    level_rows,
)
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.reports.charts.stakes import StakeGrid
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.workspace.stakeholders.stakeholder_list import (
    grade,
    own_language,
    own_project,
    show,
)
from alpclusters.www.workspace.stakeholders.stakeholder_page import CHANGE, TargetsForm

# --- Who is missing at the table, in sentences; and why somebody is proposed ----------------------


def missing_sentence(one: Missing, language: str) -> str:
    """Say of a cell what is missing and what to do.

    Examples
    --------
    "Ticino, Civil society: nobody is on the map. Find an organisation first."
    """
    n = one.count.mapped if one.step == "invite" else one.count.invited
    cell = {"region": one.region.name, "helix": helix_name(one.helix, language), "n": n}
    if one.step == "map":
        text = _("%(region)s, %(helix)s: nobody is on the map. Find an organisation first.")
    elif one.step == "invite":
        text = ngettext(
            "%(region)s, %(helix)s: %(n)s organisation is on the map, nobody is invited yet.",
            "%(region)s, %(helix)s: %(n)s organisations are on the map, nobody is invited yet.",
            n,
        )
    else:
        text = ngettext(
            "%(region)s, %(helix)s: %(n)s person was invited, but did not come.",
            "%(region)s, %(helix)s: %(n)s people were invited, but nobody came.",
            n,
        )
    more = extra_sentence(one.reasons)
    return f"{text % cell} {more}".strip()


def extra_sentence(reasons: Iterable[str]) -> str:
    """Say which further aims come nearer, besides the cell itself."""
    words = {
        "group": _("a group of society that is too small so far"),
        "level": _("a level that is missing so far"),
        "region": _("a region with too few people so far"),
    }
    named = [words[key] for key in reasons if key in words]
    if not named:
        return ""
    return _("An invitation there also helps: %(aims)s.") % {"aims": ", ".join(named)}


def reason_words(reasons: Iterable[str]) -> str:
    """Say in few words why somebody is proposed."""
    words = {
        "cell": _("fills an empty place of region and sector"),
        "group": _("makes a small group larger"),
        "level": _("brings another level"),
        "region": _("brings more people of the region"),
    }
    return "; ".join(words[key] for key in reasons if key in words)


# --- Who is at the table by region, sector and level, who is missing, and the project's own aims


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


# --- Influence and interest: a picture with nine cells, and the names in each ---------------------


@login_required
@require_safe
def stakeholder_grid(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who has which influence and interest; names stand in a table, cell by cell."""
    project = own_project(request, slug)
    rows = project.stakeholders.select_related("organisation", "person")
    found = grid_of(rows.order_by("organisation__name", "pk"))
    context = {
        "template": "grid",
        "picture": mark_safe(_chart(found).html()),  # noqa: S308 - built by the chart
        "rows": _rows(found),
        "columns": [grade(interest) for interest in reversed(GRADES)],
        "unknown": found.unknown,
        "n_judged": sum(len(cell) for cell in found.cells.values()),
        "title": _title(found),
    }
    return show(request, project, "stakeholder-grid", context)


def _chart(found: Grid) -> StakeGrid:
    counts = {key: len(cell) for key, cell in found.cells.items()}
    return StakeGrid(own_language(), counts, len(found.unknown))


def _rows(found: Grid) -> list[tuple[str, list[tuple[str, str, list[Stakeholder]]]]]:
    """Return each row with its cells: anchor, name of the column, stakeholders."""
    return [
        (
            grade(influence),
            [
                (f"{influence}-{interest}", grade(interest), list(found.cell(influence, interest)))
                for interest in reversed(GRADES)
            ],
        )
        for influence in GRADES
    ]


def _title(found: Grid) -> str:
    n = len(found.cell(3, 3))
    if not n:
        return _("Nobody is seen as high in both influence and interest.")
    return _("High influence and high interest: %(n)s") % {"n": n}
