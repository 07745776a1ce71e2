"""Plan bilateral meetings: as many people served as possible, then as much wish as possible."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.meetings.placing import (
    Board,
    Choice,
    Pair,
    choose_wishes,
    count_changes,
    place_pairs,
    seat_pairs,
)
from alpclusters.analysis.meetings.problem import (
    Hall,
    MeetingPlan,
    Reason,
    Seat,
    Unmet,
    Wish,
    pair_of,
)

# --- The whole problem with its clock as a mixed-integer model, for small halls -------------------


NODES: Final = 4_000


def place_exactly(hall: Hall, wishes: Sequence[Wish]) -> tuple[Board, tuple[int, int]]:
    """Place pairs by HiGHS: first people served, then weight; return bounds for both.

    A limit on nodes, not on time, keeps the result the same on every machine.
    """
    places = [
        (number, slot)
        for number, wish in enumerate(wishes)
        for slot in hall.slots_of(wish.first, wish.second)
        if not _is_taken(hall, wish, slot)
    ]
    keys = sorted({key for wish in wishes for key in (wish.first, wish.second)})
    fixed = {key for seat in hall.fixed for key in seat.pair}
    model = _rows(hall, wishes, places, keys)
    n, m = len(keys), len(places)
    weights = np.array([wishes[number].weight for number, _slot in places], dtype=float)
    # Among equal plans the earlier one; all together it is worth less than 1.
    before = {(seat.pair, seat.slot) for seat in hall.before}
    weights += [0.9 / m * ((pair_of(wishes[k]), slot) in before) for k, slot in places]
    new = np.array([0.0 if key in fixed else -1.0 for key in keys])
    _x, served = _solve(np.r_[np.zeros(m), new], model, (m, n), least=0)
    picked, weight = _solve(np.r_[-weights, np.zeros(n)], model, (m, n), least=served, new=new)
    board = Board(hall)
    for seat in hall.fixed:
        board.put(seat.pair, seat.slot)
        board.pinned.add(seat.pair)
    for (number, slot), value in zip(places, picked, strict=True):
        if value > 0.5:  # noqa: PLR2004 - of 0 and 1
            board.put(pair_of(wishes[number]), slot)
    return board, (served + len(fixed), weight)


def _is_taken(hall: Hall, wish: Wish, slot: int) -> bool:
    pair = set(pair_of(wish))
    return any(seat.slot == slot and pair & set(seat.pair) for seat in hall.fixed)


def _rows(
    hall: Hall, wishes: Sequence[Wish], places: Sequence[tuple[int, int]], keys: Sequence[int]
) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Return matrix and limits: each row sums what may happen at most so often."""
    n_fixed = [key for seat in hall.fixed for key in seat.pair]
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for column, (number, slot) in enumerate(places):
        groups["pair", number].append(column)
        groups["slot", slot].append(column)
        for key in pair_of(wishes[number]):
            groups["time", key, slot].append(column)
            groups["most", key].append(column)
    limits = {"pair": 1, "time": 1}
    high = [
        hall.n_tables - sum(seat.slot == name[1] for seat in hall.fixed)
        if name[0] == "slot"
        # Fixed meetings may be more than a guest wants.
        else max(hall.most_of(name[1]) - n_fixed.count(name[1]), 0)
        if name[0] == "most"
        else limits[name[0]]
        for name in groups
    ]
    m = len(places)
    rows: list[tuple[list[int], list[int]]] = [(columns, []) for columns in groups.values()]
    served = [(groups["most", key], [m + place]) for place, key in enumerate(keys)]
    matrix = _matrix([*rows, *served], m + len(keys))
    low = np.r_[np.full(len(rows), -np.inf), np.zeros(len(served))]
    return matrix, low, np.r_[np.array(high, dtype=float), np.full(len(served), np.inf)]


def _matrix(rows: Iterable[tuple[list[int], list[int]]], n_columns: int) -> csr_array:
    data, columns, ends = [], [], [0]
    for plus, minus in rows:
        data += [1.0] * len(plus) + [-1.0] * len(minus)
        columns += [*plus, *minus]
        ends.append(len(columns))
    return csr_array((data, columns, ends), shape=(len(ends) - 1, n_columns))


def _solve(
    goal: np.ndarray,
    model: tuple[csr_array, np.ndarray, np.ndarray],
    size: tuple[int, int],
    *,
    least: int,
    new: np.ndarray | None = None,
) -> tuple[np.ndarray, int]:
    from scipy.optimize import Bounds, LinearConstraint, milp

    m, n = size
    constraints = [LinearConstraint(*model)]
    if new is not None and least:
        constraints.append(LinearConstraint(np.r_[np.zeros(m), -new][None, :], least, np.inf))
    answer = milp(
        goal,
        constraints=constraints,
        integrality=np.ones(m + n, dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"node_limit": NODES, "mip_rel_gap": 0},
    )
    known = answer.mip_dual_bound
    bound = -goal.sum() if known is None or not np.isfinite(known) else -known
    picked = np.zeros(m) if answer.x is None else answer.x[:m]
    return picked, int(np.floor(bound + 1e-6))


# --- Plan bilateral meetings: as many people served as possible, then as much wished for ----------


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
