"""What no plan can beat: bounds of repeats and revisits."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import perm
from typing import Literal

from alpclusters.analysis.rotation.counts import check_count

MANY = 1_000_000
TWICE = 2
BoundKind = Literal["pigeonhole_no_revisits", "pigeonhole_revisits_allowed", "pair_count", "pins"]


@dataclass(frozen=True, slots=True)
class RepeatBound:
    """The largest lower bound of repeats and which argument gives it."""

    value: int
    kind: BoundKind


@dataclass(frozen=True, slots=True)
class SpreadBound:
    """What no plan can beat in which no pair meets more often than necessary.

    Attributes
    ----------
    repeats : int
        Meetings of pairs beyond the first.
    often : int
        Pairs that meet more than twice.
    """

    repeats: int
    often: int


def least_pairs(n: int, boxes: int) -> int:
    """Return the smallest number of pairs inside boxes that hold n guests.

    Examples
    --------
    >>> least_pairs(7, 3)
    5
    """
    low, more = divmod(n, boxes)
    return more * (low + 1) * low // 2 + (boxes - more) * low * (low - 1) // 2


def repeat_bound(
    guests: int,
    tables: int,
    rounds: int,
    *,
    revisits_allowed: bool = False,
    forced: int = 0,
) -> RepeatBound:
    """Return a lower bound of repeats that holds for every balanced plan.

    Parameters
    ----------
    guests, tables, rounds : int
    revisits_allowed : bool, default False
        Whether a guest may come back to a table; always so with more rounds than tables.
    forced : int, default 0
        Repeats between guests who are pinned to the same tables.

    Returns
    -------
    RepeatBound

    Raises
    ------
    AnalysisError
        No whole number, or less than 1.

    Notes
    -----
    Pigeonhole: the n guests of a table in a later round come from at most b tables of the
    first, b = T - 1 if nobody may come back and b = T otherwise, so at least g(n, b) pairs of
    that table met before. Pair count: R rounds have more pairs at tables than there are pairs
    of people. The count of pairs alone is never the greater one while R <= T.

    Examples
    --------
    >>> repeat_bound(700, 20, 3).value, repeat_bound(700, 20, 3, revisits_allowed=True).value
    (640, 600)
    """
    for name, value in (("guests", guests), ("tables", tables), ("rounds", rounds)):
        check_count(value, name, most=MANY)
    allowed = revisits_allowed or rounds > tables
    pigeonhole = shared_bound([guests] * (rounds - 1), tables, revisits_allowed=allowed)
    kind: BoundKind = "pigeonhole_revisits_allowed" if allowed else "pigeonhole_no_revisits"
    pairs = rounds * least_pairs(guests, tables) - guests * (guests - 1) // 2
    best = max(pigeonhole, pairs, forced)
    if best == pigeonhole:
        return RepeatBound(best, kind)
    return RepeatBound(best, "pair_count" if best == pairs else "pins")


def spread_bound(
    guests: int, tables: int, rounds: int, *, revisits_allowed: bool = False, forced: int = 0
) -> SpreadBound:
    """Return lower bounds for plans in which no pair meets more often than necessary.

    Parameters
    ----------
    guests, tables, rounds, revisits_allowed, forced
        As in `repeat_bound`.

    Returns
    -------
    SpreadBound

    Raises
    ------
    AnalysisError
        As `repeat_bound`.

    Notes
    -----
    Every two rounds share at least h pairs (the pigeonhole of `repeat_bound` for one later
    round), and a pair that meets m times is shared by C(m, 2) of them: C(R, 2) h repeats while
    nobody meets more than twice. Without returns there are T! / (T - R)! ways through the
    tables; of more guests some go the same way and meet in every round.

    Examples
    --------
    >>> repeat_bound(40, 6, 4).value, spread_bound(40, 6, 4)
    (30, SpreadBound(repeats=60, often=0))
    >>> spread_bound(30, 3, 3)
    SpreadBound(repeats=120, often=60)
    """
    few = repeat_bound(guests, tables, rounds, revisits_allowed=revisits_allowed, forced=forced)
    allowed = revisits_allowed or rounds > tables
    every_two = [guests] * (rounds * (rounds - 1) // 2)
    return spread_from(
        shared_bound(every_two, tables, revisits_allowed=allowed),
        few=few.value,
        often=same_ways(guests, tables, rounds, revisits_allowed=allowed),
        rounds=rounds,
    )


def same_ways(guests: int, tables: int, rounds: int, *, revisits_allowed: bool) -> int:
    """Return the pairs that meet in every one of three or more rounds, whatever the plan."""
    if rounds <= TWICE:
        return 0
    if revisits_allowed or rounds > tables:
        return least_pairs(guests, 1) if tables == 1 else 0
    return least_pairs(guests, perm(tables, rounds))


def spread_from(shared: int, *, few: int, often: int, rounds: int) -> SpreadBound:
    """Return the bounds from what any two rounds share, summed over all two rounds."""
    counted_again = (rounds - 1) * (rounds - 2) // 2  # C(R, 2) shared, but R - 1 repeats
    return SpreadBound(max(few, shared - often * counted_again), often)


def shared_bound(common: Sequence[int], tables: int, *, revisits_allowed: bool) -> int:
    """Return the pigeonhole bound from the guests that two rounds share, summed.

    Parameters
    ----------
    common : sequence of int
        Per two rounds, how many guests sat in both.

    Notes
    -----
    g is convex in n, so equal tables give the least sum: the bound holds for unequal ones too.
    """
    boxes = tables if revisits_allowed else max(tables - 1, 1)
    total = 0
    for n in common:
        size, larger = divmod(n, tables)
        total += (tables - larger) * least_pairs(size, boxes)
        total += larger * least_pairs(size + 1, boxes)
    return total
