"""Who was not in the room: what the first measures survive, from the published counts alone.

Nothing here sees who gave which answer: two rooms with the same counts give the same figures.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypedDict

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.claims import may_turn
from alpclusters.analysis.consensus import Description, GroupCell, MeasureDescription, Summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.weighting import (
    Breakdown,
    breakdown,
    mrp,
    poststratify,
    turning_share,
    worst_case,
)
from alpclusters.platform.evaluation.domain.margin_shares import (
    ColumnShares,
    Margins,
    column_shares,
)
from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.platform.evaluation.domain.weighting_results import Turn, WeighedItem, Weighting

HEADLINES: Final = 3
LISTED: Final = 20
LEAST: Final = 40  # answers of a weighted item
GAMMAS: Final = (1.25, 1.5, 2.0)

type FloatArray = NDArray[np.float64]


class Survived(TypedDict):
    """What a headline survives, as `WeighedItem` takes it."""

    breakdown: Breakdown
    worst: tuple[tuple[float, float], ...]
    turns: tuple[Turn, ...]


def weigh(result: CriterionResult, margins: Margins) -> CriterionResult:
    """Say what the first measures of a criterion survive, and weigh them to each column alone.

    A choice has no mean that could lie above anything.
    """
    threshold = result.scale.reached
    if threshold is None:
        return result
    shown = {item.measure: item for item in result.description.measures if _n(item)}
    first = [shown[measure] for measure in _order(result, shown)[:LISTED]]
    items = tuple(
        _plain(item, result.description, threshold, is_headline=rank < HEADLINES)
        for rank, item in enumerate(first)
    )
    plain = Weighting(
        items=items, threshold=threshold, is_share=False, n=result.description.n_raters
    )
    columns = column_shares(margins, result.description)
    if not columns:
        return replace(result, weighting=plain)
    weighted, *further = [_to_column(plain, first, result.description, one) for one in columns]
    bare = tuple(replace(one, items=tuple(map(_bare, one.items))) for one in further)
    return replace(result, weighting=weighted, weighted_further=bare)


def _to_column(
    plain: Weighting,
    first: Sequence[MeasureDescription],
    description: Description,
    column: ColumnShares,
) -> Weighting:
    """Weigh to one column; of the measure that most judged it is told what people are worth."""
    items = tuple(
        _weighted(found, item, description, column)
        for found, item in zip(plain.items, first, strict=True)
    )
    most = max((one for one in items if one.raked), key=lambda one: one.n, default=None)
    return replace(
        plain,
        items=items,
        margins=(column.use,),
        n=most.n if most else plain.n,
        effective_n=most.raked.effective_n if most and most.raked else 0.0,
        reasons=tuple(
            sorted({reason for one in items if one.raked for reason in one.raked.reasons})
        ),
    )


def _weighted(
    found: WeighedItem, item: MeasureDescription, description: Description, column: ColumnShares
) -> WeighedItem:
    told = column.answers(item, description.conventions.scale) if column.is_usable else None
    if told is None:
        return replace(found, reasons=("small_group",))
    if found.n < LEAST:
        return replace(found, reasons=("too_few",))
    y, codes = told
    return replace(
        found,
        raked=poststratify(y, [codes], [column.targets]),
        modelled=mrp(y, [codes], [column.targets]),
    )


def _bare(item: WeighedItem) -> WeighedItem:
    """Leave out what does not depend on the column: it stands with the first."""
    return replace(item, breakdown=None, worst=(), turns=())


def survived(
    item: MeasureDescription, y: FloatArray, threshold: float, *, is_share: bool
) -> Survived:
    """Return how far a finding hangs on who came.

    Parameters
    ----------
    item : MeasureDescription
        Its groups, as they are shown.
    y : array of float64
        One answer per person, or 0 and 1 of a share; at least one.
    """
    return {
        "breakdown": breakdown(y, threshold),
        "worst": tuple((gamma, _end(y, threshold, gamma)) for gamma in GAMMAS),
        "turns": _turns(item, y, threshold, is_share=is_share),
    }


def _n(item: MeasureDescription) -> int:
    return item.summary.n if item.summary else 0


def _order(result: CriterionResult, shown: dict[Id, MeasureDescription]) -> list[Id]:
    """Return the measures in the order of the decisions, those without one by their mean."""
    decided = result.decisions.measures if result.decisions else ()
    first = [one.measure for one in decided if one.measure in shown]
    rest = [measure for measure in shown if measure not in first]
    return [*first, *sorted(rest, key=lambda measure: (-_mean(shown[measure]), str(measure)))]


def _mean(item: MeasureDescription) -> float:
    return (item.summary.mean if item.summary else None) or 0.0


def _plain(
    item: MeasureDescription, description: Description, threshold: float, *, is_headline: bool
) -> WeighedItem:
    y = _answers(item.summary, description)
    found = WeighedItem(item=item.measure, n=y.size, plain=float(y.mean()))
    if not is_headline:
        return found
    return found.surviving(**survived(item, y, threshold, is_share=False))


def _answers(summary: Summary | None, description: Description) -> FloatArray:
    """Return one answer per person from the counts."""
    scale = np.asarray(description.conventions.scale, dtype=np.float64)
    return np.repeat(scale, summary.counts if summary else 0)


def _end(y: FloatArray, threshold: float, gamma: float) -> float:
    """Return the mean nearest to the other side of the threshold that weights can make."""
    side = 1.0 if y.mean() >= threshold else -1.0
    least = worst_case(side * y, gamma)
    return side * (least if least is not None else 0.0)


def _turns(
    item: MeasureDescription, y: FloatArray, threshold: float, *, is_share: bool
) -> tuple[Turn, ...]:
    """Return the groups whose size could turn a finding; both sides have enough answers."""
    found = []
    for split, cells in item.splits.items():
        # Of two groups one says it all: the share of the other is the rest.
        named = cells if len(cells) > 2 else cells[-1:]  # noqa: PLR2004
        for cell in named:
            share = _turning(cell, y, threshold, is_share=is_share)
            if share is not None and cell.group is not None and cell.summary:
                found.append(Turn(split, cell.group, share, cell.summary.n / y.size))
    return tuple(found)


def _turning(cell: GroupCell, y: FloatArray, threshold: float, *, is_share: bool) -> float | None:
    summary = cell.summary
    if cell.state != "shown" or summary is None:
        return None
    n_rest = y.size - summary.n
    own = summary.agree_share if is_share else summary.mean
    if own is None or not n_rest:
        return None
    rest = (float(y.sum()) - own * summary.n) / n_rest
    share = turning_share(own, rest, threshold)
    return share if may_turn(share, summary.n, n_rest) else None
