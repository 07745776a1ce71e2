"""Plan bilateral meetings: as many people served as possible, then as much wished for."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.meetings.choosing import Choice, choose_wishes
from alpclusters.analysis.meetings.exact import place_exactly
from alpclusters.analysis.meetings.placing import Board, Pair, place_pairs
from alpclusters.analysis.meetings.problem import (
    Hall,
    MeetingPlan,
    Reason,
    Seat,
    Unmet,
    Wish,
    pair_of,
)
from alpclusters.analysis.meetings.tables import count_changes, seat_pairs

# Pairs times slots up to which the plan is also looked for with the clock in the model.
SMALL: Final = 3_000
# The choice and the tables, beside one step for every wish.
_STEPS: Final = 2

type Progress = Callable[[int, int], object]


def plan_meetings(hall: Hall, *, progress: Progress | None = None) -> MeetingPlan:
    """Plan who meets whom, when and at which table.

    In this order: as many guests as possible meet somebody; the sum of the weights of the met
    wishes; meetings of an earlier plan stay at their time; few change tables. The same for the
    same hall. The bound is that of the model without a clock, or of the exact model where that
    was small enough to be solved.

    Parameters
    ----------
    hall : Hall
        Guests, wishes, slots, tables.
    progress : callable, optional
        Called with steps done and steps in all; returns False to end the work.

    Returns
    -------
    MeetingPlan
        With a bound, and a reason for every wish that is not met.

    Raises
    ------
    AnalysisError
        ``meetings.cancelled`` if the work was ended.

    Examples
    --------
    >>> from alpclusters.analysis.meetings import Guest, Wish
    >>> people = tuple(Guest(key, ("en",)) for key in (1, 2, 3, 4))
    >>> plan = plan_meetings(Hall(people, (Wish(2, 3, 9), Wish(1, 2), Wish(3, 4)), 1, 2))
    >>> [seat.pair for seat in plan.seats], plan.n_served, plan.is_best
    ([(1, 2), (3, 4)], 4, True)
    """
    fixed = {seat.pair for seat in hall.fixed}
    # In one order, whatever the caller's is: the same hall has the same plan.
    wishes = sorted((w for w in hall.wishes if pair_of(w) not in fixed), key=pair_of)
    possible = [wish for wish in wishes if not _impossible(hall, wish)]
    say = _teller(progress, len(possible) + _STEPS)
    say(0)
    choice = choose_wishes(hall, possible)
    say(1)
    picked = {pair_of(wish) for wish in choice.wishes}
    rest = [wish for wish in possible if pair_of(wish) not in picked]
    board = place_pairs(hall, choice.wishes, rest, placed=lambda n: say(n + 1))
    bounds = _bounds(hall, choice)
    if _figures(hall, board.slot_of, possible) < bounds and _n_places(hall, possible) <= SMALL:
        board, bounds = _better(hall, possible, board, bounds)
    told = _told(hall, board, wishes, bounds)
    say(len(possible) + _STEPS)
    return told


def _teller(progress: Progress | None, total: int) -> Callable[[int], None]:
    def say(done: int) -> None:
        if progress is not None and progress(done, total) is False:
            raise AnalysisError("meetings.cancelled")

    return say


def unmet_wishes(hall: Hall, seats: Sequence[Seat]) -> tuple[Unmet, ...]:
    """List the wishes that a plan does not meet, each with the first reason that holds.

    Parameters
    ----------
    hall : Hall
    seats : sequence of Seat
        A plan without mistakes, also one that was changed by hand.

    Returns
    -------
    tuple of Unmet
        By the keys of the pair.

    Examples
    --------
    >>> from alpclusters.analysis.meetings import Guest, Wish
    >>> people = tuple(Guest(key, ("en",)) for key in (1, 2, 3))
    >>> hall = Hall(people, (Wish(1, 2), Wish(1, 3)), 1, 1)
    >>> unmet_wishes(hall, [Seat(1, 2, 1, 1, "en")])
    (Unmet(first=1, second=3, weight=1, reason='taken'),)
    """
    board = Board(hall)
    for seat in seats:
        board.put(seat.pair, seat.slot)
    wishes = sorted((w for w in hall.wishes if pair_of(w) not in board.slot_of), key=pair_of)
    return _unmet(hall, board, wishes)


def _unmet(hall: Hall, board: Board, wishes: Sequence[Wish]) -> tuple[Unmet, ...]:
    return tuple(
        Unmet(wish.first, wish.second, wish.weight, _why(hall, board, wish))
        for wish in wishes
        if pair_of(wish) not in board.slot_of
    )


def _better(
    hall: Hall, possible: Sequence[Wish], board: Board, bounds: tuple[int, int]
) -> tuple[Board, tuple[int, int]]:
    """Ask the exact model; keep what it finds if that is better, and its bounds in any case."""
    found, exact = place_exactly(hall, possible)
    if _figures(hall, found.slot_of, possible) > _figures(hall, board.slot_of, possible):
        board = found
    return board, min(bounds, exact)


def _n_places(hall: Hall, possible: Sequence[Wish]) -> int:
    return sum(len(hall.slots_of(wish.first, wish.second)) for wish in possible)


def _bounds(hall: Hall, choice: Choice) -> tuple[int, int]:
    """Return how many can be served, those with fixed meetings among them, and the weight."""
    fixed = {key for seat in hall.fixed for key in seat.pair}
    return choice.n_servable + len(fixed), choice.bound


def _figures(hall: Hall, met: Collection[Pair], wishes: Sequence[Wish]) -> tuple[int, int]:
    """Return how many are served and the weight of what is met."""
    served = {key for pair in met for key in pair} | {k for s in hall.fixed for k in s.pair}
    return len(served), sum(wish.weight for wish in wishes if pair_of(wish) in met)


def _impossible(hall: Hall, wish: Wish) -> Reason | None:
    if hall.needs_language and not hall.language_of(wish.first, wish.second):
        return "no_language"
    if not hall.slots_of(wish.first, wish.second):
        return "no_slot"
    return None


def _told(hall: Hall, board: Board, wishes: Sequence[Wish], bounds: tuple[int, int]) -> MeetingPlan:
    seats = seat_pairs(hall, board.slot_of)
    n_served, weight = _figures(hall, board.slot_of, wishes)
    fixed = {seat.pair for seat in hall.fixed}
    weight += sum(wish.weight for wish in hall.wishes if pair_of(wish) in fixed)
    more = sum(wish.weight for wish in hall.wishes if pair_of(wish) in fixed)
    n_servable, bound = bounds[0], bounds[1] + more
    return MeetingPlan(
        seats=tuple(sorted(seats, key=lambda seat: (seat.slot, seat.table))),
        unmet=_unmet(hall, board, wishes),
        weight=weight,
        bound=max(bound, weight),
        n_served=n_served,
        n_servable=max(n_servable, n_served),
        n_moved=_n_moved(hall.before, seats),
        n_changes=count_changes(seats),
        is_best=(n_served, weight) >= (n_servable, bound),
    )


def _why(hall: Hall, board: Board, wish: Wish) -> Reason:
    """Say why a wish is not met: the first of the reasons that holds."""
    if reason := _impossible(hall, wish):
        return reason
    # Whoever has a meeting in every free slot wanted no fewer: its time is taken.
    limits = {key: hall.by_key[key].most for key in pair_of(wish)}
    if any(most is not None and board.n_of.get(k, 0) >= most for k, most in limits.items()):
        return "limit"
    slots = hall.slots_of(wish.first, wish.second)
    free = [s for s in slots if all(board.is_free(k, s) for k in pair_of(wish))]
    return "tables" if free else "taken"


def _n_moved(before: Sequence[Seat], seats: Sequence[Seat]) -> int:
    now = {(seat.pair, seat.slot) for seat in seats}
    return sum((seat.pair, seat.slot) not in now for seat in before)
