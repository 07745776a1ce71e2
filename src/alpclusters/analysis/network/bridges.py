"""Organisations with partners in both of two regions that do not know one another."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.network.brokerage import brokerage_between
from alpclusters.analysis.network.regions import IntArray
from alpclusters.analysis.network.ties import Ties

MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Bridge:
    """Somebody who could bring two regions together.

    Attributes
    ----------
    node : int
        The caller's number of the organisation.
    group : str
        Its region.
    gatekeeper, liaison : int
        Its roles restricted to the two regions (`brokerage_between`).
    partner_first, partner_second : int
        A partner in each region, not tied to one another: the two ties that qualify it.
    weight_first, weight_second : float
        Weights of these ties.
    """

    node: int
    group: str
    gatekeeper: int
    liaison: int
    partner_first: int
    partner_second: int
    weight_first: float
    weight_second: float


def bridge_candidates(ties: Ties, a: int, b: int, *, top: int = MOST_NAMED) -> tuple[Bridge, ...]:
    """Name who has untied partners in both regions, most such pairs first.

    Parameters
    ----------
    ties : Ties
    a, b : int
        Places of two different regions in ``ties.group_names``.
    top : int, default 5

    Returns
    -------
    tuple of Bridge
        Equal counts in the order of the numbers.

    Raises
    ------
    AnalysisError
        If the two are the same or one is no group.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from alpclusters.analysis.network import make_ties
    >>> path = csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    >>> found = bridge_candidates(make_ties(path, [7, 8, 9], [0, 1, 2], ["AT", "IT", "SI"]), 0, 2)
    >>> [(one.node, one.partner_first, one.partner_second) for one in found]
    [(8, 7, 9)]
    """
    roles = brokerage_between(ties, a, b)
    order = np.lexsort((ties.nodes, -roles.score))[: max(top, 0)]
    return tuple(
        _bridge(ties, int(place), a, b, int(roles.gatekeeper[place]), int(roles.liaison[place]))
        for place in order
        if roles.score[place] > 0
    )


def _bridge(ties: Ties, place: int, a: int, b: int, gatekeeper: int, liaison: int) -> Bridge:
    start, end = ties.matrix.indptr[place : place + 2]
    partners = ties.matrix.indices[start:end].astype(np.int64)
    weight = ties.matrix.data[start:end]
    weights = dict(zip(partners.tolist(), weight.tolist(), strict=True))
    first, second = _untied(ties, partners, a, b, weights)
    return Bridge(
        node=int(ties.nodes[place]),
        group=ties.group_names[ties.group[place]],
        gatekeeper=gatekeeper,
        liaison=liaison,
        partner_first=int(ties.nodes[first]),
        partner_second=int(ties.nodes[second]),
        weight_first=weights[first],
        weight_second=weights[second],
    )


def _untied(
    ties: Ties, partners: IntArray, a: int, b: int, weights: dict[int, float]
) -> tuple[int, int]:
    """Return two untied partners, one in each region, with the strongest ties to the broker."""
    of_a = _strongest_first(ties, partners[ties.group[partners] == a], weights)
    of_b = _strongest_first(ties, partners[ties.group[partners] == b], weights)
    is_open = ties.matrix[of_a][:, of_b].toarray() == 0
    sums = np.add.outer([weights[one] for one in of_a], [weights[one] for one in of_b])
    best = np.argmax(np.where(is_open, sums, -1.0))
    row, column = np.unravel_index(best, sums.shape)
    return of_a[int(row)], of_b[int(column)]


def _strongest_first(ties: Ties, places: IntArray, weights: dict[int, float]) -> list[int]:
    return sorted(places.tolist(), key=lambda one: (-weights[one], int(ties.nodes[one])))
