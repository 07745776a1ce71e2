"""Where the organisations of a small picture stand; the same ties always give the same picture."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
ROUNDS: Final = 300
_APART: Final = 0.05


def lay_out(weight: FloatArray, group: NDArray[np.int64]) -> FloatArray:
    """Place nodes by attraction along ties and repulsion between all (Fruchterman and Reingold).

    Parameters
    ----------
    weight : ndarray of shape (n, n)
        Symmetric, zero where there is no tie.
    group : ndarray of shape (n,)
        Nodes of a group start beside one another, so no chance is needed.

    Returns
    -------
    ndarray of shape (n, 2)
        Between 0 and 1 in both directions.
    """
    n = len(weight)
    if n < 2:  # noqa: PLR2004 - one node stands in the middle
        return np.full((n, 2), 0.5)
    at = _circle(group)
    pull = np.sqrt(weight / max(float(weight.max()), 1e-12))
    ideal = 1 / np.sqrt(n)
    for turn in range(ROUNDS):
        at += _step(at, pull, ideal, 0.1 * (1 - turn / ROUNDS))
    return _spread(at)


def _circle(group: NDArray[np.int64]) -> FloatArray:
    order = np.lexsort((np.arange(len(group)), group))
    angle = np.empty(len(group))
    angle[order] = 2 * np.pi * np.arange(len(group)) / len(group)
    return np.stack([0.5 + 0.4 * np.cos(angle), 0.5 + 0.4 * np.sin(angle)], axis=1)


def _step(at: FloatArray, pull: FloatArray, ideal: float, most: float) -> FloatArray:
    apart = at[:, None, :] - at[None, :, :]
    far = np.maximum(np.sqrt((apart**2).sum(-1)), 1e-6)
    strength = ideal**2 / far**2 - pull * far / ideal
    force = (apart * strength[..., None]).sum(1) - (at - 0.5) * ideal
    length = np.maximum(np.sqrt((force**2).sum(-1, keepdims=True)), 1e-9)
    moved: FloatArray = force / length * np.minimum(length, most)
    return moved


def _spread(at: FloatArray) -> FloatArray:
    low, high = at.min(0), at.max(0)
    found: FloatArray = (at - low) / np.maximum(high - low, _APART)
    return found
