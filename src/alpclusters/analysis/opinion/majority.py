"""Statements on which most people are of one mind, groups left aside."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.opinion.arrays import BoolArray, IntArray
from alpclusters.analysis.opinion.checks import check_whole_numbers, rejected_statements
from alpclusters.analysis.opinion.screening import Z_90, smoothed_share, z_of_share
from alpclusters.analysis.opinion.votes import Votes, VotesLike


@dataclass(frozen=True, slots=True)
class MajorityStatement:
    """A statement with a clear majority.

    Attributes
    ----------
    statement : int
        Its column.
    n_success, n : int
        People on this side, of those who voted (passes included).
    p : float
        Smoothed share, (s + 1) / (n + 2).
    z_prop : float
        How far the share lies above a half.
    """

    statement: int
    n_success: int
    n: int
    p: float
    z_prop: float

    def as_record(self) -> dict[str, object]:
        """Return the statement as a plain mapping for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class ConsensusStatements:
    """What most people agree with and what most reject.

    Attributes
    ----------
    agree, disagree : tuple of MajorityStatement
        By falling p * z_prop.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``.
    conventions : Conventions
    """

    agree: tuple[MajorityStatement, ...]
    disagree: tuple[MajorityStatement, ...]
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def consensus_statements(
    votes: VotesLike, *, moderated: ArrayLike | None = None, pick: int = 5, z: float = Z_90
) -> ConsensusStatements:
    """Find the statements most people agree with or reject, over all people with votes.

    Parameters
    ----------
    votes : Votes, array_like or csr_array, shape (n_people, n_statements)
        1 agree, 0 pass, -1 disagree, unseen NaN or not stored.
    moderated : array_like of shape (n_statements,), optional
        -1 is a rejected statement: in no list.
    pick : int, default 5
        At most this many per side.
    z : float, default 1.2816
        Least height above a half.

    Returns
    -------
    ConsensusStatements

    Raises
    ------
    ShapeError
        ``moderated`` of the wrong length.
    VoteError, NotFiniteError
        A cell that is no vote.

    Notes
    -----
    A statement is listed with p above a half and z_prop above the threshold, ordered by their
    product, so 446 of 496 stands before 466 of 524. A large group can carry a statement alone:
    `group_informed_consensus` asks every group.

    Examples
    --------
    >>> import numpy as np
    >>> votes = np.column_stack([np.ones(20), -np.ones(20), np.repeat([1, -1], 10)])
    >>> found = consensus_statements(votes)
    >>> [item.statement for item in found.agree], [item.statement for item in found.disagree]
    ([0], [1])
    """
    check_whole_numbers({"pick": (pick, 1)})
    table = Votes.of(votes)
    allowed = ~rejected_statements(moderated, table.shape[1])
    agree, disagree, seen = table.totals()
    has_votes = bool(seen.any())
    status: Status = "ok" if has_votes else "undefined"
    return ConsensusStatements(
        agree=_listed(agree, seen, allowed, pick=pick, z=z),
        disagree=_listed(disagree, seen, allowed, pick=pick, z=z),
        status=status,
        reasons=() if has_votes else ("no_ratings",),
        conventions=_conventions(pick, z, table.thresholds),
    )


def _listed(
    success: IntArray, seen: IntArray, allowed: BoolArray, *, pick: int, z: float
) -> tuple[MajorityStatement, ...]:
    p, z_prop = smoothed_share(success, seen), z_of_share(success, seen)
    wanted = allowed & (p > 0.5) & (z_prop > z)  # noqa: PLR2004 - a majority
    order = [place for place in np.argsort(-(p * z_prop), kind="stable") if wanted[place]]
    return tuple(
        MajorityStatement(
            int(place), int(success[place]), int(seen[place]), float(p[place]), float(z_prop[place])
        )
        for place in order[:pick]
    )


def _conventions(pick: int, z: float, thresholds: tuple[tuple[str, float], ...]) -> Conventions:
    own = (("pick", float(pick)), ("z", float(z)))
    return Conventions(
        method="consensus_statements",
        scale=(-1.0, 0.0, 1.0),
        ties="statement_order",
        missing="left_out",
        thresholds=(*own, *thresholds),
    )
