"""Superlatives from intervals: who leads, and from whom the leader is not told apart."""

from collections.abc import Sequence
from dataclasses import dataclass


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
