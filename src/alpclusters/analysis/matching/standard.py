"""The methods that are evaluated: from ties of the train years to scores."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.matching.proximity import (
    AFFINITY_FLOOR,
    SCORE_FLOOR,
    group_affinities,
    proximity,
)
from alpclusters.analysis.matching.score_parts import FloatArray, IntArray, frozen, out_of_range
from alpclusters.analysis.network import Ties

NAMES: Final = (
    "adamic_adar",
    "katz_.5_fractional",
    "ppr_binary",
    "ppr_full",
    "katz_.3_binary",
    "rank_fusion",
    "log_blend",
    "blend",
)
_FRACTIONAL: Final = frozenset({"katz_.5_fractional", "log_blend"})
_FUSION: Final = 10


@dataclass(frozen=True, slots=True)
class StandardMethod:
    """One method with the ties it reads; call it with places of the train ties.

    Attributes
    ----------
    name : str
        One of `NAMES`.
    train, wide : Ties
    fractional : Ties or None
    columns : ndarray of shape (n,), int64
        Places of the organisations of ``train`` in ``wide``.
    """

    name: str
    train: Ties
    fractional: Ties | None
    wide: Ties
    columns: IntArray

    def __call__(self, rows: IntArray) -> FloatArray:
        """Return the scores of all organisations of ``train`` for some of them."""
        return _SCORERS[self.name](self, rows)


def standard_methods(
    train: Ties,
    *,
    fractional: Ties | None = None,
    wide: Ties | None = None,
    names: Collection[str] | None = None,
) -> Mapping[str, StandardMethod]:
    """Make scorers for `evaluate` from ties of the train years.

    Parameters
    ----------
    train : Ties
        ``full`` weights; the organisations that are ranked.
    fractional : Ties, optional
        The same organisations with ``fractional`` weights, for the methods that want them.
    wide : Ties, optional
        Of the same years, with ``full`` weights, among more organisations, such as those outside
        of the territory: `blend` walks through them. Default ``train``.
    names : collection of str, optional
        Which of `NAMES`; default all that the ties allow.

    Returns
    -------
    mapping of str to StandardMethod
        Each takes places in ``train`` and returns scores of all its organisations.

    Raises
    ------
    AnalysisError
        Unknown name, a method whose ties are missing, ``wide`` without an organisation of
        ``train``.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from alpclusters.analysis.network import make_ties
    >>> ties = make_ties(csr_array(np.array([[0, 1], [1, 0]])), [7, 8], [0, 0], ["AT"])
    >>> sorted(standard_methods(ties, names=["ppr_full", "blend"]))
    ['blend', 'ppr_full']
    """
    possible = _possible(train, fractional, wide or train)
    wanted = [name for name in NAMES if name in possible] if names is None else list(names)
    if set(wanted) - set(possible):
        where = Where(argument="names")
        raise AnalysisError("argument.not_one_of", where=where, expected=", ".join(possible))
    return MappingProxyType({name: possible[name] for name in wanted})


def _possible(train: Ties, fractional: Ties | None, wide: Ties) -> dict[str, StandardMethod]:
    columns = frozen(_places_in(wide, train))
    names = [name for name in NAMES if fractional is not None or name not in _FRACTIONAL]
    return {name: StandardMethod(name, train, fractional, wide, columns) for name in names}


def _katz_binary(method: StandardMethod, rows: IntArray) -> FloatArray:
    return proximity(_binary(method.train), rows, method="katz")


def _fusion(method: StandardMethod, rows: IntArray) -> FloatArray:
    walks = proximity(method.train, rows, method="ppr")
    return _fused(method.train, rows, _katz_binary(method, rows), walks)


def _log_blend(method: StandardMethod, rows: IntArray) -> FloatArray:
    drawn = group_affinities(method.fractional or method.train, rows)
    walks = proximity(method.train, rows, method="ppr")
    paths = _katz_binary(method, rows)
    return _logs(paths) + _logs(walks) + 0.5 * np.log(drawn + AFFINITY_FLOOR)


def _blend(method: StandardMethod, rows: IntArray) -> FloatArray:
    columns = method.columns
    return proximity(method.wide, columns[rows], method="blend", columns=columns)


_SCORERS: Final[Mapping[str, Callable[[StandardMethod, IntArray], FloatArray]]] = {
    "adamic_adar": lambda method, rows: proximity(method.train, rows, method="adamic_adar"),
    "katz_.5_fractional": lambda method, rows: proximity(
        method.fractional or method.train, rows, method="katz", beta=0.5
    ),
    "ppr_binary": lambda method, rows: proximity(_binary(method.train), rows, method="ppr"),
    "ppr_full": lambda method, rows: proximity(method.train, rows, method="ppr"),
    "katz_.3_binary": _katz_binary,
    "rank_fusion": _fusion,
    "log_blend": _log_blend,
    "blend": _blend,
}


def _binary(ties: Ties) -> Ties:
    return replace(ties, matrix=ties.binary)


def _logs(scores: FloatArray) -> FloatArray:
    return np.asarray(np.log(scores + SCORE_FLOOR))


def _places_in(wide: Ties, train: Ties) -> IntArray:
    order = np.argsort(wide.nodes, kind="stable")
    place = np.searchsorted(wide.nodes, train.nodes, sorter=order)
    found = order[np.minimum(place, max(wide.n - 1, 0))] if wide.n else place
    if train.n and (not wide.n or (wide.nodes[found] != train.nodes).any()):
        raise out_of_range("wide", "all organisations of train")
    return np.asarray(found, dtype=np.int64)


def _fused(train: Ties, rows: IntArray, *scores: FloatArray) -> FloatArray:
    """Sum 1 / (10 + rank) over the scores, ranks from 0 among the candidates of each query."""
    total = np.zeros(scores[0].shape)
    for one in scores:
        left = np.where(train.degree > 0, one, -np.inf)
        for i, row in enumerate(rows.tolist()):
            left[i, row] = -np.inf
            ends = train.matrix.indptr[row], train.matrix.indptr[row + 1]
            left[i, train.matrix.indices[ends[0] : ends[1]]] = -np.inf
        order = np.argsort(-left, axis=1, kind="stable")
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.arange(order.shape[1])[None, :], axis=1)
        total += 1 / (_FUSION + rank)
    return total
