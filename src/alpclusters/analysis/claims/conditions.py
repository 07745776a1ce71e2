"""Whether a sentence about a result holds, and if not, why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol

# --- Whether a sentence holds, and if not, why ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the result says of a sentence.

    Attributes
    ----------
    reason : str
        Code of why it does not hold; empty where it does.
    expected : str
        What the result gives instead, for people who mend it.
    """

    reason: str = ""
    expected: str = ""

    @property
    def holds(self) -> bool:
        """Say whether the sentence may stand."""
        return not self.reason


HOLDS: Final = Verdict()


def refused(reason: str, *, expected: object = "") -> Verdict:
    """Return that a sentence does not hold, with the reason.

    Parameters
    ----------
    reason : str
        Code.
    expected : object
        What the result gives instead; written as text.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> refused("claim.direction", expected="higher").holds
    False
    """
    return Verdict(reason, str(expected))


# --- The order of time: nothing follows from what came later --------------------------------------


def may_follow(cause: date | None, effect: date | None) -> bool:
    """Say whether one thing can have come of another, by the days they were decided.

    What has no day yet (a draft) can still follow from anything, and a thing without a day
    (a measure of the catalogue) speaks for no time. The same day passes: days are all that is
    known.

    Parameters
    ----------
    cause, effect : datetime.date or None

    Returns
    -------
    bool

    Examples
    --------
    >>> may_follow(date(2026, 7, 1), date(2025, 3, 1))
    False
    """
    return cause is None or effect is None or cause <= effect


# --- Whether one interval surely lies above or below another --------------------------------------


type Direction = Literal["higher", "lower", "not_clear"]


def direction(
    before: tuple[float | None, float | None], after: tuple[float | None, float | None]
) -> Direction | None:
    """Say how a later value lies to an earlier one; None where an interval is missing.

    Parameters
    ----------
    before, after : (float or None, float or None)
        Ends of the two intervals.

    Returns
    -------
    {'higher', 'lower', 'not_clear'} or None

    Examples
    --------
    >>> direction((1.0, 2.0), (2.5, 3.0)), direction((1.0, 2.0), (1.5, 3.0))
    ('higher', 'not_clear')
    """
    (low_before, high_before), (low_after, high_after) = before, after
    if low_before is None or high_before is None or low_after is None or high_after is None:
        return None
    if low_after > high_before:
        return "higher"
    return "lower" if high_after < low_before else "not_clear"


# --- Superlatives from intervals: who leads, and from whom the leader is not told apart -----------


@dataclass(frozen=True, slots=True)
class Estimate[Id]:
    """One item of a whole evaluation.

    Attributes
    ----------
    item : Id
    value : float
    low, high : float or None
        Ends of its interval; None where the data give none, as with equal answers.
    n : int
        What the value rests on.
    """

    item: Id
    value: float
    low: float | None
    high: float | None
    n: int = 0

    @property
    def has_interval(self) -> bool:
        """Say whether its uncertainty is known."""
        return self.low is not None and self.high is not None


def within_reach[Id](items: Sequence[Estimate[Id]]) -> list[Estimate[Id]]:
    """Return the leader and all that the intervals do not tell apart from it, highest first.

    Intervals that do not overlap exclude a difference of zero; overlap is the cautious side:
    items kept may differ too. An item without an interval is never told apart.

    Parameters
    ----------
    items : sequence of Estimate
        All of the evaluation: a superlative over a part of them is none.

    Returns
    -------
    list of Estimate

    Examples
    --------
    >>> fair, lab = Estimate("fair", 4.5, 4.2, 4.8), Estimate("lab", 3.0, 2.6, 3.4)
    >>> [one.item for one in within_reach([lab, fair])]
    ['fair']
    """
    ordered = sorted(items, key=lambda one: (-one.value, str(one.item)))
    if not ordered:
        return []
    first = ordered[0]
    if first.low is None:
        return ordered
    return [one for one in ordered if one.high is None or one.high >= first.low]


def sole_leader[Id](items: Sequence[Estimate[Id]]) -> Estimate[Id] | None:
    """Return the item that surely leads all others; None without a proof or without others.

    Parameters
    ----------
    items : sequence of Estimate
        All of the evaluation.

    Returns
    -------
    Estimate or None

    Examples
    --------
    >>> sole_leader([Estimate("fair", 4.5, 4.2, 4.8), Estimate("lab", 4.3, 3.9, 4.7)]) is None
    True
    """
    reached = within_reach(items)
    is_proved = len(reached) == 1 and len(items) > 1 and reached[0].has_interval
    return reached[0] if is_proved else None


# --- What the tiers of a ranking allow to be said of its first places -----------------------------


class _Tier[Id](Protocol):
    @property
    def measures(self) -> tuple[Id, ...]: ...


@dataclass(frozen=True, slots=True)
class Standing[Id]:
    """The first tier of a whole evaluation.

    Attributes
    ----------
    first : tuple
        Items of the first tier; empty where nothing is told apart.
    base : int
        Items of the evaluation, those behind included.
    n_tiers : int
    is_alone : bool
        One item, and no other took its place in the interval of its rank: this is the proof of a
        superlative.
    """

    first: tuple[Id, ...]
    base: int
    n_tiers: int
    is_alone: bool


def standing[Id](
    tiers: Sequence[_Tier[Id]], first_ranks: tuple[int | None, int | None] | None
) -> Standing[Id]:
    """Return what the tiers allow.

    Parameters
    ----------
    tiers : sequence
        Of all items of the evaluation, best first.
    first_ranks : (int, int) or None
        Interval of the rank of the first item; it was simulated against all others together.

    Returns
    -------
    Standing

    Notes
    -----
    A tier compares means over its neighbours. Only the interval of ranks compares an item with
    every other one, so both have to say it: alone in the first tier, and place 1 only.

    Examples
    --------
    >>> from alpclusters.analysis.ranking import Tier
    >>> standing([Tier(1, ("fair",), 0.1), Tier(2, ("lab",), None)], (1, 2)).is_alone
    False
    """
    base = sum(len(tier.measures) for tier in tiers)
    first = tiers[0].measures if len(tiers) > 1 else ()
    is_alone = len(first) == 1 and first_ranks == (1, 1)
    return Standing(first, base, len(tiers), is_alone)


# --- What is certain enough to be said of single items and of single groups -----------------------


type VerdictWord = Literal["camps", "gradient", "one_opinion", "too_few"]
type AxisWord = Literal["opinion", "strictness"]

SURE: Final = 0.90
LEAST_IN_GROUP: Final = 10  # answers of a group that a sentence names
LEAST_TO_TURN: Final = 20  # answers of a group, and of all others, where a share turns a finding


class _Ranked[Id](Protocol):
    @property
    def measure(self) -> Id: ...
    def top_probability(self, k: int) -> float | None: ...


class _Ranking[Id](Protocol):
    @property
    def order(self) -> tuple[Id, ...]: ...
    @property
    def measures(self) -> Sequence[_Ranked[Id]]: ...


class _View[Id](Protocol):
    @property
    def group(self) -> Id: ...
    @property
    def n(self) -> int: ...
    @property
    def lower(self) -> float | None: ...


class _Decision[Id](Protocol):
    @property
    def measure(self) -> Id: ...
    @property
    def outcome(self) -> str: ...
    @property
    def groups(self) -> Sequence[_View[Id]]: ...


class _Decisions[Id](Protocol):
    @property
    def measures(self) -> Sequence[_Decision[Id]]: ...


def among_best[Id](ranking: _Ranking[Id], k: int) -> tuple[Id, ...]:
    """Return the items that are among the best k with a probability of at least 90 per cent.

    Parameters
    ----------
    ranking : Ranking
    k : int

    Returns
    -------
    tuple
        In the order of the ranking; empty where no more than k were ranked.

    Examples
    --------
    >>> from types import SimpleNamespace as Of
    >>> items = [Of(measure=m, top_probability={1: p}.get) for m, p in (("a", 0.9), ("b", 0.1))]
    >>> among_best(Of(order=("a", "b"), measures=items), 1)
    ('a',)
    """
    if len(ranking.order) <= k:
        return ()
    chance = {item.measure: item.top_probability(k) or 0.0 for item in ranking.measures}
    return tuple(item for item in ranking.order if chance[item] >= SURE)


def valued_by_every_group[Id](decisions: _Decisions[Id]) -> tuple[Id, ...]:
    """Return what all groups value, each with ten answers or more on it.

    Parameters
    ----------
    decisions : Decisions

    Returns
    -------
    tuple
        In the order of the decisions; empty without groups.

    Examples
    --------
    >>> from types import SimpleNamespace as Of
    >>> few, many = Of(n=9), Of(n=10)
    >>> fair = Of(measure="fair", outcome="valued_by_all", groups=[many, many])
    >>> lab = Of(measure="lab", outcome="valued_by_all", groups=[many, few])
    >>> valued_by_every_group(Of(measures=[fair, lab]))
    ('fair',)
    """
    return tuple(
        one.measure
        for one in decisions.measures
        if one.outcome == "valued_by_all"
        and one.groups
        and min(view.n for view in one.groups) >= LEAST_IN_GROUP
    )


def lower_groups[Id](decision: _Decision[Id]) -> tuple[Id, ...]:
    """Return the groups of ten answers or more that surely lie below the others on an item.

    Parameters
    ----------
    decision : Decision
        Its groups carry the probability of lying below by more than an eighth of the scale.

    Returns
    -------
    tuple

    Examples
    --------
    >>> from types import SimpleNamespace as Of
    >>> views = [Of(group="AT", n=10, lower=0.9), Of(group="SI", n=10, lower=0.89)]
    >>> lower_groups(Of(groups=views))
    ('AT',)
    """
    return tuple(
        view.group
        for view in decision.groups
        if (view.lower or 0.0) >= SURE and view.n >= LEAST_IN_GROUP
    )


def may_turn(share: float | None, n_group: int, n_rest: int) -> bool:
    """Say whether a share of a group at which a finding turns may be told.

    Parameters
    ----------
    share : float or None
        From `turning_share`.
    n_group, n_rest : int
        Answers of the group and of everybody else.

    Returns
    -------
    bool

    Examples
    --------
    >>> may_turn(0.6, 20, 40), may_turn(0.6, 19, 40), may_turn(None, 20, 40)
    (True, False, False)
    """
    if share is None or not 0 <= share <= 1:
        return False
    return min(n_group, n_rest) >= LEAST_TO_TURN


def axis_word(
    verdict: VerdictWord, *, is_strictness: bool, reasons: Collection[str]
) -> AxisWord | None:
    """Say what the strongest axis may be called.

    Parameters
    ----------
    verdict : {'camps', 'gradient', 'one_opinion', 'too_few'}
    is_strictness : bool
        Whether the strongest axis, or all that is left, is readiness to agree.
    reasons : collection of str
        Of the structure; ``yes_saying`` where the camps are those of readiness to agree.

    Returns
    -------
    {'opinion', 'strictness'} or None
        ``strictness``: people differ in how readily they agree. ``opinion``: a gradient whose
        ends may be named. None where neither may be said, as beside camps of opinion: they lie
        along another axis than the strongest.

    Examples
    --------
    >>> axis_word("gradient", is_strictness=False, reasons=())
    'opinion'
    """
    if verdict == "camps":
        return "strictness" if "yes_saying" in reasons else None
    if verdict == "too_few":
        return None
    if is_strictness:
        return "strictness"
    return "opinion" if verdict == "gradient" and "yes_saying" not in reasons else None
