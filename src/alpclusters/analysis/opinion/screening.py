"""Shares of a group against a half and against the others: screening figures, no tests."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.opinion.arrays import FloatArray, IntArray

Z_90: Final = 1.2816  # one-sided 90 %, as the Polis server rounds it


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """Figures for one side (agree or disagree); arrays of shape (k, n_statements).

    Attributes
    ----------
    n_success, n : array of int
        People of the group on this side; people of the group who voted.
    p : array of float
        Smoothed share of the group on this side.
    z_prop : array of float
        How far the share lies above a half.
    ratio : array of float
        ``p`` over the same share of all other placed people.
    z_ratio : array of float
        How far the share lies above that of the others.
    metric : array of float
        ratio * z_ratio * p * z_prop: the order among significant statements.
    """

    n_success: IntArray
    n: IntArray
    p: FloatArray
    z_prop: FloatArray
    ratio: FloatArray
    z_ratio: FloatArray
    metric: FloatArray


def screen(success: IntArray, seen: IntArray) -> Screening:
    """Compare each group with a half and with all other groups.

    Parameters
    ----------
    success, seen : array of int, shape (k, n_statements)

    Returns
    -------
    Screening

    Notes
    -----
    Two negative z give a positive metric; such a statement is never significant.
    """
    others, others_seen = success.sum(axis=0) - success, seen.sum(axis=0) - seen
    p = smoothed_share(success, seen)
    z_prop = z_of_share(success, seen)
    ratio = p / smoothed_share(others, others_seen)
    z_ratio = _z_of_ratio(success, seen, others, others_seen)
    return Screening(success, seen, p, z_prop, ratio, z_ratio, ratio * z_ratio * p * z_prop)


def smoothed_share(success: IntArray, seen: IntArray) -> FloatArray:
    """Return (s + 1) / (n + 2)."""
    return np.asarray((success + 1) / (seen + 2))


def z_of_share(success: IntArray, seen: IntArray) -> FloatArray:
    """Return 2 √(n + 1) ((s + 1) / (n + 1) - ½)."""
    return np.asarray(2 * np.sqrt(seen + 1) * ((success + 1) / (seen + 1) - 0.5))


def _z_of_ratio(s: IntArray, n: IntArray, s_others: IntArray, n_others: IntArray) -> FloatArray:
    own, other = (s + 1) / (n + 1), (s_others + 1) / (n_others + 1)
    pooled = (s + s_others + 2) / (n + n_others + 2)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / (n + 1) + 1 / (n_others + 1)))
    return np.where(spread > 0, (own - other) / np.where(spread > 0, spread, 1.0), 0.0)
