"""Turn a posterior into what is shown: ranks, intervals, tiers, flags."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import MANY_CANNOT_JUDGE, Status
from alpclusters.analysis.ranking.fitting import Counts
from alpclusters.analysis.ranking.posterior import (
    Posterior,
    RankFigures,
    expected_ranks,
    levels,
    pairwise,
    rank_figures,
)
from alpclusters.analysis.ranking.ratings import Rules
from alpclusters.analysis.ranking.results import RankedMeasure, Tier

# --- The interval of one estimate: normal or t, on the whole line or inside the scale -------------


FloatArray = NDArray[np.float64]

HALF: Final = 0.5  # of an answer: as near to the end of the scale as n answers can tell


def quantile(level: float, freedom: FloatArray | None) -> FloatArray:
    """Return the two-sided quantile, of t with these degrees of freedom or normal."""
    from scipy.special import ndtri, stdtrit  # noqa: PLC0415 - a third of a second to import

    share = (1 + level) / 2
    return np.asarray(ndtri(share) if freedom is None else stdtrit(freedom, share))


def around(estimate: FloatArray, half: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return symmetric ends, which may lie beyond the scale."""
    return estimate - half, estimate + half


def inside(
    estimate: FloatArray, half: FloatArray, *, n: FloatArray, ends: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Return ends inside the scale: symmetric for the logit of the estimate's place on it.

    Estimates are held half an answer, 0.5 / (n + 1), from the ends; where that is needed the
    interval reaches the end of the scale.

    Examples
    --------
    >>> low, high = inside(np.array([4.7]), np.array([0.26939]), n=np.array([12]), ends=(1, 5))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (4.295, 4.881)
    """
    from scipy.special import expit, logit  # noqa: PLC0415 - as above

    low, width = ends[0], ends[1] - ends[0]
    nearest = HALF / (n + 1)
    place = np.clip((estimate - low) / width, nearest, 1 - nearest)
    reach = half / (width * place * (1 - place))
    lower, upper = expit(logit(place) - reach), expit(logit(place) + reach)
    lower = np.where(place <= nearest, 0.0, lower)
    upper = np.where(place >= 1 - nearest, 1.0, upper)
    return np.minimum(low + width * lower, ends[1]), np.minimum(low + width * upper, ends[1])


# --- Cut the order of measures into tiers that do not overlap more than chance allows -------------


IntArray = NDArray[np.int64]

MAX_EXACT: Final = 600  # measures; beyond, the exact search would take seconds
DIGITS: Final = 12  # sums of overlaps that agree so far are equal


@dataclass(frozen=True, slots=True)
class Partition:
    """Runs of an order: tier t is ``starts[t]`` to ``starts[t + 1]``.

    Attributes
    ----------
    starts : tuple of int
        First positions, then the number of measures.
    overlaps : tuple of float
        Of every two neighbouring tiers.
    is_exact : bool
        Whether no other partition has more tiers.
    """

    starts: tuple[int, ...]
    overlaps: tuple[float, ...]
    is_exact: bool


def cut_tiers(above: FloatArray, *, overlap: float) -> Partition:
    """Find the partition with the most tiers, then the least sum of overlaps, earliest cuts.

    Parameters
    ----------
    above : array of shape (n, n)
        Probability that the row's measure is above the column's, in order of estimates.
    overlap : float
        Greatest admissible mean probability that a measure of the next tier is above one of
        this.

    Returns
    -------
    Partition

    Notes
    -----
    Exact by dynamic programming over start and end of the last tier, O(n³), up to 600
    measures; beyond, the first admissible cut is taken each time.

    Examples
    --------
    >>> certain = np.array([[0.5, 0.6, 1.0], [0.4, 0.5, 1.0], [0.0, 0.0, 0.5]])
    >>> cut_tiers(certain, overlap=0.10).starts
    (0, 2, 3)
    """
    sums = np.zeros((above.shape[0] + 1,) * 2)
    sums[1:, 1:] = above.T.cumsum(axis=0).cumsum(axis=1)
    is_exact = above.shape[0] <= MAX_EXACT
    starts = _most_tiers(sums, overlap) if is_exact else _first_cuts(sums, overlap)
    triples = zip(starts, starts[1:], starts[2:], strict=False)
    return Partition(starts, tuple(_overlap(sums, *triple) for triple in triples), is_exact)


def find_borderline(
    above: FloatArray, partition: Partition, *, overlap: float
) -> NDArray[np.bool_]:
    """Flag measures that are on the wrong side of a neighbouring tier's member too often."""
    flags = np.zeros(above.shape[0], dtype=bool)
    starts = partition.starts
    for start, cut, end in zip(starts, starts[1:], starts[2:], strict=False):
        against = above[cut:end, start:cut] > overlap
        flags[cut:end] |= against.any(axis=1)
        flags[start:cut] |= against.any(axis=0)
    return flags


def _overlap(sums: FloatArray, start: int, cut: int, end: int) -> float:
    block = sums[cut, end] - sums[start, end] - sums[cut, cut] + sums[start, cut]
    return float(min(max(block / ((cut - start) * (end - cut)), 0.0), 1.0))


def _overlaps(sums: FloatArray, cut: int) -> FloatArray:
    """Return the overlap of [a, cut) and [cut, e) for all a below and all e above."""
    n = sums.shape[0] - 1
    block = sums[cut, cut + 1 :] - sums[:cut, cut + 1 :] - sums[cut, cut] + sums[:cut, cut, None]
    sizes = np.arange(cut, 0, -1)[:, None] * np.arange(1, n - cut + 1)
    return np.asarray(block / sizes)


def _most_tiers(sums: FloatArray, overlap: float) -> tuple[int, ...]:
    n = sums.shape[0] - 1
    count = np.full((n, n + 1), -1)
    count[:1] = 1
    cost, before = np.zeros((n, n + 1)), np.zeros((n, n + 1), dtype=np.int64)
    for cut in range(1, n):
        shared = _overlaps(sums, cut)
        reached = count[:cut, cut, None]
        tiers = np.where((reached > 0) & (shared <= overlap), reached + 1, -1)
        most = tiers.max(axis=0)
        sum_ = np.where(tiers == most, (cost[:cut, cut, None] + shared).round(DIGITS), np.inf)
        best = sum_.argmin(axis=0)
        count[cut, cut + 1 :], before[cut, cut + 1 :] = most, best
        cost[cut, cut + 1 :] = sum_[best, np.arange(best.size)]
    return _traced(count, cost, before)


def _traced(count: IntArray, cost: FloatArray, before: IntArray) -> tuple[int, ...]:
    end = count.shape[1] - 1
    final = count[:, end]
    cut = int(np.where(final == final.max(), cost[:, end], np.inf).argmin())
    starts = [end]
    while cut:
        starts.append(cut)
        cut, end = int(before[cut, end]), cut
    return (0, *reversed(starts))


def _first_cuts(sums: FloatArray, overlap: float) -> tuple[int, ...]:
    """Cut where a tier and an equally long run after it are told apart; then mend by joining."""
    n = sums.shape[0] - 1
    starts = [0]
    for cut in range(1, n):
        length = min(cut - starts[-1], n - cut)
        if _overlap(sums, starts[-1], cut, cut + length) <= overlap:
            starts.append(cut)
    return _joined([*starts, n], sums, overlap)


def _joined(starts: list[int], sums: FloatArray, overlap: float) -> tuple[int, ...]:
    while True:
        triples = zip(starts, starts[1:], starts[2:], strict=False)
        wrong = [cut for start, cut, end in triples if _overlap(sums, start, cut, end) > overlap]
        if not wrong:
            return tuple(starts)
        starts.remove(wrong[0])


# --- Turn a posterior into what is shown: ranks, intervals, tiers, flags --------------------------


LIMITING: Final = {
    "not_connected",
    "perfect_fit",
    "not_converged",
    "scale_assumed",
    "criterion_missing",
}


@dataclass(frozen=True, slots=True)
class Assembled:
    """Measures with ranks and tiers, and the matrix behind them."""

    measures: tuple[RankedMeasure, ...]
    order: tuple[Id, ...]
    tiers: tuple[Tier, ...]
    pairwise: FloatArray
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tiering:
    """Tiers of the measures that are told apart; ``number`` is 0 outside."""

    tiers: tuple[Tier, ...]
    number: IntArray
    is_borderline: NDArray[np.bool_]
    is_exact: bool


def assemble(
    counts: Counts,
    posterior: Posterior | None,
    *,
    is_core: NDArray[np.bool_],
    ends: tuple[float, float],
    is_declared: bool,
    rules: Rules,
) -> Assembled:
    """Work out ranks, intervals and tiers; without a posterior only counts are left.

    Intervals are held inside a scale that was declared; one taken from the values may be wider.
    """
    n = counts.n.size
    above = np.full((n, n), np.nan)
    measures = [_counted(counts, row) for row in range(n)]
    if posterior is None:
        return Assembled(tuple(measures), (), (), _frozen(above), ())
    pairs = pairwise(posterior)
    above[np.ix_(posterior.rows, posterior.rows)] = pairs
    tiering = find_tiers(counts, posterior, pairs, is_core=is_core, overlap=rules.overlap)
    interval = _interval(posterior, counts.n, ends if is_declared else None, rules)
    ranked = _Ranked(
        posterior=posterior,
        figures=rank_figures(
            posterior, level=rules.level, draws=rules.draws, top=rules.top, seed=rules.seed
        ),
        expected=expected_ranks(pairs),
        interval=interval,
        rank=np.argsort(posterior.order()) + 1,
        tied=_tied(posterior.estimate),
        tiering=tiering,
        is_core=is_core[posterior.rows],
        ends=ends,
        rules=rules,
    )
    for place, row in enumerate(posterior.rows.tolist()):
        measures[row] = ranked.measure(measures[row], place)
    reasons = (
        *(["ties_by_id"] if ranked.tied.any() else []),
        *([] if tiering.is_exact else ["greedy_tiers"]),
    )
    order = tuple(counts.ids[row] for row in posterior.rows[posterior.order()])
    return Assembled(tuple(measures), order, tiering.tiers, _frozen(above), reasons)


def find_tiers(
    counts: Counts,
    posterior: Posterior,
    pairs: FloatArray,
    *,
    is_core: NDArray[np.bool_],
    overlap: float,
) -> Tiering:
    """Cut the measures of the greatest connected part into tiers, by who is above whom."""
    order = posterior.order()
    order = order[is_core[posterior.rows[order]]]
    above = pairs[np.ix_(order, order)]
    partition = cut_tiers(above, overlap=overlap)
    number = np.zeros(posterior.rows.size, dtype=np.int64)
    borderline = np.zeros(posterior.rows.size, dtype=bool)
    borderline[order] = find_borderline(above, partition, overlap=overlap)
    tiers = []
    bounds = zip(partition.starts, partition.starts[1:], strict=False)
    for count, (start, end) in enumerate(bounds, start=1):
        members = order[start:end]
        number[members] = count
        names = tuple(counts.ids[row] for row in posterior.rows[members])
        shared = partition.overlaps[count - 1] if count <= len(partition.overlaps) else None
        tiers.append(Tier(count, names, shared))
    return Tiering(tuple(tiers), number, borderline, partition.is_exact)


def status_of(reasons: tuple[str, ...], *, is_defined: bool) -> Status:
    """Return the status that goes with reasons."""
    if not is_defined:
        return "undefined"
    return "limited" if LIMITING & set(reasons) else "ok"


@dataclass(frozen=True, slots=True)
class _Ranked:
    """All figures of the measures with an estimate, in the order of the posterior's rows."""

    posterior: Posterior
    figures: RankFigures
    expected: FloatArray
    interval: tuple[FloatArray, FloatArray]
    rank: IntArray
    tied: NDArray[np.bool_]
    tiering: Tiering
    is_core: NDArray[np.bool_]
    ends: tuple[float, float]
    rules: Rules

    def measure(self, counted: RankedMeasure, place: int) -> RankedMeasure:
        """Complete one measure."""
        estimate = float(self.posterior.estimate[place])
        error = float(self.posterior.standard_error[place])
        top = zip(self.rules.top, self.figures.top[:, place].tolist(), strict=True)
        return replace(
            counted,
            estimate=estimate,
            shown=min(max(estimate, self.ends[0]), self.ends[1]),
            standard_error=error,
            freedom=None
            if self.posterior.freedom is None
            else float(self.posterior.freedom[place]),
            residual=None
            if self.posterior.residual is None
            else float(self.posterior.residual[place]),
            interval=Interval(*(float(end[place]) for end in self.interval)),
            rank=int(self.rank[place]),
            tied=bool(self.tied[place]),
            rank_interval=(int(self.figures.low[place]), int(self.figures.high[place])),
            expected_rank=float(self.expected[place]),
            top=tuple(top),
            tier=int(self.tiering.number[place]) or None,
            borderline=bool(self.tiering.is_borderline[place]),
            status="ok" if self.is_core[place] else "limited",
            reasons=self._reasons(counted.reasons, place),
        )

    def _reasons(self, counted: tuple[str, ...], place: int) -> tuple[str, ...]:
        is_outside = not self.ends[0] <= self.posterior.estimate[place] <= self.ends[1]
        return (
            *(reason for reason in counted if reason != "no_estimate"),
            *(["at_scale_end"] if is_outside else []),
            *([] if self.is_core[place] else ["not_connected"]),
        )


def _counted(counts: Counts, row: int) -> RankedMeasure:
    """Return what is known of a measure without an estimate."""
    n, cannot, mean = int(counts.n[row]), int(counts.cannot[row]), float(counts.mean[row])
    many = cannot > MANY_CANNOT_JUDGE * (n + cannot)
    return RankedMeasure(
        measure=counts.ids[row],
        n=n,
        effective_n=float(counts.effective_n[row]),
        cannot_judge=cannot,
        cannot_judge_share=cannot / (n + cannot) if n + cannot else None,
        mean=None if np.isnan(mean) else mean,
        estimate=None,
        shown=None,
        standard_error=None,
        freedom=None,
        residual=None,
        interval=None,
        rank=None,
        tied=False,
        rank_interval=None,
        expected_rank=None,
        top=(),
        tier=None,
        borderline=False,
        status="undefined",
        reasons=("no_estimate" if n else "no_ratings", *(["many_cannot_judge"] if many else [])),
    )


def _interval(
    posterior: Posterior, n: IntArray, ends: tuple[float, float] | None, rules: Rules
) -> tuple[FloatArray, FloatArray]:
    half = quantile(rules.level, posterior.freedom) * posterior.standard_error
    if ends is None or not rules.model.inside:
        return around(posterior.estimate, half)
    return inside(posterior.estimate, half, n=n[posterior.rows].astype(np.float64), ends=ends)


def _tied(estimate: FloatArray) -> NDArray[np.bool_]:
    level = levels(estimate)
    return np.asarray(np.bincount(level)[level] > 1)


def _frozen(array: FloatArray) -> FloatArray:
    array.setflags(write=False)
    return array
