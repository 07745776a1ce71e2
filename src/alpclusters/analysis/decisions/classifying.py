"""Put every draw of a measure into exactly one class, and name the class that is certain enough."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import LEVEL, Conventions, Status
from alpclusters.analysis.decisions.groups import Groups
from alpclusters.analysis.decisions.results import (
    CLASSES,
    OUTCOMES,
    Decision,
    Decisions,
    GroupView,
    Outcome,
    Probability,
)
from alpclusters.analysis.decisions.rules import MIN_ANSWERS, MIN_IN_GROUP, Rules
from alpclusters.analysis.decisions.views import Counts, Views

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of each measure before anything is drawn; ``rows`` are those judged enough."""

    ids: tuple[Id, ...]
    value: tuple[float | None, ...]
    tier: tuple[int | None, ...]
    counts: Counts
    rows: IntArray


@dataclass(frozen=True, slots=True)
class Kind:
    """What groups are, and how far the ranking behind them can be trusted."""

    are_camps: bool
    status: Status
    reasons: tuple[str, ...]


def is_judged(counts: Counts) -> BoolArray:
    """Return which measures have answers enough, in all and in every group."""
    enough = (counts.n >= MIN_IN_GROUP).all(axis=1)
    return np.asarray(enough & (counts.n.sum(axis=1) >= MIN_ANSWERS))


def classify(
    table: Table,
    views: Views | None,
    groups: Groups,
    rules: Rules,
    kind: Kind,
    conventions: Conventions,
) -> Decisions:
    """Decide on every measure; ``views`` are draws for ``table.rows``, None if there are none."""
    are_camps = kind.are_camps and bool(groups.names)
    found = [_undecided(table, row) for row in range(len(table.ids))]
    if views is not None:
        shares = _class_shares(views, groups.weight, rules, are_camps=are_camps)
        for place, row in enumerate(table.rows.tolist()):
            found[row] = _decided(table, views, groups, rules, shares[place], place, row)
    limited = {"many_groups"} & set(groups.reasons)
    status = "limited" if limited and kind.status == "ok" else kind.status
    return Decisions(
        measures=tuple(sorted(found, key=_place)),
        groups=groups.names,
        sizes=groups.sizes,
        n_people=groups.n_people,
        are_camps=are_camps,
        status=status,
        reasons=(*kind.reasons, *groups.reasons),
        conventions=conventions,
    )


def _class_shares(views: Views, weight: FloatArray, rules: Rules, *, are_camps: bool) -> FloatArray:
    """Return the share of draws in each class, shape (n_measures, n_classes)."""
    mean, side = views.value @ weight, views.side @ weight
    is_valued = mean >= rules.threshold
    by_all = (views.value >= rules.threshold).all(axis=2)
    unopposed = (views.against <= rules.against_share).all(axis=2)
    valued_by_all = is_valued & by_all & unopposed
    bridge = is_valued & by_all & ~unopposed & are_camps
    divided = is_valued & ~valued_by_all & ~bridge
    rejected = ~is_valued & (side < rules.middle)
    middle = ~is_valued & ~rejected
    classes = (valued_by_all, bridge, divided, rejected, middle)
    return np.stack([one.mean(axis=0) for one in classes], axis=1)


def _undecided(table: Table, row: int) -> Decision:
    return Decision(
        measure=table.ids[row],
        n=int(table.counts.n[row].sum()),
        n_against=int(table.counts.against[row].sum()),
        value=table.value[row],
        outcome="not_judged_enough",
        probabilities=(),
        divides=None,
        groups=(),
        tier=table.tier[row],
    )


def _decided(
    table: Table,
    views: Views,
    groups: Groups,
    rules: Rules,
    shares: FloatArray,
    place: int,
    row: int,
) -> Decision:
    best = int(shares.argmax())
    outcome: Outcome = CLASSES[best] if shares[best] >= rules.certain else "open"
    value = views.value[:, place]
    has_groups = bool(groups.names)
    apart = value.max(axis=1) - value.min(axis=1) >= rules.apart
    counts = (table.counts.n[row], table.counts.against[row])
    probabilities = zip(CLASSES, shares.tolist(), strict=True)
    return Decision(
        measure=table.ids[row],
        n=int(counts[0].sum()),
        n_against=int(counts[1].sum()),
        value=table.value[row],
        outcome=outcome,
        probabilities=tuple(Probability(*one) for one in probabilities),
        divides=float(apart.mean()) if has_groups else None,
        groups=_group_views(value, counts, groups, rules) if has_groups else (),
        tier=table.tier[row],
    )


def _group_views(
    value: FloatArray, counts: tuple[IntArray, IntArray], groups: Groups, rules: Rules
) -> tuple[GroupView, ...]:
    tail = (1 - LEVEL) / 2
    # The model knows no ends of a scale; what is told of a group lies between them.
    ends = np.quantile(value, [tail, 1 - tail], axis=0)
    low, middle, high = np.clip(
        [ends[0], value.mean(axis=0), ends[1]], rules.low, rules.low + rules.width
    )
    others = _mean_of_others(value, groups.weight)
    lower = (value < others - rules.lower).mean(axis=0)
    return tuple(
        GroupView(
            group=name,
            n=int(counts[0][at]),
            value=float(middle[at]),
            interval=Interval(float(low[at]), float(high[at])),
            n_against=int(counts[1][at]),
            lower=float(lower[at]),
        )
        for at, name in enumerate(groups.names)
    )


def _mean_of_others(value: FloatArray, weight: FloatArray) -> FloatArray:
    """Return, for each group, the weighted mean of all others."""
    total = (value @ weight)[:, None] - value * weight
    return np.asarray(total / np.maximum(1 - weight, np.finfo(np.float64).tiny))


def _place(decision: Decision) -> tuple[int, float, float, str]:
    """Order by class, then tier, then value, the clearest first; ties by id."""
    tier = np.inf if decision.tier is None else decision.tier
    value = -np.inf if decision.value is None else decision.value
    side = -1 if decision.outcome == "rejected" else 1
    return OUTCOMES.index(decision.outcome), side * tier, -side * value, str(decision.measure)
