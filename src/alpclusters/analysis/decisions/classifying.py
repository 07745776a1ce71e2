"""What each group thinks of each measure, and the one class each draw falls into."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.consensus.ratings import Id, Ratings
from alpclusters.analysis.conventions import LEVEL, Conventions, Status
from alpclusters.analysis.decisions.results import (
    CLASSES,
    OUTCOMES,
    Decision,
    Decisions,
    GroupView,
    Outcome,
    Probability,
)
from alpclusters.analysis.decisions.rules import MIN_ANSWERS, MIN_IN_GROUP, Groups, Rules
from alpclusters.analysis.ranking import RankedMeasure, Ranking

# --- Draws of what each group thinks of each measure: means and shares against --------------------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
type Measures = Sequence[RankedMeasure | None]

PSEUDO_FREEDOM: Final = 4.0  # of the pooled variance, in the variance of a group's answers
_PRIOR: Final = 0.5  # of a share: Jeffreys
_TINY: Final = 1e-12  # variance of answers that the model meets exactly


@dataclass(frozen=True, slots=True)
class Views:
    """Draws for the measures judged enough.

    Attributes
    ----------
    value : array of shape (draws, n_measures, n_groups)
        Ratings: mean of a group on the scale. Votes: share that agrees.
    against : array of the same shape
        Share against.
    side : array of the same shape
        What the middle is compared with: the mean, or agree / (agree + disagree).
    """

    value: FloatArray
    against: FloatArray
    side: FloatArray


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers of each group on each measure; shape (n_measures, n_groups)."""

    n: IntArray
    against: IntArray


def rating_views(
    ranking: Ranking,
    measures: Measures,
    ratings: Ratings,
    group: IntArray,
    rows: IntArray,
    counts: Counts,
    seed: int,
) -> Views:
    """Draw group means: the model's estimate, moved as far as a group's own answers carry.

    ``measures`` are those of the ranking in the order of ``ratings``, None where nobody judged;
    ``group`` is that of each rater, -1 for none; ``rows`` are the measures that are judged
    enough, ``counts`` theirs.
    """
    judged = [one for row in rows if (one := measures[row])]
    estimate = np.array([one.estimate for one in judged], dtype=np.float64)
    error = np.array([one.standard_error for one in judged], dtype=np.float64)
    freedom = np.array([one.freedom or np.inf for one in judged], dtype=np.float64)
    g = np.random.default_rng(seed)
    draws = ranking.conventions.draws or 0
    centre = estimate + error * _student(g, freedom, (draws, rows.size))
    against = _shares(g, counts.against, counts.n, draws)
    n_groups = counts.n.shape[1]
    if n_groups == 1:
        return Views(centre[:, :, None], against, centre[:, :, None])
    answers = ratings.value - _strictness(ranking, measures, ratings)[ratings.rater]
    rater_variance = ranking.variances.rater if ranking.variances else 0.0
    spread = _spread(ratings, answers, group, rows, estimate, rater_variance)
    expected = centre[:, :, None] + spread.offset
    noise = _student(g, spread.freedom, (draws, rows.size, n_groups))
    value = expected + spread.share * (spread.mean - expected)
    value += np.sqrt(spread.share * spread.variance) * noise
    return Views(value, against, value)


def vote_views(counts: IntArray, *, draws: int, seed: int) -> Views:
    """Draw the shares that agree and disagree; counts of shape (n_statements, n_groups, 3)."""
    parts = np.random.default_rng(seed).standard_gamma(counts + _PRIOR, (draws, *counts.shape))
    agree, disagree = parts[..., 0], parts[..., 2]
    total = parts.sum(axis=-1)
    return Views(agree / total, disagree / total, agree / (agree + disagree))


@dataclass(frozen=True, slots=True)
class _Spread:
    """How far groups differ, and how much of a group's own mean counts."""

    mean: FloatArray
    variance: FloatArray
    freedom: FloatArray
    offset: FloatArray
    share: FloatArray


def _spread(
    ratings: Ratings,
    answers: FloatArray,
    group: IntArray,
    rows: IntArray,
    estimate: FloatArray,
    rater_variance: float,
) -> _Spread:
    """Compare group means of answers, strictness taken out, with the estimates for all."""
    place = np.full(len(ratings.measure_ids), -1)
    place[rows] = np.arange(rows.size)
    at, of = place[ratings.measure], group[ratings.rater]
    is_in = (at >= 0) & (of >= 0)
    n_groups = int(group.max()) + 1
    cell = at[is_in] * n_groups + of[is_in]
    answer = answers[is_in]
    shape = (rows.size, n_groups)

    def sums(values: FloatArray | None) -> FloatArray:
        return np.bincount(cell, values, rows.size * n_groups).reshape(shape).astype(np.float64)

    n = sums(None)
    mean = sums(answer) / n
    squares = sums((answer - mean.ravel()[cell]) ** 2)
    pooled = squares.sum() / max((n - 1).sum(), 1.0)
    freedom = n - 1 + PSEUDO_FREEDOM
    own = (squares + PSEUDO_FREEDOM * pooled) / freedom
    n_people = np.bincount(group[np.unique(ratings.rater[is_in])], minlength=n_groups)
    variance = own / n + rater_variance / n_people
    gap = mean - estimate[:, None]
    offset = gap.mean(axis=0)
    between = max(0.0, float(((gap - offset) ** 2 - variance).mean()))
    share = between / np.maximum(between + variance, _TINY)
    return _Spread(mean, variance, freedom, offset, share)


def _strictness(ranking: Ranking, measures: Measures, ratings: Ratings) -> FloatArray:
    """Return the model's effect of each rater, given the estimates: how far above they rate."""
    variances = ranking.variances
    n_raters = len(ratings.rater_ids)
    if variances is None or variances.rater == 0:
        return np.zeros(n_raters)
    estimate, residual = np.array(
        [
            (one.estimate, variances.residual if one.residual is None else one.residual)
            if one
            else (np.nan, np.nan)
            for one in measures
        ],
        dtype=np.float64,
    )[ratings.measure].T
    weight = 1 / np.maximum(residual, _TINY)
    total = np.bincount(ratings.rater, weight, n_raters) + 1 / variances.rater
    gap = weight * (ratings.value - estimate)
    return np.asarray(np.bincount(ratings.rater, gap, n_raters) / total)


def _student(g: np.random.Generator, freedom: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    """Draw t, normal where the degrees of freedom are infinite."""
    normal = g.standard_normal(shape)
    finite = np.where(np.isfinite(freedom), freedom, 1.0)
    scale = np.sqrt(finite / g.chisquare(finite, shape))
    return np.asarray(normal * np.where(np.isfinite(freedom), scale, 1.0))


def _shares(g: np.random.Generator, k: IntArray, n: IntArray, draws: int) -> FloatArray:
    return np.asarray(g.beta(k + _PRIOR, n - k + _PRIOR, (draws, *k.shape)))


# --- Put every draw of a measure into exactly one class, and name the class that is certain enough


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
