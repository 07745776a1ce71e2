"""Turn a posterior into what is shown: ranks, intervals, tiers, flags."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import MANY_CANNOT_JUDGE, Status
from alpclusters.analysis.ranking.fitting import Counts
from alpclusters.analysis.ranking.intervals import around, inside, quantile
from alpclusters.analysis.ranking.posterior import (
    Posterior,
    RankFigures,
    expected_ranks,
    levels,
    pairwise,
    rank_figures,
)
from alpclusters.analysis.ranking.results import RankedMeasure, Tier
from alpclusters.analysis.ranking.rules import Rules
from alpclusters.analysis.ranking.tiers import cut_tiers, find_borderline

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

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
