"""Which statements speak for a group, screened by shares against a half and the others."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.opinion.checks import (
    BoolArray,
    FloatArray,
    IntArray,
    check_whole_numbers,
    checked_members,
    frozen,
    rejected_statements,
)
from alpclusters.analysis.opinion.votes import VoteCounts, Votes, VotesLike

# --- Shares of a group against a half and against the others: screening figures, no tests ---------


Z_90: Final = 1.2816  # one-sided 90 %, as the Polis server rounds it


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """Figures for one side (agree or disagree); arrays of shape (k, n_statements).

    Attributes
    ----------
    n_success, n : array of int
        People of the group on this side; people of the group who voted.
    p : array of float
        Smoothed share of the group on this side.
    z_prop : array of float
        How far the share lies above a half.
    ratio : array of float
        ``p`` over the same share of all other placed people.
    z_ratio : array of float
        How far the share lies above that of the others.
    metric : array of float
        ratio * z_ratio * p * z_prop: the order among significant statements.
    """

    n_success: IntArray
    n: IntArray
    p: FloatArray
    z_prop: FloatArray
    ratio: FloatArray
    z_ratio: FloatArray
    metric: FloatArray


def screen(success: IntArray, seen: IntArray) -> Screening:
    """Compare each group with a half and with all other groups.

    Parameters
    ----------
    success, seen : array of int, shape (k, n_statements)

    Returns
    -------
    Screening

    Notes
    -----
    Two negative z give a positive metric; such a statement is never significant.
    """
    others, others_seen = success.sum(axis=0) - success, seen.sum(axis=0) - seen
    p = smoothed_share(success, seen)
    z_prop = z_of_share(success, seen)
    ratio = p / smoothed_share(others, others_seen)
    z_ratio = _z_of_ratio(success, seen, others, others_seen)
    return Screening(success, seen, p, z_prop, ratio, z_ratio, ratio * z_ratio * p * z_prop)


def smoothed_share(success: IntArray, seen: IntArray) -> FloatArray:
    """Return (s + 1) / (n + 2)."""
    return np.asarray((success + 1) / (seen + 2))


def z_of_share(success: IntArray, seen: IntArray) -> FloatArray:
    """Return 2 √(n + 1) ((s + 1) / (n + 1) - ½)."""
    return np.asarray(2 * np.sqrt(seen + 1) * ((success + 1) / (seen + 1) - 0.5))


def _z_of_ratio(s: IntArray, n: IntArray, s_others: IntArray, n_others: IntArray) -> FloatArray:
    own, other = (s + 1) / (n + 1), (s_others + 1) / (n_others + 1)
    pooled = (s + s_others + 2) / (n + n_others + 2)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / (n + 1) + 1 / (n_others + 1)))
    return np.where(spread > 0, (own - other) / np.where(spread > 0, spread, 1.0), 0.0)


# --- Which statements speak for a group: agreed or rejected there more than elsewhere -------------


Side = Literal["agree", "disagree"]
SIDES: tuple[Side, Side] = ("agree", "disagree")


@dataclass(frozen=True, slots=True)
class RepresentativeStatement:
    """One statement in a group's list.

    Attributes
    ----------
    statement : int
        Its column.
    side : {'agree', 'disagree'}
    n_success, n : int
        People of the group on this side, of those who voted.
    p, z_prop, ratio, z_ratio : float
        As in `Screening`.
    is_best_agree : bool
        Whether it stands first as the group's best agreement.
    """

    statement: int
    side: Side
    n_success: int
    n: int
    p: float
    z_prop: float
    ratio: float
    z_ratio: float
    is_best_agree: bool

    def as_record(self) -> dict[str, object]:
        """Return the statement as a plain mapping for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, eq=False)
class Representativeness:
    """What each group stands for.

    Attributes
    ----------
    lists : tuple of tuple of RepresentativeStatement
        Per group its list, agreement before rejection.
    agree, disagree : Screening
        All figures, per group and statement.
    speaks_for_agree : array of bool, shape (k, n_statements)
        Whether a statement speaks for agreement (the greater z_ratio) or for rejection.
    significant : array of bool, shape (k, n_statements)
        On that side both z lie above the threshold.
    labels : tuple of int
        Label of each group in ``members``, in the order of the rows.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``no_groups``, ``one_group``: nothing to compare with.
    conventions : Conventions
    """

    lists: tuple[tuple[RepresentativeStatement, ...], ...]
    agree: Screening
    disagree: Screening
    speaks_for_agree: BoolArray
    significant: BoolArray
    labels: tuple[int, ...]
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def representative_statements(
    votes: VotesLike,
    members: ArrayLike,
    *,
    moderated: ArrayLike | None = None,
    pick: int = 5,
    z: float = Z_90,
) -> Representativeness:
    r"""Find the statements that tell a group from all other people placed.

    With s of n in the group and s' of n' among the others, each smoothed by one:
    :math:`p = (s+1)/(n+2)`, :math:`z_{prop} = 2\sqrt{n+1}\,((s+1)/(n+1) - 1/2)`,
    :math:`ratio = p / ((s'+1)/(n'+2))` and :math:`z_{ratio}` the z of two shares
    :math:`(s+1)/(n+1)` and :math:`(s'+1)/(n'+1)` with their pooled variance.

    Parameters
    ----------
    votes : Votes, array_like or csr_array, shape (n_people, n_statements)
        1 agree, 0 pass, -1 disagree, unseen NaN or not stored.
    members : array_like of int, shape (n_people,)
        Any labels from 0 on; -1 is not placed and counts nowhere.
    moderated : array_like of shape (n_statements,), optional
        -1 is a rejected statement: in no list.
    pick : int, default 5
        At most this many per group.
    z : float, default 1.2816
        Threshold of both z.

    Returns
    -------
    Representativeness
        Undefined (``one_group``) if there is nobody to compare with.

    Raises
    ------
    ShapeError
        Members or ``moderated`` of the wrong length.
    LabelError
        A label below -1 or no whole number.
    VoteError, NotFiniteError
        A cell that is no vote.

    Notes
    -----
    A list is the group's best agreement, then what is significant by falling metric, cut, and
    agreement put before rejection. With nothing significant it is the best agreement, else the
    statement of the greatest z_ratio. These figures screen hundreds of statements; they are no
    tests, so no p-value may be printed for them.

    References
    ----------
    .. [1] C. Small et al., Polis: scaling deliberation by mapping high dimensional opinion
       spaces, Recerca 26 (2021).

    Examples
    --------
    >>> import numpy as np
    >>> camp = np.repeat([1, -1], 6)
    >>> votes = np.column_stack([camp, -camp, np.ones(12)])
    >>> found = representative_statements(votes, np.repeat([0, 1], 6))
    >>> [(item.statement, item.side) for item in found.lists[0]]
    [(0, 'agree'), (1, 'disagree')]
    """
    check_whole_numbers({"pick": (pick, 1)})
    table = Votes.of(votes)
    rejected = rejected_statements(moderated, table.shape[1])
    numbers, labels = checked_members(members, table.shape[0])
    counts = table.counts(numbers, n_groups=len(labels))
    reasons = _reasons(counts, labels)
    figures = _Figures.of(counts, z)
    lists = tuple(
        () if reasons else _Picker(figures, group, z).picked(~rejected, pick)
        for group in range(len(labels))
    )
    return Representativeness(
        lists=lists,
        agree=figures.agree,
        disagree=figures.disagree,
        speaks_for_agree=frozen(figures.speaks_for_agree),
        significant=frozen(figures.significant),
        labels=labels,
        status="undefined" if reasons else "ok",
        reasons=reasons,
        conventions=_conventions(pick, z, table.thresholds),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    """Both sides of all groups."""

    agree: Screening
    disagree: Screening
    speaks_for_agree: BoolArray
    significant: BoolArray

    @classmethod
    def of(cls, counts: VoteCounts, z: float) -> "_Figures":
        agree, disagree = (
            _frozen_screening(screen(side, counts.seen)) for side in (counts.agree, counts.disagree)
        )
        for_agree = agree.z_ratio > disagree.z_ratio
        passes = [(side.z_prop > z) & (side.z_ratio > z) for side in (agree, disagree)]
        return cls(agree, disagree, for_agree, np.where(for_agree, *passes))


def _frozen_screening(figures: Screening) -> Screening:
    for name in figures.__slots__:
        frozen(getattr(figures, name))
    return figures


class _Picker:
    """Choose one group's list."""

    def __init__(self, figures: _Figures, group: int, z: float) -> None:
        self.figures, self.group, self.z = figures, group, z

    def picked(self, allowed: BoolArray, pick: int) -> tuple[RepresentativeStatement, ...]:
        best = self._best_agree(np.flatnonzero(allowed))
        chosen = self._significant(allowed, without=best)
        if best is not None:
            chosen = [best, *chosen]
        elif not chosen:
            chosen = self._most_distinct(np.flatnonzero(allowed))
        items = [self._statement(place, is_best=place == best) for place in chosen[:pick]]
        return tuple(sorted(items, key=lambda item: item.side))

    def _best_agree(self, places: NDArray[np.intp]) -> int | None:
        """Go through the statements in order; a later one must beat the best so far."""
        agree, disagree, group = self.figures.agree, self.figures.disagree, self.group
        voted = agree.n_success[group] + disagree.n_success[group] > 0
        best: int | None = None
        for place in places[voted[places]]:
            if self._is_accepted(place) if best is None else self._beats(place, best):
                best = int(place)
        return best

    def _is_accepted(self, place: int) -> bool:
        agree, group = self.figures.agree, self.group
        is_above = agree.ratio[group, place] > 1 and agree.p[group, place] > 0.5  # noqa: PLR2004
        return bool(agree.z_prop[group, place] > self.z or is_above)

    def _beats(self, place: int, best: int) -> bool:
        agree, group = self.figures.agree, self.group
        if agree.ratio[group, best] > 1:
            return bool(agree.metric[group, place] > agree.metric[group, best])
        weight = agree.p[group] * agree.z_prop[group]
        return bool(weight[place] > weight[best])

    def _significant(self, allowed: BoolArray, *, without: int | None) -> list[int]:
        group, figures = self.group, self.figures
        wanted = figures.significant[group] & allowed
        metric = np.where(figures.speaks_for_agree, figures.agree.metric, figures.disagree.metric)
        order = np.argsort(-metric[group], kind="stable")
        return [int(place) for place in order if wanted[place] and place != without]

    def _most_distinct(self, places: NDArray[np.intp]) -> list[int]:
        if not places.size:
            return []
        figures, group = self.figures, self.group
        height = np.maximum(figures.agree.z_ratio[group], figures.disagree.z_ratio[group])
        return [int(places[height[places].argmax()])]

    def _statement(self, place: int, *, is_best: bool) -> RepresentativeStatement:
        for_agree = is_best or bool(self.figures.speaks_for_agree[self.group, place])
        figures = self.figures.agree if for_agree else self.figures.disagree
        cell = (self.group, place)
        return RepresentativeStatement(
            statement=place,
            side=SIDES[0] if for_agree else SIDES[1],
            n_success=int(figures.n_success[cell]),
            n=int(figures.n[cell]),
            p=float(figures.p[cell]),
            z_prop=float(figures.z_prop[cell]),
            ratio=float(figures.ratio[cell]),
            z_ratio=float(figures.z_ratio[cell]),
            is_best_agree=is_best,
        )


def _reasons(counts: VoteCounts, labels: tuple[int, ...]) -> tuple[str, ...]:
    holds = {
        "no_groups": not labels,
        "one_group": len(labels) == 1,
        "no_ratings": bool(labels) and not counts.seen.any(),
    }
    return tuple(reason for reason, applies in holds.items() if applies)


def _conventions(pick: int, z: float, thresholds: tuple[tuple[str, float], ...]) -> Conventions:
    own = (("pick", float(pick)), ("z", float(z)))
    return Conventions(
        method="representative_statements",
        scale=(-1.0, 0.0, 1.0),
        ties="statement_order",
        missing="left_out",
        thresholds=(*own, *thresholds),
    )
