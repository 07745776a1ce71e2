"""In which order a person is asked the measures: the least shown first, kept once it is given.

Most people stop before the end, and in a hall all have joined before anybody rates. So what was
shown is not counted in answers but in the orders that were given: wherever people stop, each
measure then was asked of as many as any other. Pure Python: the live process deals it at the join.
"""

import random
from collections.abc import Collection, Iterable, Sequence
from typing import Final

# Places that are kept even: few people get further, and what comes behind stands by chance.
EVEN_PLACES: Final = 32
# How many places on a tie looks ahead; without it the difference grows to twice as much.
_AHEAD: Final = (1, 2, 4, 8)


class Deal:
    """How often each measure stood at each place of the orders given in an AlpCafé."""

    def __init__(self, orders: Iterable[Sequence[int]] = ()) -> None:
        self._at: dict[int, list[int]] = {}
        for order in orders:
            self.note(order)

    def note(self, order: Sequence[int]) -> None:
        """Count an order that was given."""
        self._count(order, 1)

    def forget(self, order: Sequence[int]) -> None:
        """No longer count the order of somebody who has left."""
        self._count(order, -1)

    def order(self, measures: Collection[int], chance: random.Random) -> list[int]:
        """Return the next order: at each place what stood least often until there, ties by lot.

        O(n²) for n measures; a measure that was never shown comes first.
        """
        left = chance.sample(sorted(measures), len(measures))
        shown = {measure: self._until(measure) for measure in left}
        found = []
        for place in range(min(EVEN_PLACES, len(left))):
            # Of equals ``min`` takes the first, and they stand in an order of chance.
            least = min(left, key=lambda one, at=place: _ahead(shown[one], at))  # type: ignore[misc]
            left.remove(least)
            found.append(least)
        return found + left

    def _count(self, order: Sequence[int], step: int) -> None:
        for place, measure in enumerate(order[:EVEN_PLACES]):
            self._at.setdefault(measure, [0] * EVEN_PLACES)[place] += step

    def _until(self, measure: int) -> list[int]:
        """Return how often a measure stood at each place or before it."""
        total, found = 0, []
        for n in self._at.get(measure, [0] * EVEN_PLACES):
            total += n
            found.append(total)
        return found


def kept_order(given: Sequence[int], measures: Collection[int], person: int) -> list[int]:
    """Return the order a person has: as it was given, what came later behind by chance.

    Parameters
    ----------
    given : sequence of int
        Empty for people who joined before orders were kept: all by chance, as they had it.
    measures : collection of int
        On the table now.
    person : int
        The row; the same person has the same chance.
    """
    kept = [measure for measure in given if measure in measures]
    later = [measure for measure in measures if measure not in kept]
    own = random.Random(person)  # noqa: S311 - an order, no secret
    return kept + own.sample(later, len(later))


def _ahead(until: Sequence[int], place: int) -> tuple[int, ...]:
    last = EVEN_PLACES - 1
    return (until[place], *(until[min(last, place + step)] for step in _AHEAD))
