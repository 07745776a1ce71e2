"""Pairs of regions with surely fewer ties than expected, and who could bridge them."""

from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.network.affinity import Null, Pair, PairTable, affinity, drawn_ratios
from alpclusters.analysis.network.brokerage import brokerage_between
from alpclusters.analysis.network.regions import FloatArray, IntArray
from alpclusters.analysis.network.resampling import Interval, Resampled
from alpclusters.analysis.network.ties import Stamp, Ties

# --- Organisations with partners in both of two regions that do not know one another --------------


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


# --- Pairs of regions with surely fewer ties than expected, and who could bridge them -------------


LEAST_ORGANISATIONS: Final = 5
LEAST_EXPECTED: Final = 5.0
_DIGITS: Final = 9  # shortfalls that agree so far are equal


@dataclass(frozen=True, slots=True)
class MissingPair:
    """Two regions with fewer ties than expected.

    Attributes
    ----------
    first, second : str
        Names of the two regions.
    observed, expected, shortfall : float
        In units of the weights, each tie once.
    ratio : float
        observed / expected.
    interval : Interval
        Of the ratio; all of it lies below 1.
    p : float
        Part of the draws with a ratio of at least 1, never 0.
    n_connected : tuple of int
        Organisations of the two regions with a tie.
    bridges : tuple of Bridge
        At most five organisations that could bring them together, best first.
    """

    first: str
    second: str
    observed: float
    expected: float
    shortfall: float
    ratio: float
    interval: Interval
    p: float
    n_connected: tuple[int, int]
    bridges: tuple[Bridge, ...]


@dataclass(frozen=True, slots=True)
class MissingPairs:
    """The missing pairs, largest shortfall first.

    Attributes
    ----------
    pairs : tuple of MissingPair
    null : {"margins", "cross"}
    draws, seed : int
    n_examined : int
        Pairs of regions with enough organisations and enough expected ties to be judged.
    reasons : tuple of str
        Those of `PairTable`, or ``none_missing``, or ``nothing_to_judge``.
    stamp : Stamp
    """

    pairs: tuple[MissingPair, ...]
    null: Null
    draws: int
    seed: int
    n_examined: int
    reasons: tuple[str, ...]
    stamp: Stamp

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        return asdict(self)


def missing_pairs(
    ties: Ties, resampled: Resampled, *, null: Null = "cross", top: int = 10
) -> MissingPairs:
    """Name the pairs of regions with fewer ties than expected.

    A pair is missing if the whole interval of its ratio lies below 1, both regions have at least
    five connected organisations, and at least five units of weight are expected.

    Parameters
    ----------
    ties : Ties
    resampled : Resampled
        Draws of the same projects.
    null : {"cross", "margins"}
    top : int, default 10
        How many to return.

    Returns
    -------
    MissingPairs
        Ordered by shortfall: by ratio alone the smallest region would always come first.

    Raises
    ------
    AnalysisError
        Draws of another stamp; another null.

    Examples
    --------
    >>> from alpclusters.analysis.network import (
    ...     incidence, project_collaborations, project_ties, resample_projects)
    >>> found, groups = incidence([1, 2, 3], [5, 5, 5]), [0, 0, 1]
    >>> ties = project_ties(found, [3], groups, ["AT", "IT"])
    >>> draws = resample_projects(project_collaborations(found, [3], groups, ["AT", "IT"]))
    >>> missing_pairs(ties, draws).reasons
    ('one_region_holds_all_cross_ties',)
    """
    table = affinity(ties, null=null, resampled=resampled)
    judged = [pair for pair in table.pairs if _can_be_judged(pair, table)]
    missing = [(pair, found) for pair in judged if (found := pair.interval) and found.high < 1]
    missing.sort(key=lambda found: _place(found[0]))
    drawn = drawn_ratios(resampled, null) if missing else resampled.tables
    return MissingPairs(
        tuple(_told(*each, table, ties, drawn) for each in missing[: max(top, 0)]),
        null,
        len(resampled.tables),
        resampled.seed,
        len(judged),
        table.reasons or _reasons(judged, missing),
        ties.stamp,
    )


def _place(pair: Pair) -> tuple[float, int, int]:
    """Sort by shortfall, then by region: of four regions two pairs always lack the same."""
    return -round(pair.shortfall or 0.0, _DIGITS), pair.first, pair.second


def _can_be_judged(pair: Pair, table: PairTable) -> bool:
    return (
        pair.first != pair.second
        and min(table.n_connected[[pair.first, pair.second]]) >= LEAST_ORGANISATIONS
        and (pair.expected or 0.0) >= LEAST_EXPECTED
    )


def _told(
    pair: Pair, interval: Interval, table: PairTable, ties: Ties, drawn: FloatArray
) -> MissingPair:
    values = drawn[:, pair.first, pair.second]
    expected = pair.expected or 0.0
    return MissingPair(
        first=table.group_names[pair.first],
        second=table.group_names[pair.second],
        observed=pair.observed,
        expected=expected,
        shortfall=expected - pair.observed,
        ratio=pair.observed / expected,
        interval=interval,
        p=(1 + int((~(values < 1)).sum())) / (1 + len(values)),
        n_connected=(int(table.n_connected[pair.first]), int(table.n_connected[pair.second])),
        bridges=bridge_candidates(ties, pair.first, pair.second),
    )


def _reasons(judged: list[Pair], missing: list[tuple[Pair, Interval]]) -> tuple[str, ...]:
    if not judged:
        return ("nothing_to_judge",)
    return () if missing else ("none_missing",)
