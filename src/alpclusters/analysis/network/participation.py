"""How evenly an organisation's ties are spread over the groups; one figure for each."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.ties import UNKNOWN, Stamp, Ties

# --- One figure per organisation, with those for whom it is undefined left open -------------------


IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vector:
    """One figure for each organisation where it is defined.

    Attributes
    ----------
    measure : str
        Name of the measure, such as ``"constraint"``.
    form : {"binary", "weighted"}
        Whether weights were used.
    places : ndarray of shape (k,), int64
        Places of the organisations with a figure, ascending.
    values : ndarray of shape (k,), float64
        Their figures.
    n : int
        Number of organisations.
    undefined : str
        Why the others have none, as a stable code.
    stamp : Stamp
        What was counted.
    """

    measure: str
    form: str
    places: IntArray
    values: FloatArray
    n: int
    undefined: str
    stamp: Stamp

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why nobody has a figure; empty if somebody has."""
        return () if len(self.places) else (self.undefined,)

    def at(self, place: int) -> float | None:
        """Return the figure of one organisation, None where it is undefined."""
        found = int(np.searchsorted(self.places, place))
        is_there = found < len(self.places) and self.places[found] == place
        return float(self.values[found]) if is_there else None

    def as_list(self) -> list[float | None]:
        """Return a figure or None for every organisation in order."""
        result: list[float | None] = [None] * self.n
        for place, value in zip(self.places.tolist(), self.values.tolist(), strict=True):
            result[place] = value
        return result


def vector_where(
    defined: NDArray[np.bool_],
    values: FloatArray,
    *,
    measure: str,
    form: str,
    undefined: str,
    stamp: Stamp,
) -> Vector:
    """Keep the figures where they are defined."""
    places, kept = np.flatnonzero(defined), values[defined]
    for part in (places, kept):
        part.setflags(write=False)
    return Vector(measure, form, places, kept, len(values), undefined, stamp)


# --- How evenly an organisation's ties are spread over the groups ---------------------------------


FEW_PARTNERS: Final = 5


@dataclass(frozen=True, slots=True)
class GroupParticipation:
    """The mean of one group.

    Attributes
    ----------
    name : str
        Name of the group.
    mean : float or None
        Mean weighted by the weight of each organisation's ties; None without ties.
    n : int
        Organisations of the group with a tie.
    """

    name: str
    mean: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Participation:
    """Participation coefficients of organisations and groups.

    Attributes
    ----------
    vector : Vector
        One coefficient per organisation with a tie between known groups.
    is_noise : ndarray of shape (n,), bool
        Fewer than five partners: too few to read anything into the coefficient.
    by_group : tuple of GroupParticipation
        In the order of the groups.
    maximum : float or None
        1 - 1/G, reached by ties spread evenly over all G groups; None without groups.
    reasons : tuple of str
        ``isolate`` if nobody has a coefficient.
    stamp : Stamp
        What was counted.
    """

    vector: Vector
    is_noise: NDArray[np.bool_]
    by_group: tuple[GroupParticipation, ...]
    maximum: float | None
    reasons: tuple[str, ...]
    stamp: Stamp


def participation(ties: Ties) -> Participation:
    """Measure how evenly each organisation's ties are spread over the groups.

    Parameters
    ----------
    ties : Ties
        With weights. Ties to unknown groups are left out.

    Returns
    -------
    Participation
        0: all ties lead into one group, its own or another.

    Notes
    -----
    P_i = 1 - sum_g (k_ig / k_i)^2, k_ig weight of the ties into group g, own group included.

    References
    ----------
    .. [1] R. Guimera and L. A. N. Amaral, Functional cartography of complex metabolic networks,
       Nature 433 (2005), 895-900.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> path = csr_array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    >>> found = participation(make_ties(path, [1, 2, 3], [0, 1, 2], ["AT", "IT", "SI"]))
    >>> found.vector.as_list()
    [0.0, 0.5, 0.0]
    """
    into = _into_groups(ties)
    total = into.sum(axis=1)
    is_defined = total > 0
    shares = into[is_defined] / total[is_defined, None]
    values = np.zeros(ties.n)
    values[is_defined] = 1.0 - (shares**2).sum(axis=1)
    form = "binary" if (ties.known.matrix.data == 1.0).all() else "weighted"
    vector = vector_where(
        is_defined,
        values,
        measure="participation",
        form=form,
        undefined="isolate",
        stamp=ties.stamp,
    )
    is_noise = ties.known.degree < FEW_PARTNERS
    is_noise.setflags(write=False)
    by_group = _means(ties, values, total)
    maximum = 1.0 - 1.0 / len(by_group) if by_group else None
    return Participation(vector, is_noise, by_group, maximum, vector.reasons, ties.stamp)


def _into_groups(ties: Ties) -> FloatArray:
    """Weight of each organisation's ties into each group; shape (n, G)."""
    matrix, n_groups = ties.known.matrix, len(ties.group_names)
    rows = np.repeat(np.arange(ties.n), np.diff(matrix.indptr))
    cells = rows * n_groups + ties.group[matrix.indices]
    return np.bincount(cells, matrix.data, ties.n * n_groups).reshape(ties.n, n_groups)


def _means(ties: Ties, values: FloatArray, total: FloatArray) -> tuple[GroupParticipation, ...]:
    is_in = (ties.group != UNKNOWN) & (total > 0)
    group, n_groups = ties.group[is_in], len(ties.group_names)
    weight = np.bincount(group, total[is_in], n_groups)
    weighted = np.bincount(group, (total * values)[is_in], n_groups)
    counts = np.bincount(group, minlength=n_groups)
    return tuple(
        GroupParticipation(name, float(weighted[g] / weight[g]) if counts[g] else None, n)
        for g, (name, n) in enumerate(zip(ties.group_names, counts.tolist(), strict=True))
    )
