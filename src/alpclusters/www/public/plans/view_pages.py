"""The views of a plan: time plan, table, board, levels, regions, dependencies, logic."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from alpclusters.platform.policy.domain.records import ActionOutline
from alpclusters.platform.policy.models import ActionPlan, Recommendation
from alpclusters.www.components.charts import ChartView
from alpclusters.www.components.parts import Table
from alpclusters.www.public.plans.boards import (
    Board,
    Cut,
    board_of,
    regions_of,
    side_by_side,
)
from alpclusters.www.public.plans.dependencies import dependencies_view, groups_of, pages_of
from alpclusters.www.public.plans.lists import (
    PlanCounts,
    choices,
    counts_of,
    region_choices,
    status_choices,
    table_key,
    table_of,
    wanted,
)
from alpclusters.www.public.plans.logic import logic_of, without_result
from alpclusters.www.public.plans.looks import shape_and_word
from alpclusters.www.public.plans.pages import view_names
from alpclusters.www.public.plans.readings import Reading, read_plan
from alpclusters.www.public.plans.schedules import schedule_note, schedule_of

N_ROWS: Final = 25
N_CHAINS: Final = 8
N_NAMED: Final = 60


@dataclass(frozen=True)
class ViewPage:
    """One view of a plan."""

    reading: Reading
    kind: str
    name: str
    chart: ChartView | None = None
    note: str = ""
    table: Table | None = None
    page: Page[Any] | None = None
    key: str = ""
    n_found: int = 0
    n_all: int = 0
    counts: PlanCounts | None = None
    empty: str = ""
    statuses: Sequence[tuple[str, str]] = ()
    levels: Sequence[tuple[str, str]] = ()
    regions: Sequence[tuple[str, str]] = ()
    cuts: Sequence[Cut] = ()
    legend: Sequence[str] = ()
    unmeasured: Sequence[tuple[str, str]] = ()
    n_unmeasured: int = 0

    @property
    def n_more(self) -> int:
        """How many actions without a result indicator are not named."""
        return self.n_unmeasured - len(self.unmeasured)


type Query = Mapping[str, str]


def read_view(plan: ActionPlan, kind: str, query: Query, *, now: datetime) -> ViewPage:
    """Read one view in a constant number of queries."""
    return _VIEWS[kind](plan, query, now)


def _schedule(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:
    page, reading = _in_full(plan, query, now, N_ROWS)
    chart = schedule_of(reading, reading.record.actions)
    empty = "" if chart else _("No action has both dates yet.")
    return _view(reading, "schedule", chart=chart, note=schedule_note(), page=page, empty=empty)


def _table(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:
    reading = read_plan(plan, now=now)
    found = wanted(reading, query)
    page = _paged(found, query, N_ROWS)
    _statuses, levels = choices(reading)
    key, counts = table_key(query), counts_of(plan)
    return _view(
        reading, "table", table=table_of(reading, list(page), key=key, counts=counts), page=page,
        key=key, n_found=len(found), n_all=len(reading.record.outlines), counts=counts,
        statuses=status_choices(reading), levels=levels, regions=region_choices(reading),
        empty=_("No action fits the filters."),
    )  # fmt: skip


def _board(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:  # noqa: ARG001 - form of all
    reading = read_plan(plan, now=now)
    return _grouped(reading, "board", board_of(reading))


def _regions(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:  # noqa: ARG001 - form of all
    reading = read_plan(plan, now=now)
    return _grouped(reading, "regions", regions_of(reading))


def _levels(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:
    reading = read_plan(plan, now=now)
    rows = Recommendation.objects.filter(actions__plan=plan).distinct().order_by("pk")
    page = _paged(rows, query, N_ROWS)
    board = side_by_side(reading, list(page)) if page.object_list else None
    return _grouped(reading, "levels", board, page=page)


def _dependencies(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:
    reading = read_plan(plan, now=now)
    page = _paged(pages_of(groups_of(reading)), query, 1)
    lines: list[Any] = next(iter(page.object_list), [])
    note = _("An arrow leads from an action to one that can only go on once it has ended.")
    chart = dependencies_view(reading, lines) if lines else None
    empty = _("No action of this plan waits for another.")
    return _view(reading, "dependencies", chart=chart, page=page, note=note, empty=empty)


def _logic(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:
    page, reading = _in_full(plan, query, now, N_CHAINS)
    lines = without_result(reading)
    note = _(
        "Arrows stand only where money or an indicator is recorded. Dotted: no value yet. Dashed: "
        "impact, to which others contribute too; the plan does not claim it for itself."
    )
    return _view(
        reading, "logic", chart=logic_of(reading, reading.record.actions), note=note, page=page,
        unmeasured=[_named(reading, line) for line in lines[:N_NAMED]], n_unmeasured=len(lines),
    )  # fmt: skip


def _named(reading: Reading, line: ActionOutline) -> tuple[str, str]:
    return reading.title_of(line), reading.url_of(line.code)


def _in_full(plan: ActionPlan, query: Query, now: datetime, n: int) -> tuple[Page[Any], Reading]:
    """Read the actions of one page in full."""
    page = _paged(plan.actions.order_by("order", "pk").values_list("pk", flat=True), query, n)
    return page, read_plan(plan, now=now, only=list(page))


def _paged(rows: Any, query: Query, n: int) -> Page[Any]:
    return Paginator(rows, n).get_page(query.get("page"))


def _grouped(reading: Reading, kind: str, board: Board | None, **parts: Any) -> ViewPage:
    """Show actions in groups, with the groups of which not all are drawn."""
    chart, cuts = (board.chart, board.cuts) if board else (None, ())
    note = _("Each mark is an action: its shape is its status.")
    return _with_legend(_view(reading, kind, chart=chart, cuts=cuts, note=note, **parts))


def _with_legend(view: ViewPage) -> ViewPage:
    """Add the statuses with their shapes and words."""
    statuses, _levels = choices(view.reading)
    return replace(view, legend=[shape_and_word(kind, word) for kind, word in statuses])


def _view(reading: Reading, kind: str, **parts: Any) -> ViewPage:
    return ViewPage(reading, kind, view_names()[kind], **parts)


_VIEWS: Final[Mapping[str, Callable[[ActionPlan, Query, datetime], ViewPage]]] = {
    "schedule": _schedule,
    "table": _table,
    "board": _board,
    "levels": _levels,
    "regions": _regions,
    "dependencies": _dependencies,
    "logic": _logic,
}
VIEWS: Final = tuple(_VIEWS)
