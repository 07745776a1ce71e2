"""The few organisations and ties that a picture of the whole network can show."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.network import Ties, backbone

# --- Where the organisations of a small picture stand; the same ties always give the same picture


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


# --- The few organisations and ties that a picture of the whole network can show ------------------


MOST_NODES: Final = 40
_DIGITS: Final = 4


def draw_backbone(ties: Ties) -> dict[str, Any]:
    """Choose the ties that stand out, then the organisations with the most of them.

    Parameters
    ----------
    ties : Ties
        With weights.

    Returns
    -------
    dict
        ``nodes`` (numbers), ``x``, ``y``, ``edges`` (place, place, weight), ``alpha`` (None where
        nothing stands out and the strongest ties are shown), and the shares that are kept.
    """
    found = backbone(ties)
    has_backbone = bool(found.ties.matrix.nnz)
    shown = found.ties if has_backbone else ties
    kept = _strongest(shown)
    part = csr_array(shown.matrix[kept][:, kept])
    connected = np.flatnonzero(np.diff(part.indptr) > 0)
    kept, part = kept[connected], csr_array(part[connected][:, connected])
    at = lay_out(part.toarray(), ties.group[kept])
    return {
        "nodes": ties.nodes[kept].tolist(),
        "x": np.round(at[:, 0], _DIGITS).tolist(),
        "y": np.round(at[:, 1], _DIGITS).tolist(),
        "edges": _edges(part),
        "alpha": found.alpha if has_backbone else None,
        "tie_share": found.tie_share if has_backbone else None,
        "weight_share": found.weight_share if has_backbone else None,
        "node_share": found.node_share if has_backbone else None,
        "n_backbone_ties": found.ties.stamp.n_ties,
        "n_backbone_nodes": found.ties.stamp.n_connected,
    }


def _strongest(ties: Ties) -> NDArray[np.int64]:
    """Return the places of the organisations with most weight, in their order."""
    strength = np.asarray(ties.matrix.sum(axis=1), dtype=np.float64)
    order = np.lexsort((ties.nodes, -strength))[:MOST_NODES]
    return np.sort(order[strength[order] > 0])


def _edges(part: csr_array) -> list[list[float]]:
    rows = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
    upper = rows < part.indices
    ends = rows[upper].tolist(), part.indices[upper].tolist()
    weights = np.round(part.data[upper], _DIGITS).tolist()
    return [list(edge) for edge in zip(*ends, weights, strict=True)]
