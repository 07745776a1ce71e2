"""The few organisations and ties that a picture of the whole network can show."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.network import Ties, backbone
from alpclusters.platform.network.domain.measuring.layout import lay_out

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
