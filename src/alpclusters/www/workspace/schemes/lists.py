"""Joint calls of one's projects, and the schemes of regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.funding.models import RegionalScheme, Status
from alpclusters.platform.funding.rules import visible_schemes
from alpclusters.reports.numbers import EN_DASH, format_integer, format_money
from alpclusters.www.components.parts import Cell, Column, Table
from alpclusters.www.public.synergies.questions import place_names, source_text
from alpclusters.www.templatetags.figures import longdate
from alpclusters.www.workspace.schemes.access import crumbs, require_role
from alpclusters.www.workspace.schemes.words import language

SIZE: Final = 25


@dataclass(frozen=True)
class DesignRow:
    """A joint call in the list."""

    pk: int
    title: str
    project: str
    n_schemes: str
    updated: str
    is_simulated: bool


@login_required
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """List joint calls, and the schemes they are made from."""
    require_role(request)
    rows = visible_schemes(request.user).select_related("project")
    found = rows.annotate(n_schemes=Count("schemes")).order_by("-updated_at", "-pk")
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    regional = list(RegionalScheme.objects.all())
    keeps = request.user.has_perm("funding.keep_catalogue")
    context = {
        "page": page,
        "rows": [_row(one) for one in page.object_list],
        "regional": _regional(regional) if regional else None,
        "keys": [(one.key, one.name) for one in regional] if keeps else [],
        "may_plan": request.user.has_perm("funding.plan", None),
        "keeps": keeps,
        "crumbs": crumbs(),
        "simulated": any(one.status == Status.DEMONSTRATION for one in regional),
    }
    return render(request, "workspace/schemes/list.html", context)


def _row(one: Any) -> DesignRow:
    n = ngettext("%(n)s scheme", "%(n)s schemes", one.n_schemes)
    return DesignRow(
        one.pk,
        one.title,
        str(one.project),
        n % {"n": format_integer(one.n_schemes, get_language() or "en")},
        longdate(one.updated_at),
        one.project.is_simulated,
    )


def _regional(rows: Sequence[RegionalScheme]) -> Table:
    places = place_names(row.region for row in rows)
    columns = [
        Column(_("Name")),
        Column(_("Region")),
        Column(_("Budget"), is_number=True),
        Column(_("Rules stated"), is_number=True),
        Column(_("Source")),
    ]
    cells: list[list[Any]] = [
        [
            Cell(row.name, note=standing(row)),
            f"{places[row.region]} ({row.region})",
            budget_text(row.budget_ct),
            format_integer(len(row.attributes), language()),
            source_text(row.source) or EN_DASH,
        ]
        for row in rows
    ]
    return Table(_("Schemes of the regions"), columns, cells)


def standing(row: RegionalScheme) -> str:
    """Say whether a scheme is invented or not verified."""
    if row.status == Status.DEMONSTRATION:
        return _("simulated")
    return _("unverified") if row.status == Status.UNVERIFIED else ""


def budget_text(cents: int | None) -> str:
    """Write a budget; what nobody knows is a dash."""
    return EN_DASH if cents is None else format_money(cents, "EUR", language())
