"""Joint calls of one's projects and the schemes of regions; one call with its design table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.funding.schemes import Cover, FeasibleSet, JointCall
from alpclusters.platform.funding.domain.schemes import Design, Joiner, read_design
from alpclusters.platform.funding.models import RegionalScheme, Status
from alpclusters.platform.funding.rules import visible_schemes
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.numbers import EN_DASH, format_integer, format_money
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Crumb, Table
from alpclusters.www.public.synergies.questions import place_names, source_text
from alpclusters.www.templatetags.figures import longdate
from alpclusters.www.workspace.schemes.attributes import (
    ATTRIBUTE_NAMES,
    binding_texts,
    change_text,
    conflict_text,
    language,
    level_text,
    value_text,
)
from alpclusters.www.workspace.schemes.scheme_forms import crumbs, require_role, seen_design

# --- Joint calls of one's projects, and the schemes of regions ------------------------------------


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


# --- A joint call: its design table, the sets that work, and what would let others in -------------


MOST_SETS: Final = 8
MILLION_CT: Final = 100_000_000


@dataclass(frozen=True)
class LineView:
    """One attribute of the call in words."""

    name: str
    value: str
    fits: bool
    binding: Sequence[str]
    wish: str
    known: str


@dataclass(frozen=True)
class ChangeView:
    """A change with who decides it."""

    text: str
    level: str


@dataclass(frozen=True)
class CoverView:
    """A set of changes with its weight."""

    changes: Sequence[ChangeView]
    weight: str


@dataclass(frozen=True)
class JoinerView:
    """A scheme outside the set: what does not fit, and what would let it in."""

    key: str
    name: str
    place: str
    note: str
    fits: bool
    was_chosen: bool
    conflicts: Sequence[str]
    best: CoverView | None
    others: Sequence[CoverView]
    unsolved: Sequence[str]
    never: Sequence[str]
    is_proved: bool


@login_required
@require_safe
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a joint call."""
    row = seen_design(request, pk)
    wanted = [key for key in request.GET.get("set", "").split(",") if key][:50]
    design = read_design(row, members=wanted)
    places = place_names(
        one.region for one in (*design.chosen, *(j.scheme for j in design.outside))
    )
    simulated = row.project.is_simulated or any(map(_is_invented, design.chosen))
    context = {
        "design": row,
        "lines": _lines(design.call, _short_names(design.chosen, places)),
        "works": design.call.works_for_all,
        "n_chosen": len(design.chosen),
        "sets": _sets(design.call, places, pk),
        "chart": _chart(design.call, places),
        "n_more_sets": max(0, len(_shown(design.call)) - MOST_SETS),
        "search": design.call.search,
        "members": [places[one.region] for one in design.members],
        "joiners": [_joiner(one, design, places) for one in design.outside],
        "unreadable": design.unreadable,
        "may_write": request.user.has_perm("funding.write_scheme", row),
        "crumbs": crumbs(Crumb(row.title)),
        "simulated": simulated,
        "unverified": any(one.status == Status.UNVERIFIED for one in design.chosen),
    }
    return render(request, "workspace/schemes/page.html", context)


def _is_invented(one: RegionalScheme) -> bool:
    return one.status == Status.DEMONSTRATION


def _short_names(rows: Sequence[RegionalScheme], places: Mapping[str, str]) -> dict[str, str]:
    """Call schemes by their region; two of one region by their names."""
    regions = [row.region for row in rows]
    return {
        row.key: places[row.region] if regions.count(row.region) == 1 else row.name for row in rows
    }


def _lines(call: JointCall, names: Mapping[str, str]) -> list[LineView]:
    return [
        LineView(
            name=str(ATTRIBUTE_NAMES[line.attribute]),
            value=value_text(line.attribute, line.common)
            if line.is_met
            else _("nothing in common"),
            fits=line.is_met,
            binding=binding_texts(line, names),
            wish="" if line.wish is None else value_text(line.attribute, line.wish),
            known=_("%(n)s of %(all)s") % {"n": line.n_known, "all": len(names)},
        )
        for line in call.lines
        if line.n_known or line.wish is not None
    ]


def _shown(call: JointCall) -> list[FeasibleSet]:
    """Return the sets to which nobody can be added: all others are parts of them."""
    return [one for one in call.sets if one.is_maximal]


def _sets(call: JointCall, places: Mapping[str, str], pk: int) -> Table | None:
    if not call.sets:
        return None
    columns = [
        Column(_("Regions")),
        Column(_("Number of regions"), is_number=True),
        Column(_("Joint pot"), is_number=True),
    ]
    base = reverse("workspace:scheme", args=[pk])
    rows: list[list[Any]] = [
        [
            Cell(_regions(one, places), url=f"{base}?{urlencode({'set': ','.join(one.schemes)})}"),
            format_integer(len(one.regions), language()),
            Cell(budget_text(one.budget_ct), note=_unknown_budgets(one)),
        ]
        for one in _shown(call)[:MOST_SETS]
    ]
    return Table(_("Sets of regions that can hold the call together"), columns, rows)


def _unknown_budgets(one: FeasibleSet) -> str:
    if not one.n_unknown_budgets:
        return ""
    return ngettext("%(n)s budget unknown", "%(n)s budgets unknown", one.n_unknown_budgets) % {
        "n": format_integer(one.n_unknown_budgets, language())
    }


def _regions(one: FeasibleSet, places: Mapping[str, str]) -> str:
    return ", ".join(places[code] for code in one.regions)


def _chart(call: JointCall, places: Mapping[str, str]) -> ChartView | None:
    shown = _shown(call)[:MOST_SETS]
    if len(shown) < 2:  # noqa: PLR2004 - one bar compares nothing
        return None
    bars = tuple(
        Bar(
            _regions(one, places),
            one.budget_ct / MILLION_CT,
            detail=f"(n = {format_integer(len(one.regions), language())})",
            is_pale=one.n_unknown_budgets > 0,
        )
        for one in shown
    )
    title = _("Joint pot by set of regions")
    chart = BarChart(
        language=language(),
        bars=bars,
        label_title=_("Regions"),
        value_title=_("Million euro"),
        title=title,
        decimals=1,
    )
    return view_of(chart, caption=title, language=language())


def _joiner(one: Joiner, design: Design, places: Mapping[str, str]) -> JoinerView:
    joining = one.joining
    labels = {
        str(change.get("id")): change.get("label")
        for change in one.scheme.changes
        if isinstance(change, dict)
    }
    texts = {
        change.id: ChangeView(change_text(change, labels), level_text(change.level))
        for change in (*joining.offered, *joining.never)
    }
    covers = [_cover(cover, texts) for cover in joining.covers.best if cover.options]
    conflicts = {conflict.key: conflict_text(conflict) for conflict in joining.conflicts}
    return JoinerView(
        key=one.scheme.key,
        name=one.scheme.name,
        place=places[one.scheme.region],
        note=_("simulated") if _is_invented(one.scheme) else "",
        fits=one.fits,
        was_chosen=one.scheme in design.chosen,
        conflicts=list(conflicts.values()),
        best=covers[0] if covers else None,
        others=covers[1:],
        unsolved=[conflicts[key] for key in joining.covers.unsolved],
        never=[texts[change.id].text for change in joining.never],
        is_proved=joining.covers.is_proved,
    )


def _cover(cover: Cover, texts: Mapping[str, ChangeView]) -> CoverView:
    weight = format_integer(cover.weight, language())
    return CoverView([texts[key] for key in cover.options], weight or EN_DASH)
