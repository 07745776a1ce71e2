"""What no plan can beat: bounds of repeats and revisits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from alpclusters.analysis.rotation.counts import check_count

MANY = 1_000_000
BoundKind = Literal["pigeonhole_no_revisits", "pigeonhole_revisits_allowed", "pair_count", "pins"]


@dataclass(frozen=True, slots=True)
class RepeatBound:
    """The largest lower bound of repeats and which argument gives it."""

    value: int
    kind: BoundKind


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


def shared_bound(common: Sequence[int], tables: int, *, revisits_allowed: bool) -> int:
    """Return the pigeonhole bound from the guests each later round shares with the first.

    Parameters
    ----------
    common : sequence of int
        Per later round, how many of its guests sat in the first round too.

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
