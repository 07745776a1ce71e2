"""What clustering and distance would be if the same people joined the same projects by chance."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.clustering import clustering
from alpclusters.analysis.network.components import components
from alpclusters.analysis.network.incidences import Incidence
from alpclusters.analysis.network.projects import project_ties
from alpclusters.analysis.network.small_world import mean_distance
from alpclusters.analysis.network.stamp import Stamp
from alpclusters.analysis.network.ties import Ties

IntArray = NDArray[np.int64]
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
