"""What is certain enough to be said of single items and of single groups."""

from collections.abc import Collection, Sequence
from typing import Final, Literal, Protocol

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
