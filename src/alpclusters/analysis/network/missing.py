"""Pairs of regions with surely fewer ties than expected, and who could bridge them."""

from dataclasses import asdict, dataclass
from typing import Final

from alpclusters.analysis.network.affinity import Null, Pair, PairTable, affinity, drawn_ratios
from alpclusters.analysis.network.bridges import Bridge, bridge_candidates
from alpclusters.analysis.network.regions import FloatArray
from alpclusters.analysis.network.resampling import Interval, Resampled
from alpclusters.analysis.network.stamp import Stamp
from alpclusters.analysis.network.ties import Ties

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
