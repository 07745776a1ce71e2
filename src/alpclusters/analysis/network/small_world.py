"""Short ways and dense circles, in one mode and against what joint projects make by themselves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.distances import components, distances_from
from alpclusters.analysis.network.projects import Incidence, project_ties
from alpclusters.analysis.network.ties import Matrix, Stamp, Ties
from alpclusters.analysis.network.triangles import clustering, mean_local_clustering

# --- Short ways and dense circles: how a network lies between a lattice and chance ----------------


IntArray = NDArray[np.int64]
EXACT_UP_TO: Final = 20_000
PIVOTS: Final = 1_000
EULER: Final = 0.5772156649015329


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallWorld:
    """Clustering and distance of the giant component beside their reference values.

    Attributes
    ----------
    n, n_ties : int
        Organisations and ties of the giant component.
    mean_degree : float or None
        Mean number of partners in it.
    clustering : float or None
        Mean local clustering; fewer than two partners count 0.
    distance : float or None
        Mean number of steps between two organisations.
    distance_error : float or None
        Standard error of the distance if it comes from a sample of sources; None if exact.
    farthest : int or None
        Greatest number of steps seen; the diameter if exact.
    n_sources : int
        Sources of the distances.
    random_clustering, random_distance, lattice_clustering : float or None
        What chance and a ring lattice of as many organisations and ties would show.
    sigma : float or None
        Clustering and distance beside chance; it grows with n, so never compare it over windows.
    omega : float or None
        About 0: small world; -1: lattice; 1: chance. None up to a mean degree of 2.
    transitivity : float or None
        Of the whole network, not of the giant alone; never part of sigma and omega.
    seed : int
        Seed of the sample of sources.
    reasons : tuple of str
        ``no_ties``, ``giant_only`` if there are ties outside of it, ``few_ties`` if omega or
        sigma is undefined.
    stamp : Stamp
        What was counted.
    """

    n: int
    n_ties: int
    mean_degree: float | None = None
    clustering: float | None = None
    distance: float | None = None
    distance_error: float | None = None
    farthest: int | None = None
    n_sources: int = 0
    random_clustering: float | None = None
    random_distance: float | None = None
    lattice_clustering: float | None = None
    sigma: float | None = None
    omega: float | None = None
    transitivity: float | None = None
    seed: int = 0
    reasons: tuple[str, ...] = ()
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Distance:
    """A mean distance and how it was found.

    Attributes
    ----------
    mean : float
        Steps between two organisations.
    error : float or None
        Standard error; None if every organisation was a source.
    farthest : int
        Greatest number of steps seen.
    n_sources : int
        Organisations searched from.
    """

    mean: float
    error: float | None
    farthest: int
    n_sources: int


def small_world(ties: Ties, *, pivots: int | None = None, seed: int = 0) -> SmallWorld:
    """Compare clustering and distances of the giant component with chance and with a lattice.

    Parameters
    ----------
    ties : Ties
        Neither weights nor groups are used.
    pivots : int or None
        Sources of the distances, drawn without replacement, at least 2. None: all up to 20,000
        organisations, else 1,000.
    seed : int
        Seed of that sample.

    Returns
    -------
    SmallWorld
        The references are formulas, so the result is the same every time. Projects make cliques,
        so clustering is high by construction: `two_mode_null` says how high.

    Raises
    ------
    AnalysisError
        If pivots is below 2.

    Notes
    -----
    With k the mean degree: C_r = k / (n - 1), L_r = (ln n - 0.5772157) / ln k + 1/2,
    C_l = 3 (k - 2) / (4 (k - 1)); sigma = (C / C_r) / (L / L_r), omega = L_r / L - C / C_l.

    References
    ----------
    .. [1] A. Fronczak, P. Fronczak and J. A. Holyst, Average path length in random networks,
       Physical Review E 70 (2004), 056110.
    .. [2] M. D. Humphries and K. Gurney, Network small-world-ness, PLoS ONE 3 (2008), e0002051.
    .. [3] Q. K. Telesford and others, The ubiquity of small-world networks, Brain Connectivity 1
       (2011), 367-375.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> ring = csr_array([[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    >>> found = small_world(make_ties(ring, [1, 2, 3], [0, 0, 0], ["AT"]))
    >>> found.clustering, found.distance, found.omega
    (1.0, 1.0, None)
    """
    if pivots is not None and pivots < 2:  # noqa: PLR2004 - one source has no standard error
        where = Where(argument="pivots")
        raise AnalysisError("argument.out_of_range", where=where, expected=">= 2")
    parts = components(ties)
    if not parts.sizes:
        return SmallWorld(n=0, n_ties=0, seed=seed, reasons=("no_ties",), stamp=ties.stamp)
    giant = ties.matrix[parts.giant][:, parts.giant]
    distance = mean_distance(giant, pivots=pivots, seed=seed)
    n, n_ties = len(parts.giant), giant.nnz // 2
    figures = _beside_references(n, n_ties, mean_local_clustering(giant), distance.mean)
    reasons: tuple[str, ...] = ("giant_only",) if len(parts.sizes) > 1 else ()
    if figures["omega"] is None or figures["sigma"] is None:
        reasons += ("few_ties",)
    return SmallWorld(
        n=n,
        n_ties=n_ties,
        **figures,
        distance_error=distance.error,
        farthest=distance.farthest,
        n_sources=distance.n_sources,
        transitivity=clustering(ties).transitivity,
        seed=seed,
        reasons=reasons,
        stamp=ties.stamp,
    )


def mean_distance(connected: Matrix, *, pivots: int | None = None, seed: int = 0) -> Distance:
    """Return the mean number of steps in a connected network of at least two.

    The standard error takes the sources as drawn without replacement.
    """
    n = connected.shape[0]
    k = min(n, pivots or (n if n <= EXACT_UP_TO else PIVOTS))
    sources = np.arange(n) if k == n else np.random.default_rng(seed).permutation(n)[:k]
    found = distances_from(connected, sources)
    means = found.total / (n - 1)
    error = None if k == n else float(np.sqrt((1 - k / n) * means.var(ddof=1) / k))
    return Distance(float(means.mean()), error, int(found.farthest.max()), k)


def _beside_references(
    n: int, n_ties: int, found_clustering: float, distance: float
) -> dict[str, float | None]:
    k = 2.0 * n_ties / n
    by_chance = k / (n - 1)
    far_by_chance = (log(n) - EULER) / log(k) + 0.5 if k > 1.0 else None
    in_lattice = 3.0 * (k - 2.0) / (4.0 * (k - 1.0)) if k > 2.0 else None  # noqa: PLR2004 - a ring
    sigma = omega = None
    if far_by_chance is not None:
        sigma = (found_clustering / by_chance) / (distance / far_by_chance)
        if in_lattice is not None:
            omega = far_by_chance / distance - found_clustering / in_lattice
    return {
        "mean_degree": k,
        "clustering": found_clustering,
        "distance": distance,
        "random_clustering": by_chance,
        "random_distance": far_by_chance,
        "lattice_clustering": in_lattice,
        "sigma": sigma,
        "omega": omega,
    }


# --- What clustering and distance would be if the same people joined the same projects by chance


FloatArray = NDArray[np.float64]
Progress = Callable[[int, int], object]
DRAWS: Final = 20
ROUNDS: Final = 30


@dataclass(frozen=True, slots=True)
class NullFigure:
    """One figure of the network and of its shuffled versions.

    Attributes
    ----------
    name : {"transitivity", "clustering", "distance"}
        Of the whole network; the other two of the giant component.
    observed : float or None
        In the network.
    mean, sd : float or None
        Over the draws in which the figure is defined; sd None for fewer than two.
    n : int
        Number of these draws.
    """

    name: str
    observed: float | None
    mean: float | None
    sd: float | None
    n: int

    @property
    def ratio(self) -> float | None:
        """Observed over the mean of the draws; None where one is undefined or 0."""
        return self.observed / self.mean if self.observed is not None and self.mean else None


@dataclass(frozen=True, slots=True)
class TwoModeNull:
    """The network beside networks of shuffled participations.

    Attributes
    ----------
    figures : tuple of NullFigure
        Transitivity, clustering, distance.
    n_draws, n_rounds : int
        Draws, and rounds of trades that parted each from the one before.
    seed : int
        Seed of the trades.
    reasons : tuple of str
        ``no_ties``; ``cancelled`` if fewer draws were made than asked for.
    stamp : Stamp
        What was counted.
    """

    figures: tuple[NullFigure, ...]
    n_draws: int
    n_rounds: int
    seed: int
    reasons: tuple[str, ...]
    stamp: Stamp


def two_mode_null(
    found: Incidence,
    *,
    draws: int = DRAWS,
    rounds: int = ROUNDS,
    seed: int = 0,
    progress: Progress | None = None,
) -> TwoModeNull:
    """Compare clustering and distance with projects whose participants were shuffled.

    Every organisation keeps its number of projects, every project its number of participants.

    Parameters
    ----------
    found : Incidence
        Participations of the counted projects only.
    draws : int
        Shuffled networks.
    rounds : int
        Rounds of trades before each draw.
    seed : int
        Seed of the trades.
    progress : callable, optional
        Called with done and all after each draw; if it returns False, it ends there.

    Returns
    -------
    TwoModeNull
        Observed figures beside mean and standard deviation of the draws.

    Raises
    ------
    AnalysisError
        If draws or rounds is below 1.

    References
    ----------
    .. [1] G. Strona and others, A fast and unbiased procedure to randomize ecological binary
       matrices with fixed row and column totals, Nature Communications 5 (2014), 4114.
    .. [2] C. J. Carstens, M. Hamann, U. Meyer, M. Penschuck, H. Tran and D. Wagner, Parallel and
       I/O-efficient randomisation of massive networks using global curveball trades, ESA (2018).

    Examples
    --------
    >>> from alpclusters.analysis.network import incidence
    >>> one = incidence([1, 2, 3], [7, 7, 7])
    >>> [(f.name, f.observed, f.mean) for f in two_mode_null(one, draws=2).figures]
    [('transitivity', 1.0, 1.0), ('clustering', 1.0, 1.0), ('distance', 1.0, 1.0)]
    """
    for name, value in (("draws", draws), ("rounds", rounds)):
        if value < 1:
            where = Where(argument=name)
            raise AnalysisError("argument.out_of_range", where=where, expected=">= 1")
    ties = _tied(found)
    rng = np.random.default_rng(seed)
    shuffled, values = found, [_figures(ties)]
    for done in range(1, draws + 1):
        shuffled = shuffled_incidence(shuffled, rng, rounds=rounds)
        values.append(_figures(_tied(shuffled)))
        if progress and progress(done, draws) is False:
            break
    n_draws = len(values) - 1
    reasons: tuple[str, ...] = () if ties.matrix.nnz else ("no_ties",)
    reasons += () if n_draws == draws else ("cancelled",)
    names = "transitivity", "clustering", "distance"
    figures = tuple(map(_summary, names, zip(*values, strict=True)))
    return TwoModeNull(figures, n_draws, rounds, seed, reasons, ties.stamp)


def shuffled_incidence(found: Incidence, rng: np.random.Generator, *, rounds: int) -> Incidence:
    """Let projects trade participants that only one of two has, in pairs drawn anew each round.

    The chain reaches every table with the same margins with the same probability. Organisations
    could trade projects as well, but most have a single one: that takes ten times as many rounds.
    """
    project, organisation = found.project, found.organisation
    for _ in range(rounds):
        project, organisation = _traded(project, organisation, len(found.projects), rng)
    for part in (organisation, project):
        part.setflags(write=False)
    return replace(found, organisation=organisation, project=project)


def _traded(
    trader: IntArray, good: IntArray, n: int, rng: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Trade once: every two traders put what only one has on a heap and share it out anew."""
    place = np.empty(n, np.int64)
    place[rng.permutation(n)] = np.arange(n)
    pair = place[trader] // 2
    order = np.lexsort((good, pair))
    trader, good, pair = trader[order], good[order], pair[order]
    is_again = (pair[1:] == pair[:-1]) & (good[1:] == good[:-1])
    is_shared = np.zeros(len(pair), bool)
    is_shared[1:] |= is_again
    is_shared[:-1] |= is_again
    free = np.flatnonzero(~is_shared)
    heap = free[np.lexsort((rng.random(len(free)), pair[free]))]
    traded = good.copy()
    traded[free] = good[heap]
    return trader, traded


def _tied(found: Incidence) -> Ties:
    nobody = np.zeros(len(found.organisations), np.int64)
    return project_ties(found, found.size, nobody, ("all",), max_size=None)


def _figures(ties: Ties) -> tuple[float | None, float | None, float | None]:
    closed = clustering(ties)
    giant = components(ties).giant
    if not len(giant):
        return closed.transitivity, None, None
    distance = mean_distance(ties.matrix[giant][:, giant])
    return closed.transitivity, float(closed.local[giant].mean()), distance.mean


def _summary(name: str, values: tuple[float | None, ...]) -> NullFigure:
    drawn = [value for value in values[1:] if value is not None]
    mean = float(np.mean(drawn)) if drawn else None
    sd = float(np.std(drawn, ddof=1)) if len(drawn) > 1 else None
    return NullFigure(name, values[0], mean, sd, len(drawn))
