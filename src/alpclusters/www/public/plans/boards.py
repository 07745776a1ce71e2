"""Actions in groups: by state, by region and level, level beside level."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.policy.domain.records import ActionOutline
from alpclusters.platform.policy.models import Action, Level, Recommendation
from alpclusters.reports.blocks import Status
from alpclusters.reports.cells import status_word
from alpclusters.reports.charts.plan_board import BoardCard, BoardChart, BoardRow
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan_status import ORDER, by_urgency, kind_of, status_of
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.public.plans.looks import level_words
from alpclusters.www.public.plans.readings import Reading

# More marks in one group are counted, not drawn; the table view lists all actions.
MOST: Final = 40
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
    chart = _view(reading, names, (row,), row_title="", column_title=_("Status"), title=_("Board"))
    cuts = [
        _cut(name, group, reading, _table_url(reading, status=kind.value))
        for name, kind, group in zip(names, kinds, groups, strict=True)
    ]
    return Board(chart, _real(cuts))


def regions_of(reading: Reading) -> Board:
    """Draw the actions by region and level."""
    levels = _levels(reading)
    names = reading.record.region_names
    groups: dict[int, list[ActionOutline]] = defaultdict(list)
    for line in reading.record.outlines:
        for pk in line.region_pks or (0,):
            groups[pk].append(line)
    named = sorted(names, key=lambda pk: word(names[pk], reading.language))
    shown = [pk for pk in [*named, 0] if groups.get(pk)]
    labels = {pk: _region(names.get(pk), reading.language) for pk in shown}
    rows = tuple(_row(labels[pk], _by_level(groups[pk], levels), reading) for pk in shown)
    chart = _view(
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
    levels = _levels(reading)
    pks = [recommendation.pk for recommendation in recommendations]
    carried = _carried(reading, pks)
    rows = tuple(
        _row(f"{r.code} {r.title}", _by_level(carried.get(r.pk, ()), levels), reading)
        for r in recommendations
    )
    chart = _view(
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
    if len(group) <= MOST:
        return None
    words = _("%(name)s: %(drawn)s of %(all)s actions are drawn; list of all")
    figures = {"drawn": MOST, "all": len(group)}
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


def _levels(reading: Reading) -> list[str]:
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
    cells = tuple(_cards(by_urgency(group)[:MOST], reading) for group in groups)
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


def _view(
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
