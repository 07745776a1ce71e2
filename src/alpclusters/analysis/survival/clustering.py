"""Intervals where rows of one project hang together: whole clusters are resampled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.consensus.intervals import (
    check_draws,
    percentile_interval,
    resample_weights,
    tail_of,
)
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.survival.kaplan_meier import (
    EQUAL,
    LEVEL,
    Timeline,
    build_timeline,
    count_at_risk,
    product_limit,
)
from alpclusters.analysis.survival.results import (
    Clustered,
    ClusteredReading,
    Durations,
    FloatArray,
    IntArray,
    finite,
    labels,
    read_durations,
)

DRAWS: Final = 500
FEW_CLUSTERS: Final = 20
TWO: Final = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one group with their clusters, ready to be weighted."""

    rows: Durations
    line: Timeline
    cluster: IntArray

    def shares(self, weights: FloatArray, times: FloatArray) -> FloatArray:
        """Survival at some times with rows weighted by their cluster; NaN beyond what is seen."""
        of_rows = weights[self.cluster]
        survival = np.r_[1.0, product_limit(*count_at_risk(self.line, of_rows))]
        found: FloatArray = survival[np.searchsorted(self.line.times, times, side="right")]
        seen = self.rows.duration[of_rows > 0]
        beyond = (times > (seen.max() if len(seen) else -1.0)) & (found > EQUAL)
        return np.where(beyond, np.nan, found)


def cluster_bootstrap(  # noqa: PLR0913 - each is a convention of its own
    duration: ArrayLike,
    event: ArrayLike,
    cluster: ArrayLike,
    *,
    times: Sequence[float],
    entry: ArrayLike | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    level: float = LEVEL,
) -> Clustered:
    """Give the share that lasts at some times an interval over whole clusters.

    Parameters
    ----------
    duration, event, entry : array_like of shape (n,)
        As in `kaplan_meier`.
    cluster : array_like of shape (n,)
        What hangs together, such as the project a pair of partners comes from.
    times : sequence of float
        Where the curve is read.
    draws : int
        Resamples; 0 gives no intervals.
    seed : int
        Of the random stream.
    level : float
        Two-sided, percentile.

    Returns
    -------
    Clustered

    Raises
    ------
    AnalysisError
        As in `kaplan_meier`; a time that is no number, a negative number of draws.

    Examples
    --------
    >>> found = cluster_bootstrap([1, 2, 2, 3], [1, 1, 0, 0], [7, 7, 8, 9], times=[2], draws=99)
    >>> found.readings[0].value, found.n_clusters, found.reasons
    (0.5, 3, ('few_clusters',))
    """
    whole, sizes = _read(duration, event, cluster, entry)
    asked = finite(times, "times")
    figures = _resampled([whole], asked, sizes[1], draws=draws, seed=seed)
    value = whole.shares(np.ones(sizes[1]), asked)
    convention = _conventions("cluster_bootstrap", draws=draws, seed=seed, level=level)
    return _clustered(asked, value, figures, sizes, (), convention)


def cluster_difference(  # noqa: PLR0913 - each is a convention of its own
    duration: ArrayLike,
    event: ArrayLike,
    cluster: ArrayLike,
    group: ArrayLike,
    *,
    times: Sequence[float],
    entry: ArrayLike | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    level: float = LEVEL,
) -> Clustered:
    """Compare the shares of two groups at some times, with an interval over whole clusters.

    Parameters
    ----------
    duration, event, cluster, entry : array_like of shape (n,)
        As in `cluster_bootstrap`; a cluster may hold rows of both groups.
    group : array_like of shape (n,)
        Two names; the difference is the first less the second in their order.
    times, draws, seed, level
        As in `cluster_bootstrap`.

    Returns
    -------
    Clustered
        Differences of survival, -1 to 1; ``groups`` says which way.

    Raises
    ------
    AnalysisError
        As in `cluster_bootstrap`.

    Examples
    --------
    >>> found = cluster_difference([1, 2, 2, 3], [1, 1, 0, 0], [7, 7, 8, 9], list("aabb"),
    ...                            times=[1.5], draws=0)
    >>> found.groups, found.readings[0].value
    (('a', 'b'), -0.5)
    """
    whole, sizes = _read(duration, event, cluster, entry)
    names, place = labels(group, "group", n=sizes[0])
    asked = finite(times, "times")
    convention = _conventions("cluster_difference", draws=draws, seed=seed, level=level)
    if len(names) != TWO:
        reason = "not_two_groups" if sizes[0] else "no_spells"
        return Clustered((), tuple(names), *sizes, "undefined", (reason,), convention)
    parts = [_part(whole, place == k) for k in range(TWO)]
    figures = _resampled(parts, asked, sizes[1], draws=draws, seed=seed)
    ones = np.ones(sizes[1])
    value = parts[0].shares(ones, asked) - parts[1].shares(ones, asked)
    return _clustered(asked, value, figures, sizes, tuple(names), convention)


def _read(
    duration: ArrayLike, event: ArrayLike, cluster: ArrayLike, entry: ArrayLike | None
) -> tuple[_Part, tuple[int, int]]:
    rows = read_durations(duration, event, entry)
    names, place = labels(cluster, "cluster", n=len(rows.duration))
    return _Part(rows, build_timeline(rows), place), (len(rows.duration), len(names))


def _part(whole: _Part, mask: np.ndarray) -> _Part:
    rows = whole.rows.taken(mask)
    return _Part(rows, build_timeline(rows), whole.cluster[mask])


def _resampled(
    parts: list[_Part], times: FloatArray, n_clusters: int, *, draws: int, seed: int
) -> FloatArray:
    """Survival, or its difference, in each resample: shape (n_draws, n_times)."""
    check_draws(draws, argument="draws")
    found = [
        parts[0].shares(weights, times) - sum(part.shares(weights, times) for part in parts[1:])
        for block in resample_weights(n_clusters, resamples=draws, seed=seed)
        for weights in block
    ]
    return np.array(found).reshape(-1, len(times))


def _clustered(
    times: FloatArray,
    value: FloatArray,
    figures: FloatArray,
    sizes: tuple[int, int],
    groups: tuple[str, ...],
    conventions: Conventions,
) -> Clustered:
    if not sizes[0]:
        return Clustered((), groups, 0, 0, "undefined", ("no_spells",), conventions)
    level = conventions.level or LEVEL
    readings = tuple(
        _reading(float(times[k]), float(value[k]), figures[:, k], level) for k in range(len(times))
    )
    reasons = ("few_clusters",) if sizes[1] < FEW_CLUSTERS else ()
    status: Status = "limited" if reasons else "ok"
    return Clustered(readings, groups, *sizes, status, reasons, conventions)


def _reading(time: float, value: float, figures: FloatArray, level: float) -> ClusteredReading:
    if np.isnan(value):
        return ClusteredReading(time, None, None, None, ("beyond_follow_up",))
    interval, reasons = percentile_interval(figures, level=level)
    if interval is None:
        return ClusteredReading(time, value, None, None, reasons)
    return ClusteredReading(time, value, interval.low, interval.high, reasons)


def _conventions(method: str, *, draws: int, seed: int, level: float) -> Conventions:
    tail_of(level)
    return Conventions(
        method=method,
        level=level,
        intervals=(("survival", "cluster_percentile"),),
        ties="censored_after_events",
        missing="right_censored",
        seed=seed,
        draws=draws,
        thresholds=(("few_clusters", float(FEW_CLUSTERS)),),
    )
