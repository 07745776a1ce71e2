"""How people of a region rated measures: from released snapshots, small groups withheld."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import MeasureDescription, Summary
from alpclusters.analysis.small_groups import told_share
from alpclusters.platform.cafe.models import Participant
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    CriterionResult,
    Evaluation,
    Item,
    word,
)
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of, newest_released
from alpclusters.platform.evaluation.models import Snapshot, SnapshotQuerySet
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.worlds import of_world
from alpclusters.reports.numbers import format_interval, format_n, format_number, format_percent
from alpclusters.www.components.parts import Cell, Column, Figure, Table

MOST_SNAPSHOTS: Final = 6
MOST_ROWS: Final = 10
FEWEST: Final = 5


@dataclass(frozen=True)
class Answered:
    """What people of one region said of one measure in one AlpCafé; None is withheld."""

    snapshot: Snapshot
    measure: Item
    who: str
    summary: Summary | None


@dataclass(frozen=True)
class RatedView:
    """One criterion with its measures, the highest first; the caption is its question."""

    name: str
    table: Table
    n_left_out: int

    @property
    def left_out(self) -> Figure:
        """What is left out, as a number."""
        why = _("left out here to keep the table short")
        return Figure("", "", key="answers.left-out", exact=self.n_left_out, why=why)


@dataclass(frozen=True)
class Rated:
    """All criteria, and what holds for all of them."""

    views: Sequence[RatedView]
    note: str


def read_rated(code: str, region_ids: Sequence[int], *, is_simulated: bool = False) -> Rated:
    """Read what people of a region said in the newest evaluations of one world.

    Where people named their region, only those of this one count; in an AlpCafé of the region
    where nobody's region may be told, all who rated there do.
    """
    language = nearest_language(get_language())
    criteria: dict[str, tuple[CriterionResult, list[Answered]]] = {}
    released = of_world(snapshots_of(region_ids).with_cafe(), is_simulated=is_simulated)
    for snapshot in released.order_by("-cafe__held_on", "-pk")[:MOST_SNAPSHOTS]:
        evaluation = evaluation_of(snapshot)
        for result in evaluation.criteria:
            _first, rows = criteria.setdefault(result.key, (result, []))
            rows += _answers(code, snapshot, evaluation, result, language)
    views = [_view(first, rows, language) for first, rows in criteria.values() if rows]
    note = _("Median with 90% interval; groups under ten people are not shown.")
    return Rated(views, note)


def snapshots_of(region_ids: Sequence[int]) -> SnapshotQuerySet:
    """Select the newest released evaluations of a region or with guests from there."""
    guests = Participant.objects.filter(region__in=region_ids).order_by().values("cafe")
    there = Q(cafe__region__in=region_ids) | Q(cafe__in=guests)
    return newest_released().filter(there)


def _answers(
    code: str, snapshot: Snapshot, evaluation: Evaluation, result: CriterionResult, language: str
) -> Iterable[Answered]:
    names = {g.key: word(g.names, language) for g in evaluation.groups.get(REGION, ())}
    is_here = snapshot.cafe.region.code.startswith(code)
    items = {item.pk: item for item in evaluation.measures}
    for described in result.description.measures:
        item = items[int(described.measure)]
        found = _cells(code, described)
        for group, summary in found:
            yield Answered(snapshot, item, names.get(group, group), summary)
        if not found and is_here:
            yield Answered(snapshot, item, _("all who rated there"), described.summary)


def _cells(code: str, described: MeasureDescription) -> list[tuple[str, Summary | None]]:
    """Return the regions that lie in this one with their figures; none where nobody answered."""
    return [
        (str(cell.group), cell.summary)
        for cell in described.splits.get(REGION, ())
        if cell.group and str(cell.group).startswith(code) and cell.state != "empty"
    ]


def _view(result: CriterionResult, rows: Sequence[Answered], language: str) -> RatedView:
    ordered = sorted(rows, key=_rank)
    columns = [
        Column(_("Measure")),
        Column(_("Median"), is_number=True),
        Column(_("90% interval"), is_number=True),
        Column(_("People"), is_number=True),
        Column(_("I cannot judge this"), is_number=True),
        Column(_("Who")),
    ]
    cells = [_row(row, language) for row in ordered[:MOST_ROWS]]
    return RatedView(
        name=word(result.names, language),
        table=Table(word(result.questions, language), columns, cells),
        n_left_out=max(len(ordered) - MOST_ROWS, 0),
    )


def _shown(summary: Summary | None) -> Summary | None:
    """Withhold once more what fewer than five people said, whatever the snapshot holds."""
    if summary is None or summary.median is None or summary.n < FEWEST:
        return None
    return summary


def _rank(row: Answered) -> tuple[bool, float, int, int]:
    found = _shown(row.summary)
    if found is None or found.median is None:
        return True, 0.0, 0, row.measure.pk
    return False, -found.median, -found.n, row.measure.pk


def _row(row: Answered, language: str) -> list[Cell | str]:
    measure = Cell(
        word(row.measure.names, language), url=reverse("public:measure", args=[row.measure.key])
    )
    cafe = Cell(
        f"{row.who}, {row.snapshot.cafe.title}",
        url=reverse("public:evaluation", args=[row.snapshot.pk]),
    )
    found = _shown(row.summary)
    if found is None or found.median is None:
        return [measure, Cell("", suppressed=True), "", "", "", cafe]
    # A share of the people of one region, so in steps, and not of few.
    share = told_share(found.cannot_judge, found.n + found.cannot_judge)
    ends = found.median_interval
    return [
        measure,
        format_number(found.median, language),
        format_interval(ends.low, ends.high, language) if ends else "–",
        format_n(found.n, language),
        "" if share is None else format_percent(share, language),
        cafe,
    ]
