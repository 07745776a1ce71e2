"""Where each organisation stands: figures per organisation, and between which ranks it lies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network import Cores, Ties, Vector, betweenness, constraint, cores

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
# Two standard errors to each side cover 95 %.
_SPREAD: Final = 1.959964


class MeasuringCancelledError(Exception):
    """Somebody wants the work to end; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Figures that need no grouping; NaN where one is undefined.

    Attributes
    ----------
    degree : ndarray of shape (n,), int64
    betweenness, betweenness_se : ndarray of shape (n,), float64
        Raw pairs; the standard error is 0 where all organisations were searched from.
    constraint : ndarray of shape (n,), float64
    core : ndarray of shape (n,), int64
    ranks : dict of str to ndarray of shape (2, n), int64
        Best and worst rank that the figure allows, 1 is first.
    n_drawn : int
        Organisations the searches started from.
    cores : Cores
    """

    degree: IntArray
    betweenness: FloatArray
    betweenness_se: FloatArray
    constraint: FloatArray
    core: IntArray
    ranks: dict[str, IntArray]
    n_drawn: int
    cores: Cores


def measure_positions(
    ties: Ties, *, largest_project: int | None, progress: Callable[[int, int], Any] | None = None
) -> Positions:
    """Measure every organisation of a network (binary ties).

    Raises
    ------
    MeasuringCancelledError
        If ``progress`` said so.
    """
    between = betweenness(ties, progress=progress)
    if not between.is_complete:
        raise MeasuringCancelledError
    values = between.values
    se = np.zeros(len(values)) if between.error is None else between.error
    held = _filled(constraint(ties))
    shells = cores(ties, largest_project=largest_project)
    ranks = {
        "degree": rank_interval(ties.degree.astype(np.float64)),
        "betweenness": rank_interval(values, _SPREAD * se),
        # Little constraint is much room.
        "constraint": rank_interval(-np.where(np.isnan(held), np.inf, held)),
    }
    return Positions(ties.degree, values, se, held, shells.number, ranks, between.n_drawn, shells)


def rank_interval(values: FloatArray, margin: FloatArray | None = None) -> IntArray:
    """Return the best and the worst rank of each value; equal or overlapping ones share ranks.

    Parameters
    ----------
    values : ndarray of shape (n,)
        More is better.
    margin : ndarray of shape (n,), optional
        Half the width of the interval of each value.

    Returns
    -------
    ndarray of shape (2, n), int64
    """
    wide = np.zeros(len(values)) if margin is None else margin
    low, high = values - wide, values + wide
    n = len(values)
    surely_above = n - np.searchsorted(np.sort(low), high, side="right")
    maybe_above = n - np.searchsorted(np.sort(high), low, side="left")
    return np.stack([1 + surely_above, maybe_above]).astype(np.int64)


def _filled(vector: Vector) -> FloatArray:
    found = np.full(vector.n, np.nan)
    found[vector.places] = vector.values
    return found
