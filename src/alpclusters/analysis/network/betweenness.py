"""How many shortest paths lead through an organisation: exact, or from a sample with its error."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.distances import Components, components, distances_from
from alpclusters.analysis.network.searches import (
    Quotient,
    dependencies,
    error_of_paths,
    join_twins,
    n_paths_needed,
    sample_paths,
    search_from,
)
from alpclusters.analysis.network.ties import Stamp, Ties

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Method = Literal["exact", "pivots", "paths"]
Progress = Callable[[int, int], object]
EXACT_UP_TO: Final = 20_000
PIVOTS: Final = 1_000
MAX_CELLS: Final = 1_600_000
Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Betweenness:
    """Shortest paths through each organisation, and how sure that is.

    Attributes
    ----------
    values : ndarray of shape (n,), float64
        Raw: each pair of others counts once, split over its shortest paths.
    error : ndarray of shape (n,), float64, or None
        Standard error of each value; None if exact, or too few drawn to know it.
    method : {"exact", "pivots", "paths"}
        All sources; some of them; or single paths between drawn pairs.
    n_drawn : int
        Sources or paths that were used.
    is_complete : bool
        False if it was cancelled: then the estimate from what had been drawn.
    uniform : float or None
        With probability 1 - delta no normalised value is farther off than this; None if exact.
    delta : float
        Probability that ``uniform`` fails.
    seed : int
        Seed of the order of sources or of the paths.
    reasons : tuple of str
        ``no_ties``, ``cancelled``.
    stamp : Stamp
        What was counted.
    """

    values: FloatArray
    error: FloatArray | None
    method: Method
    n_drawn: int
    is_complete: bool
    uniform: float | None
    delta: float
    seed: int
    reasons: tuple[str, ...]
    stamp: Stamp

    @property
    def normalised(self) -> FloatArray | None:
        """Share of all pairs of others; None for fewer than three organisations."""
        n = len(self.values)
        return self.values * (2.0 / ((n - 1) * (n - 2))) if n > 2 else None  # noqa: PLR2004 - pairs of others

    @property
    def rank(self) -> IntArray:
        """1 + those whose 95 % interval lies wholly above; overlapping intervals are tied."""
        half = np.zeros(len(self.values)) if self.error is None else Z * self.error
        slack = 1e-9 * float(self.values.max(initial=0.0))
        low = np.sort(self.values - half)
        n_above = len(low) - np.searchsorted(low, self.values + half + slack, side="right")
        return n_above.astype(np.int64) + 1


def betweenness(
    ties: Ties,
    *,
    pivots: int | None = None,
    epsilon: float | None = None,
    delta: float = 0.1,
    seed: int = 0,
    batch: int = 32,
    progress: Progress | None = None,
) -> Betweenness:
    """Count the shortest paths that lead through each organisation.

    Parameters
    ----------
    ties : Ties
        Neither weights nor groups are used.
    pivots : int or None
        Sources to draw without replacement. None: all up to 20,000 organisations, else 1,000.
    epsilon : float or None
        Instead of pivots, draw as many single paths as keep every normalised value within this
        with probability 1 - delta; if that is no fewer than all sources, count exactly.
    delta : float
        Probability that the uniform bound fails.
    seed : int
        Seed of what is drawn.
    batch : int
        Sources at once; fewer in large networks, for memory.
    progress : callable, optional
        Called with done and all after each batch; if it returns False, the estimate so far is
        returned. The order of sources is drawn, so that this is a fair sample.

    Returns
    -------
    Betweenness
        Raw and normalised values, standard errors, a uniform bound.

    Raises
    ------
    AnalysisError
        If pivots, epsilon, delta or batch make no sense.

    Notes
    -----
    Exact: Brandes' sums over all sources, halved; organisations with the same partners are
    searched from once. Pivots: n / k times the sum over k sources,
    halved; unbiased. O(sources x ties x depth). Memory about six arrays of n x batch.

    References
    ----------
    .. [1] U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical
       Sociology 25 (2001), 163-177.
    .. [2] U. Brandes and C. Pich, Centrality estimation in large networks, International Journal
       of Bifurcation and Chaos 17 (2007), 2303-2318.
    .. [3] M. Riondato and E. M. Kornaropoulos, Fast approximation of betweenness centrality
       through sampling, Data Mining and Knowledge Discovery 30 (2016), 438-475.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> path = csr_array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    >>> betweenness(make_ties(path, [1, 2, 3], [0, 0, 0], ["AT"])).values
    array([0., 1., 0.])
    """
    _check(pivots, epsilon, delta, batch)
    run = _Run(ties, components(ties), delta, seed, min(batch, _fitting(ties.n)), progress)
    if not run.parts.sizes:
        return _without_ties(run)
    if epsilon is not None:
        needed = n_paths_needed(_vertex_diameter(run), epsilon=epsilon, delta=delta)
        return _from_paths(run, needed) if needed < ties.n else _from_sources(run, ties.n)
    wanted = pivots or (ties.n if ties.n <= EXACT_UP_TO else PIVOTS)
    return _from_sources(run, min(wanted, ties.n))


@dataclass(frozen=True, slots=True)
class _Run:
    """What stays the same while it runs."""

    ties: Ties
    parts: Components
    delta: float
    seed: int
    batch: int
    progress: Progress | None

    def goes_on(self, done: int, n_all: int) -> bool:
        """Tell how far it is; False if it shall stop before the end."""
        said = self.progress(done, n_all) if self.progress else None
        return said is not False or done == n_all

    def reachable(self, sources: IntArray) -> int:
        """Sum of the sizes of the components of some connected organisations."""
        return int(np.array(self.parts.sizes)[self.parts.label[sources]].sum())


def _from_sources(run: _Run, k: int) -> Betweenness:
    """Draw single organisations; or, if all are wanted, classes of twins, each with its weight."""
    n, joined = run.ties.n, join_twins(run.ties.matrix)
    is_all = k == n
    unit = np.arange(len(joined.weight)) if is_all else joined.label
    weight = joined.weight if is_all else np.ones(n, np.int64)
    order = np.random.default_rng(run.seed).permutation(len(unit))
    order = order if is_all else order[:k]
    sums, done, n_drawn = _Sums(joined), 0, 0
    for first in range(0, len(order), run.batch):
        drawn = order[first : first + run.batch]
        sums.add(unit[drawn], weight[drawn].astype(np.float64))
        done += len(drawn)
        n_drawn += int(weight[drawn].sum())
        if not run.goes_on(n_drawn, k):
            break
    values, error = sums.estimate(done, len(unit))
    values, error = values[joined.label], None if error is None else error[joined.label]
    if n_drawn == n:
        return _result(run, "exact", values, None, n, n, None)
    scale = len(unit) * int(weight.max()) / (n - 1)
    uniform = _uniform_of_sources(run, done, len(unit), scale)
    return _result(run, "pivots", values, error, n_drawn, k, uniform)


class _Sums:
    """Sums and sums of squares of dependencies over the sources drawn so far."""

    def __init__(self, joined: Quotient) -> None:
        self._joined = joined
        self._total, self._squares = np.zeros((2, len(joined.weight)))
        part = connected_components(joined.binary, directed=False)[1]
        self._n_reachable = np.bincount(part)[part]

    def add(self, sources: IntArray, weight: FloatArray) -> None:
        """Search from some classes; one that reaches no other depends on nobody."""
        has_ties, joined = self._n_reachable[sources] > 1, self._joined
        sources, weight = sources[has_ties], weight[has_ties]
        n_reachable = int(self._n_reachable[sources].sum())
        found = search_from(joined.binary, joined.scaled, sources, n_reachable)
        part = dependencies(joined.scaled, found)
        self._total += part @ weight
        self._squares += np.square(part) @ weight**2

    def estimate(self, k: int, n: int) -> tuple[FloatArray, FloatArray | None]:
        """Return values and standard errors from k of n units."""
        values = self._total * (n / k / 2.0)
        if k < 2:  # noqa: PLR2004 - one value has no spread
            return values, None
        variance = np.maximum(self._squares - self._total**2 / k, 0.0) / (k - 1)
        return values, n / 2.0 * np.sqrt((1.0 - k / n) * variance / k)


def _from_paths(run: _Run, r: int) -> Betweenness:
    n, label, n_parts = run.ties.n, run.parts.label, len(run.parts.sizes)
    rng = np.random.default_rng(run.seed)
    source = rng.integers(0, n, r)
    target = (source + rng.integers(1, n, r)) % n
    hits, done, binary = np.zeros(n, np.int64), 0, run.ties.binary
    for first in range(0, r, run.batch):
        s, t = source[first : first + run.batch], target[first : first + run.batch]
        joined = (label[s] == label[t]) & (label[s] < n_parts)
        sources, targets = s[joined], t[joined]
        found = search_from(binary, binary, sources, run.reachable(sources), targets=targets)
        hits += sample_paths(binary, found, targets, rng)
        done += len(s)
        if not run.goes_on(done, r):
            break
    share, pairs = hits / done, n * (n - 1) / 2.0
    error = pairs * np.sqrt(share * (1.0 - share) / done)
    uniform = error_of_paths(_vertex_diameter(run), n_paths=done, delta=run.delta) * n / (n - 2)
    return _result(run, "paths", share * pairs, error, done, r, min(uniform, 1.0))


def _result(
    run: _Run,
    method: Method,
    values: FloatArray,
    error: FloatArray | None,
    done: int,
    wanted: int,
    uniform: float | None,
) -> Betweenness:
    for part in (values, error):
        if part is not None:
            part.setflags(write=False)
    return Betweenness(
        values=values,
        error=error,
        method=method,
        n_drawn=done,
        is_complete=done == wanted,
        uniform=uniform,
        delta=run.delta,
        seed=run.seed,
        reasons=() if done == wanted else ("cancelled",),
        stamp=run.ties.stamp,
    )


def _without_ties(run: _Run) -> Betweenness:
    n = run.ties.n
    return replace(_result(run, "exact", np.zeros(n), None, n, n, None), reasons=("no_ties",))


def _uniform_of_sources(run: _Run, k: int, n_units: int, scale: float) -> float | None:
    """Hoeffding's bound for draws without replacement (Serfling 1974), over all values at once."""
    if run.ties.n < 3:  # noqa: PLR2004 - nobody lies between two
        return None
    spread = (1.0 - (k - 1) / n_units) * log(2.0 * run.ties.n / run.delta) / (2.0 * k)
    return min(1.0, scale * sqrt(spread))


def _vertex_diameter(run: _Run) -> int:
    """Most organisations that a shortest path can have, from one search in each component."""
    connected = np.flatnonzero(run.ties.degree > 0)
    label = run.parts.label[connected]
    sources = np.unique(label, return_index=True)[1]
    inner = run.ties.matrix[connected][:, connected]
    far = distances_from(inner, sources).farthest
    return int(np.minimum(2 * far + 1, np.array(run.parts.sizes)).max())


def _fitting(n: int) -> int:
    return max(8, MAX_CELLS // max(n, 1))


def _check(pivots: int | None, epsilon: float | None, delta: float, batch: int) -> None:
    if pivots is not None and epsilon is not None:
        raise AnalysisError(
            "argument.not_one_of", where=Where(argument="epsilon"), expected="pivots, epsilon"
        )
    checks = {
        "pivots": (pivots is None or pivots >= 1, ">= 1"),
        "epsilon": (epsilon is None or 0.0 < epsilon < 1.0, "0 < epsilon < 1"),
        "delta": (0.0 < delta < 1.0, "0 < delta < 1"),
        "batch": (batch >= 1, ">= 1"),
    }
    for name, (is_right, expected) in checks.items():
        if not is_right:
            where = Where(argument=name)
            raise AnalysisError("argument.out_of_range", where=where, expected=expected)
