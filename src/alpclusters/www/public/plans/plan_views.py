"""The views of a plan: time plan, table, board, levels and regions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.policy.domain.records import ActionOutline
from alpclusters.platform.policy.models import Action, ActionPlan, Level, Recommendation
from alpclusters.reports.blocks import Status
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.plan_board import BoardCard, BoardChart, BoardRow
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan_words.status import ORDER, by_urgency, kind_of, status_of
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Table
from alpclusters.www.public.plans.action_lists import (
    PlanCounts,
    choices,
    counts_of,
    dependencies_view,
    groups_of,
    pages_of,
    region_choices,
    status_choices,
    table_key,
    table_of,
    wanted,
)
from alpclusters.www.public.plans.plan_page import logic_of, view_names, without_result
from alpclusters.www.public.plans.readings import (
    Reading,
    level_words,
    read_plan,
    schedule_note,
    schedule_of,
    shape_and_word,
)

# --- Actions in groups: by state, by region and level, level beside level -------------------------


# More marks in one group are counted, not drawn; the table view lists all actions.
MOST_CARDS: Final = 40
type Groups = Mapping[str, Sequence[ActionOutline]]


@dataclass(frozen=True)
class Cut:
    """A group of which not all actions are drawn: how many more there are, and where."""

    text: str
    url: str


@dataclass(frozen=True)
class Board:
    """Actions in groups, and the groups that were cut."""

    chart: ChartView
    cuts: Sequence[Cut]


def board_of(reading: Reading) -> Board:
    """Draw the board by state."""
    lines = reading.record.outlines
    kinds = [kind for kind in ORDER if any(kind_of(line) is kind for line in lines)]
    names = tuple(status_word(Status(kind), reading.language) for kind in kinds)
    groups = [[line for line in lines if kind_of(line) is kind] for kind in kinds]
    row = _row("", groups, reading)
    chart = _board_view(
        reading, names, (row,), row_title="", column_title=_("Status"), title=_("Board")
    )
    cuts = [
        _cut(name, group, reading, _table_url(reading, status=kind.value))
        for name, kind, group in zip(names, kinds, groups, strict=True)
    ]
    return Board(chart, _real(cuts))


def regions_of(reading: Reading) -> Board:
    """Draw the actions by region and level."""
    levels = _board_levels(reading)
    names = reading.record.region_names
    groups: dict[int, list[ActionOutline]] = defaultdict(list)
    for line in reading.record.outlines:
        for pk in line.region_pks or (0,):
            groups[pk].append(line)
    named = sorted(names, key=lambda pk: word(names[pk], reading.language))
    shown = [pk for pk in [*named, 0] if groups.get(pk)]
    labels = {pk: _region(names.get(pk), reading.language) for pk in shown}
    rows = tuple(_row(labels[pk], _by_level(groups[pk], levels), reading) for pk in shown)
    chart = _board_view(
        reading, _level_names(levels), rows, row_title=_("Region"), column_title=_("Level"),
        title=_("Actions by region and level"),
    )  # fmt: skip
    cuts = [
        _cut(
            f"{labels[pk]}, {level_words()[level]}",
            group,
            reading,
            _table_url(reading, region=str(pk), level=level),
        )
        for pk in shown
        for level, group in zip(levels, _by_level(groups[pk], levels), strict=True)
    ]
    return Board(chart, _real(cuts))


def side_by_side(reading: Reading, recommendations: Sequence[Recommendation]) -> Board:
    """Draw European, macro-regional, national and regional actions for the same text."""
    levels = _board_levels(reading)
    pks = [recommendation.pk for recommendation in recommendations]
    carried = _carried(reading, pks)
    rows = tuple(
        _row(f"{r.code} {r.title}", _by_level(carried.get(r.pk, ()), levels), reading)
        for r in recommendations
    )
    chart = _board_view(
        reading, _level_names(levels), rows, row_title=_("Recommendation"),
        column_title=_("Level"), title=_("What each level does for the same recommendation"),
    )  # fmt: skip
    # The page of a recommendation lists every action that carries it out.
    cuts = [
        _cut(
            f"{r.code}, {level_words()[level]}",
            group,
            reading,
            reverse("public:recommendation", args=[r.pk]) + "#became-title",
        )
        for r in recommendations
        for level, group in zip(levels, _by_level(carried.get(r.pk, ()), levels), strict=True)
    ]
    return Board(chart, _real(cuts))


def _cut(name: str, group: Sequence[ActionOutline], reading: Reading, url: str) -> Cut | None:
    if len(group) <= MOST_CARDS:
        return None
    words = _("%(name)s: %(drawn)s of %(all)s actions are drawn; list of all")
    figures = {"drawn": MOST_CARDS, "all": len(group)}
    told = {key: format_integer(value, reading.language) for key, value in figures.items()}
    return Cut(words % {"name": name, **told}, url)


def _real(cuts: Iterable[Cut | None]) -> list[Cut]:
    return [cut for cut in cuts if cut is not None]


def _table_url(reading: Reading, **filters: str) -> str:
    return f"{reverse('public:plan-view', args=[reading.plan.slug, 'table'])}?{urlencode(filters)}"


def _carried(reading: Reading, pks: Sequence[int]) -> Mapping[int, list[ActionOutline]]:
    ties = Action.recommendations.through.objects.filter(
        action__plan=reading.plan, recommendation__in=pks
    )
    known = {line.pk: line for line in reading.record.outlines}
    found: dict[int, list[ActionOutline]] = defaultdict(list)
    for recommendation, action in ties.order_by("pk").values_list("recommendation_id", "action_id"):
        found[recommendation].append(known[action])
    return found


def _board_levels(reading: Reading) -> list[str]:
    used = {line.level for line in reading.record.outlines}
    return [level for level in Level.values if level in used]


def _level_names(levels: Iterable[str]) -> tuple[str, ...]:
    names = level_words()
    return tuple(names[level] for level in levels)


def _by_level(lines: Sequence[ActionOutline], levels: Sequence[str]) -> list[list[ActionOutline]]:
    return [[line for line in lines if line.level == level] for level in levels]


def _region(name: Words | None, language: str) -> str:
    return word(name, language) if name else _("no region named")


def _row(label: str, groups: Sequence[Sequence[ActionOutline]], reading: Reading) -> BoardRow:
    cells = tuple(_cards(by_urgency(group)[:MOST_CARDS], reading) for group in groups)
    return BoardRow(label, cells, tuple(map(len, groups)))


def _cards(lines: Sequence[ActionOutline], reading: Reading) -> tuple[BoardCard, ...]:
    language = reading.language
    words: Callable[[ActionOutline], str] = lambda line: status_word(  # noqa: E731 - one use
        status_of(line, language), language
    )
    return tuple(
        BoardCard(line.code, word(line.title, language), kind_of(line), words(line))
        for line in lines
    )


def _board_view(
    reading: Reading,
    names: tuple[str, ...],
    rows: tuple[BoardRow, ...],
    *,
    row_title: str,
    column_title: str,
    title: str,
) -> ChartView:
    chart = BoardChart(
        reading.language, names, rows, row_title=row_title, column_title=column_title, title=title
    )
    return view_of(chart, caption=title, language=reading.language)


# --- The views of a plan: time plan, table, board, levels, regions, dependencies, logic -----------


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
    return _page_view(
        reading, "schedule", chart=chart, note=schedule_note(), page=page, empty=empty
    )


def _table(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:
    reading = read_plan(plan, now=now)
    found = wanted(reading, query)
    page = _paged(found, query, N_ROWS)
    _statuses, levels = choices(reading)
    key, counts = table_key(query), counts_of(plan)
    return _page_view(
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


def _page_levels(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:
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
    return _page_view(reading, "dependencies", chart=chart, page=page, note=note, empty=empty)


def _logic(plan: ActionPlan, query: Query, now: datetime) -> ViewPage:
    page, reading = _in_full(plan, query, now, N_CHAINS)
    lines = without_result(reading)
    note = _(
        "Arrows stand only where money or an indicator is recorded. Dotted: no value yet. Dashed: "
        "impact, to which others contribute too; the plan does not claim it for itself."
    )
    return _page_view(
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
    return _with_legend(_page_view(reading, kind, chart=chart, cuts=cuts, note=note, **parts))


def _with_legend(view: ViewPage) -> ViewPage:
    """Add the statuses with their shapes and words."""
    statuses, _levels = choices(view.reading)
    return replace(view, legend=[shape_and_word(kind, word) for kind, word in statuses])


def _page_view(reading: Reading, kind: str, **parts: Any) -> ViewPage:
    return ViewPage(reading, kind, view_names()[kind], **parts)


_VIEWS: Final[Mapping[str, Callable[[ActionPlan, Query, datetime], ViewPage]]] = {
    "schedule": _schedule,
    "table": _table,
    "board": _board,
    "levels": _page_levels,
    "regions": _regions,
    "dependencies": _dependencies,
    "logic": _logic,
}
VIEWS: Final = tuple(_VIEWS)
