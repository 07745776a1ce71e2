"""What most people are of one mind about, and what every group agrees with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.opinion.checks import (
    BoolArray,
    FloatArray,
    IntArray,
    check_whole_numbers,
    checked_members,
    frozen,
    rejected_statements,
)
from alpclusters.analysis.opinion.representative import Z_90, smoothed_share, z_of_share
from alpclusters.analysis.opinion.votes import VoteCounts, Votes, VotesLike

# --- Statements on which most people are of one mind, groups left aside ---------------------------


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
        conventions=_majority_conventions(pick, z, table.thresholds),
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


def _majority_conventions(
    pick: int, z: float, thresholds: tuple[tuple[str, float], ...]
) -> Conventions:
    own = (("pick", float(pick)), ("z", float(z)))
    return Conventions(
        method="consensus_statements",
        scale=(-1.0, 0.0, 1.0),
        ties="statement_order",
        missing="left_out",
        thresholds=(*own, *thresholds),
    )


# --- Group-informed consensus: what every group agrees with, not only the greatest ----------------


SUPPORT: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class GroupConsensus:
    """How far all groups share agreement or rejection, per statement.

    Attributes
    ----------
    agree, disagree : array of shape (n_statements,)
        Product over the groups of their smoothed shares; 0 to 1. Compare only figures of the
        same number of groups.
    agree_root, disagree_root : array of shape (n_statements,)
        The k-th root: the geometric mean of the shares.
    agree_parts, disagree_parts : array of shape (k, n_statements)
        Smoothed share of each group.
    n_agree, n_disagree, n : array of int, shape (k, n_statements)
        People per group who agree, who disagree, who voted (passes included).
    supported : array of bool, shape (n_statements,)
        Every group has at least 5 votes on it.
    listed : array of bool, shape (n_statements,)
        Supported and not rejected: what lists for people show.
    labels : tuple of int
        Label of each group in ``members``, in the order of the rows.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``no_groups`` (nobody placed), ``one_group`` (the figure is that
        group's share), ``no_supported_statement``.
    conventions : Conventions
    """

    agree: FloatArray
    disagree: FloatArray
    agree_root: FloatArray
    disagree_root: FloatArray
    agree_parts: FloatArray
    disagree_parts: FloatArray
    n_agree: IntArray
    n_disagree: IntArray
    n: IntArray
    supported: BoolArray
    listed: BoolArray
    labels: tuple[int, ...]
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def shared_agreement(self) -> tuple[int, ...]:
        """Listed statements by falling agreement of all groups, ties in statement order."""
        return _ordered(self.agree, self.listed)

    @property
    def shared_rejection(self) -> tuple[int, ...]:
        """Listed statements by falling rejection by all groups, ties in statement order."""
        return _ordered(self.disagree, self.listed)


def group_informed_consensus(
    votes: VotesLike,
    members: ArrayLike,
    *,
    pseudo: float = 1.0,
    moderated: Sequence[int] | ArrayLike | None = None,
) -> GroupConsensus:
    r"""Measure how far all groups share agreement with a statement, or its rejection.

    With A, D, N people of group g who agree, disagree, voted, and pseudo count s:
    :math:`p_A = (A + s) / (N + 2 s)` and :math:`GIC = \prod_g p_A(g)`; rejection with D.

    Parameters
    ----------
    votes : Votes, array_like or csr_array, shape (n_people, n_statements)
        1 agree, 0 pass, -1 disagree, unseen NaN or not stored.
    members : array_like of int, shape (n_people,)
        Any labels from 0 on; -1 is not placed and counts nowhere.
    pseudo : float, default 1
        Added votes for and against, above 0.
    moderated : array_like of shape (n_statements,), optional
        -1 is a rejected statement: it is computed but not listed.

    Returns
    -------
    GroupConsensus

    Raises
    ------
    ShapeError
        Members or ``moderated`` of the wrong length.
    LabelError
        A label below -1 or no whole number.
    VoteError, NotFiniteError
        A cell that is no vote.
    AnalysisError
        ``pseudo`` not above 0.

    Notes
    -----
    A statement nobody saw has :math:`2^{-k}` and is not supported. Three of three people make
    a high share too: lists show supported statements only.

    References
    ----------
    .. [1] C. Small et al., Polis: scaling deliberation by mapping high dimensional opinion
       spaces, Recerca 26 (2021).

    Examples
    --------
    >>> import numpy as np
    >>> votes = [[1, 1], [1, -1], [1, np.nan], [0, 1], [1, 1], [1, 1]]
    >>> group_informed_consensus(votes, [0, 0, 0, 1, 1, 1]).agree.round(4).tolist()
    [0.48, 0.4]
    """
    if not (np.isfinite(pseudo) and pseudo > 0):
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument="pseudo"), found=str(pseudo), expected="> 0")
    table = Votes.of(votes)
    rejected = rejected_statements(moderated, table.shape[1])
    numbers, labels = checked_members(members, table.shape[0])
    counts = table.counts(numbers, n_groups=len(labels))
    return _result(counts, labels, rejected, pseudo, table.thresholds)


def _result(
    counts: VoteCounts,
    labels: tuple[int, ...],
    rejected: BoolArray,
    pseudo: float,
    thresholds: tuple[tuple[str, float], ...],
) -> GroupConsensus:
    agree_parts = (counts.agree + pseudo) / (counts.seen + 2 * pseudo)
    disagree_parts = (counts.disagree + pseudo) / (counts.seen + 2 * pseudo)
    agree, disagree = _product(agree_parts), _product(disagree_parts)
    supported = (counts.seen >= SUPPORT).all(axis=0) & bool(labels)
    reasons = _reasons(counts, labels, supported & ~rejected)
    undefined = {"no_ratings", "no_groups"} & set(reasons)
    return GroupConsensus(
        agree=frozen(agree),
        disagree=frozen(disagree),
        agree_root=frozen(agree ** (1 / max(1, len(labels)))),
        disagree_root=frozen(disagree ** (1 / max(1, len(labels)))),
        agree_parts=frozen(agree_parts),
        disagree_parts=frozen(disagree_parts),
        n_agree=frozen(counts.agree),
        n_disagree=frozen(counts.disagree),
        n=frozen(counts.seen),
        supported=frozen(supported),
        listed=frozen(supported & ~rejected),
        labels=labels,
        status="undefined" if undefined else "limited" if reasons else "ok",
        reasons=reasons,
        conventions=_informed_conventions(pseudo, thresholds),
    )


def _product(parts: FloatArray) -> FloatArray:
    """Multiply over the groups; without groups there is no figure."""
    if not parts.shape[0]:
        return np.full(parts.shape[1], np.nan)
    return np.asarray(parts.prod(axis=0))


def _reasons(counts: VoteCounts, labels: tuple[int, ...], listed: BoolArray) -> tuple[str, ...]:
    holds = {
        "no_groups": not labels,
        "no_ratings": bool(labels) and not counts.seen.any(),
        "one_group": len(labels) == 1,
        "no_supported_statement": bool(counts.seen.any()) and not listed.any(),
    }
    return tuple(reason for reason, applies in holds.items() if applies)


def _informed_conventions(pseudo: float, thresholds: tuple[tuple[str, float], ...]) -> Conventions:
    own = (("pseudo", float(pseudo)), ("support", float(SUPPORT)))
    return Conventions(
        method="group_informed_consensus",
        scale=(-1.0, 0.0, 1.0),
        ties="statement_order",
        missing="left_out",
        thresholds=(*own, *thresholds),
    )


def _ordered(values: FloatArray, listed: BoolArray) -> tuple[int, ...]:
    order = np.argsort(-values, kind="stable")
    return tuple(int(place) for place in order if listed[place])
