"""Influence and interest: a picture with nine cells, and the names in each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.stakeholders.grid import GRADES, Grid, grid_of
from alpclusters.platform.actors.models import Stakeholder
from alpclusters.reports.charts.stakes import StakeGrid
from alpclusters.www.workspace.stakeholders.common import grade, own_language, own_project, show


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
