"""Describe every item: n, cannot judge, middle, spread, agreement, and the same by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.figures import FigureRules, summarise
from alpclusters.analysis.consensus.intervals import ShareInterval
from alpclusters.analysis.consensus.ratings import Id, Ratings
from alpclusters.analysis.consensus.results import (
    CellState,
    Description,
    GroupCell,
    MeasureDescription,
    Summary,
)
from alpclusters.analysis.conventions import K_ANONYMITY, LEVEL, Conventions
from alpclusters.analysis.errors import ShapeError, Where
from alpclusters.analysis.small_groups import Withheld, withhold_groups, withhold_nested

IntArray = NDArray[np.int64]
# A mapping's key type is invariant, so each kind of id is named.
type Labels = (
    Mapping[Id, Id | None]
    | Mapping[str, Id | None]
    | Mapping[str, str | None]
    | Mapping[int, Id | None]
    | Sequence[Id | None]
)


def describe(
    ratings: Ratings,
    *,
    groups: Mapping[str, Labels] | None = None,
    k_anonymity: int = K_ANONYMITY,
    level: float = LEVEL,
    agree_from: float | None = None,
    kind: ShareInterval = "wilson",
) -> Description:
    """Describe the answers to every item, as a whole and by group.

    "Cannot judge" is missing: it enters no figure but its own count and share. Groups and
    items with fewer than k people are withheld, with further groups where a small one would
    follow by subtraction (`withhold_groups`).

    Parameters
    ----------
    ratings : Ratings
        Standing answers on one criterion.
    groups : mapping of str to labels, optional
        Per split the group of each rater: a mapping from rater id, or a sequence in the order
        of ``ratings.rater_ids``. ``None`` is "not known" and forms a group of its own.
    k_anonymity : int, default 5
        Smallest group that is shown; 1 shows everything.
    level : float, default 0.90
        Of all intervals; two-sided, equal-tailed.
    agree_from : float, optional
        Answers at or above it count as agreement.
    kind : {'wilson', 'jeffreys'}, default 'wilson'
        Interval of the share that agrees.

    Returns
    -------
    Description
        One record per item, in the order of ``ratings.measure_ids``.

    Raises
    ------
    ShapeError
        A split whose labels do not fit the raters.
    AnalysisError
        A level outside 0 to 1 or an unknown kind of interval.

    Notes
    -----
    Mean interval: Student's t with n - 1 degrees of freedom, clipped to the scale; none where
    all answers are equal. Median interval: exact binomial order statistics, with the coverage
    attained; none below 5 answers at 90 %. O(answers + items * points).

    Examples
    --------
    >>> from alpclusters.analysis.consensus import Ratings, describe
    >>> votes = [(rater, "fair", value) for rater, value in enumerate([3, 4, 4, 5, 2, 4])]
    >>> item = describe(Ratings.from_rows(votes, scale=(1, 5)), agree_from=4).measures[0]
    >>> item.summary.n, item.summary.median, item.summary.agree
    (6, 4.0, 4)
    >>> round(item.summary.agree_interval.low, 4), round(item.summary.agree_interval.high, 4)
    (0.347, 0.8827)
    """
    rules = FigureRules(np.array(ratings.scale), level, agree_from, kind)
    tables = [_Table.of(ratings, name, labels) for name, labels in (groups or {}).items()]
    total = _Table.of(ratings, "", [None] * len(ratings.rater_ids))
    summaries = summarise(total.counts[:, 0], total.cannot[:, 0], rules)
    measures = _measures(ratings, tables, summaries, rules, k_anonymity)
    reasons = _reasons(ratings)
    return Description(
        measures=measures,
        groups={table.name: table.groups for table in tables},
        n_raters=ratings.n_raters,
        cast=ratings.cast,
        standing=ratings.standing,
        conventions=_conventions(ratings, rules, k_anonymity),
        status="undefined" if "no_ratings" in reasons else "limited" if reasons else "ok",
        reasons=reasons,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """Counts of one split: items by groups by points, and "cannot judge" apart."""

    name: str
    groups: tuple[Id | None, ...]
    group_of: IntArray
    counts: IntArray
    cannot: IntArray

    @classmethod
    def of(cls, ratings: Ratings, name: str, labels: Labels) -> "_Table":
        per_rater = _labels_in_order(ratings, name, labels)
        groups = _ordered(per_rater) or (None,)
        place = {group: position for position, group in enumerate(groups)}
        group_of = np.array([place[label] for label in per_rater], dtype=np.int64)
        n_items, n_points = len(ratings.measure_ids), len(ratings.scale)
        point = np.searchsorted(np.array(ratings.scale), ratings.value)
        judged = (ratings.measure * len(groups) + group_of[ratings.rater]) * n_points + point
        given_up = ratings.cannot[1] * len(groups) + group_of[ratings.cannot[0]]
        shape = (n_items, len(groups))
        return cls(
            name,
            groups,
            group_of,
            _counted(judged, (*shape, n_points)),
            _counted(given_up, shape),
        )

    @property
    def n(self) -> IntArray:
        return self.counts.sum(axis=2)


def _counted(places: IntArray, shape: tuple[int, ...]) -> IntArray:
    size = int(np.prod(shape))
    return np.bincount(places, minlength=size)[:size].reshape(shape).astype(np.int64)


def _labels_in_order(ratings: Ratings, name: str, labels: Labels) -> list[Id | None]:
    if isinstance(labels, Mapping):
        by_rater = cast("Mapping[Id, Id | None]", labels)
        return [by_rater.get(rater) for rater in ratings.rater_ids]
    if len(labels) != len(ratings.rater_ids):
        code = "groups.length"
        raise ShapeError(
            code,
            where=Where(argument="groups", field=name),
            found=str(len(labels)),
            expected=str(len(ratings.rater_ids)),
        )
    return list(labels)


def _ordered(labels: Sequence[Id | None]) -> tuple[Id | None, ...]:
    """Sort the groups by name; "not known" comes last."""
    return tuple(sorted(set(labels), key=lambda label: (label is None, str(label))))


def _measures(
    ratings: Ratings,
    tables: list[_Table],
    summaries: list[Summary],
    rules: FigureRules,
    k_anonymity: int,
) -> tuple[MeasureDescription, ...]:
    by_split = [_split_summaries(table, rules) for table in tables]
    parents = _nesting(tables)
    described = []
    for row, (measure, summary) in enumerate(zip(ratings.measure_ids, summaries, strict=True)):
        state = _item_state(summary, k_anonymity)
        withheld = _withheld_by_split(tables, parents, row, k_anonymity)
        cells = {
            table.name: _cells(table, split[row], hidden)
            for table, split, hidden in zip(tables, by_split, withheld, strict=True)
        }
        visible = None if state == "withheld" else summary
        described.append(MeasureDescription(measure, state, visible, cells))
    return tuple(described)


def _split_summaries(table: _Table, rules: FigureRules) -> list[list[Summary]]:
    n_items, n_groups, n_points = table.counts.shape
    flat = summarise(
        table.counts.reshape(n_items * n_groups, n_points), table.cannot.ravel(), rules
    )
    return [flat[row * n_groups : (row + 1) * n_groups] for row in range(n_items)]


def _item_state(summary: Summary, k_anonymity: int) -> CellState:
    answered = summary.n + summary.cannot_judge
    if answered == 0:
        return "empty"
    too_small = withhold_groups([summary.n], answered=[answered], k_anonymity=k_anonymity)
    return "withheld" if too_small.total else "shown"


def _withheld_by_split(
    tables: list[_Table],
    parents: dict[tuple[int, int], list[int]],
    row: int,
    k_anonymity: int,
) -> list[Withheld]:
    """Apply the rule to each split, then to splits that lie inside each other, until stable."""
    found = [
        withhold_groups(
            table.n[row], answered=table.n[row] + table.cannot[row], k_anonymity=k_anonymity
        )
        for table in tables
    ]
    while parents:
        before = list(found)
        for (fine, coarse), above in parents.items():
            if not found[fine].total:
                found[fine] = withhold_nested(
                    tables[fine].n[row],
                    above,
                    withheld=found[fine].groups,
                    parent_withheld=found[coarse].groups,
                    k_anonymity=k_anonymity,
                )
        if found == before:
            break
    return found


def _nesting(tables: list[_Table]) -> dict[tuple[int, int], list[int]]:
    """Find pairs of splits of which one refines the other, with the parent of each fine group."""
    found = {}
    for fine, inner in enumerate(tables):
        for coarse, outer in enumerate(tables):
            pairs = set(zip(inner.group_of.tolist(), outer.group_of.tolist(), strict=True))
            if fine != coarse and len(pairs) == len(inner.groups):
                found[fine, coarse] = [parent for _, parent in sorted(pairs)]
    return found


def _cells(table: _Table, summaries: list[Summary], withheld: Withheld) -> tuple[GroupCell, ...]:
    return tuple(
        _cell(group, summary, is_withheld=hidden)
        for group, summary, hidden in zip(table.groups, summaries, withheld.groups, strict=True)
    )


def _cell(group: Id | None, summary: Summary, *, is_withheld: bool) -> GroupCell:
    if is_withheld:
        return GroupCell(group, "withheld", None)
    if summary.n + summary.cannot_judge == 0:
        return GroupCell(group, "empty", None)
    return GroupCell(group, "shown", summary)


def _reasons(ratings: Ratings) -> tuple[str, ...]:
    if not ratings.value.size:
        return ("no_ratings",)
    return ("scale_assumed",) if ratings.scale_assumed else ()


def _conventions(ratings: Ratings, rules: FigureRules, k_anonymity: int) -> Conventions:
    thresholds = [("k_anonymity", float(k_anonymity))]
    if rules.agree_from is not None:
        thresholds.append(("agree_from", float(rules.agree_from)))
    return Conventions(
        method="describe",
        scale=ratings.scale,
        level=rules.level,
        intervals=(
            ("agree_share", rules.kind),
            ("mean", "student_t_clipped"),
            ("median", "binomial_order_statistics"),
        ),
        ties="latest_stands_equal_time_later_row",
        missing="cannot_judge_left_out_and_reported",
        quantiles="linear_type_7",
        standard_deviation="n_minus_1",
        thresholds=tuple(thresholds),
    )
