"""Who was not in the room: what the first measures survive, from the published counts alone.

Nothing here sees who gave which answer: two rooms with the same counts give the same figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypedDict

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
from alpclusters.platform.cafe.domain.roles import role_parents
from alpclusters.platform.evaluation.domain.records import REGION, SPLITS, CriterionResult
from alpclusters.platform.evaluation.domain.weighting_results import (
    JoinedGroup,
    MarginUse,
    Turn,
    WeighedItem,
    Weighting,
)

# --- Shares outside the room, met with the groups that are shown: one column at a time ------------
#
# Counts are published by region and by role, never by both, so no figure may join two columns.


_COUNTRY: Final = 2  # letters of the country in the code of a region
UNKNOWN: Final = -1
LEAST_COVERED: Final = 0.5

type Margins = Mapping[str, Any]
"""What `AlpCafe.margins` holds."""


@dataclass(frozen=True, slots=True)
class ColumnShares:
    """One column: the groups that are shown and have a share, and how it was used."""

    split: str
    groups: tuple[str, ...]
    targets: tuple[float, ...]
    covered: float
    use: MarginUse

    @property
    def is_usable(self) -> bool:
        """Say whether there is anything to weigh: groups that are most of those outside."""
        return len(self.groups) > 1 and self.covered >= LEAST_COVERED

    def answers(
        self, item: MeasureDescription, scale: Sequence[float]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]] | None:
        """Return answers with the group of each, from counts; None where a group is withheld."""
        values: list[float] = []
        codes: list[int] = []
        for cell in item.splits.get(self.split, ()):
            if cell.state == "withheld":
                return None
            if cell.summary is None:
                continue
            place = self.groups.index(str(cell.group)) if cell.group in self.groups else UNKNOWN
            values += np.repeat(scale, cell.summary.counts).tolist()
            codes += [place] * cell.summary.n
        if not item.summary or len(values) != item.summary.n:
            return None
        return np.array(values, dtype=np.float64), np.array(codes, dtype=np.int64)


def column_shares(margins: Margins, description: Description) -> list[ColumnShares]:
    """Meet the shares of an AlpCafé with the groups of a criterion, in the order of the splits."""
    return [
        _met(split, margins[split], description.groups.get(split, ()))
        for split in SPLITS
        if split in margins
    ]


def _met(split: str, margin: Mapping[str, Any], groups: Sequence[Any]) -> ColumnShares:
    # Not above: it needs the database, and the command `evaluate` weighs without one.
    from alpclusters.platform.evaluation.domain.groups import (  # noqa: PLC0415
        names_of,
    )

    shown = [str(group) for group in groups if group]
    targets: dict[str, float] = {}
    apart: dict[str, float] = {}
    parents = role_parents()
    # By key: the database gives the keys of JSON back in an order of its own.
    for key, share in sorted(margin["shares"].items()):
        node = _above(split, key, shown, parents)
        if node is not None:
            targets[node] = targets.get(node, 0.0) + share
        elif share:
            apart[key] = share
    names = names_of(split, list(apart)) if apart else {}
    use = MarginUse(
        column=split,
        split=split,
        source=margin["source"],
        date=margin["date"],
        unweighed=tuple(group for group in shown if not targets.get(group)),
        joined=tuple(JoinedGroup(key, names[key], share) for key, share in apart.items()),
    )
    held = [group for group in shown if targets.get(group)]
    total = sum(targets[group] for group in held)
    shares = tuple(targets[group] / total for group in held)
    return ColumnShares(split, tuple(held), shares, total, use)


def _above(
    split: str, key: str, shown: Sequence[str], parents: Mapping[str, str | None]
) -> str | None:
    """Return the group that is shown in which a region or role is, or None."""
    if split == REGION:
        return next((one for one in (key, key[:_COUNTRY]) if one in shown), None)
    node: str | None = key
    while node is not None and node not in shown:
        node = parents.get(node)
    return node


# --- Who was not in the room: what the first measures survive, from the published counts alone


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
