"""Which wishes to meet, when the pairs meet, and at which tables: few walk in between."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.sparse import csr_array, vstack

from alpclusters.analysis.meetings.problem import Hall, Seat, Wish, pair_of

# --- Which wishes to meet, before anybody asks when: a bound for every plan -----------------------
#
# The slots are forgotten, only how many meetings each guest and the room can hold counts. What is
# best then is never worse than any plan (a relaxation), and mostly it can be placed as it is.


NODES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Wishes that would be best without a clock, and what no plan exceeds.

    Attributes
    ----------
    n_servable : int
        Guests without a fixed meeting that could meet somebody.
    """

    wishes: tuple[Wish, ...]
    bound: int
    n_servable: int


def choose_wishes(hall: Hall, possible: Sequence[Wish]) -> Choice:
    """Choose wishes: first that as many as possible meet somebody, then the sum of weights."""
    if not possible:
        return Choice((), 0, 0)
    model = _Model(hall, possible)
    served = model.most_served()
    picked, bound = model.most_weight(served)
    wishes = tuple(wish for wish, taken in zip(possible, picked, strict=True) if taken)
    return Choice(wishes, bound, served)


class _Model:
    """Variables: one a wish, then one a guest: whether it meets anybody."""

    def __init__(self, hall: Hall, possible: Sequence[Wish]) -> None:
        self.possible = possible
        self.keys = sorted({key for w in possible for key in (w.first, w.second)})
        place = {key: k for k, key in enumerate(self.keys)}
        n, m = len(self.keys), len(possible)
        rows = [place[key] for w in possible for key in (w.first, w.second)]
        columns = np.repeat(np.arange(m), 2)
        self.meets = csr_array((np.ones(2 * m), (rows, columns)), shape=(n, m))
        fixed = [key for seat in hall.fixed for key in seat.pair]
        # Who has a fixed meeting is served already, whatever is chosen.
        self.is_new = np.array([float(key not in fixed) for key in self.keys])
        self.most = np.array([max(hall.most_of(k) - fixed.count(k), 0) for k in self.keys])
        self.room = hall.n_tables * len(hall.open_slots) - len(hall.fixed)
        self.weights = np.array([w.weight for w in possible], dtype=float)
        # Among equal choices that of the earlier plan; all together it is worth less than 1.
        before = {seat.pair for seat in hall.before}
        self.known = np.array([pair_of(w) in before for w in possible]) * 0.9 / m

    def most_served(self) -> int:
        n, m = len(self.keys), len(self.possible)
        goal = np.concatenate([np.zeros(m), -np.ones(n)])
        _picked, bound = self._solve(goal, served=0)
        return int(np.floor(-bound + 1e-6))

    def most_weight(self, served: int) -> tuple[list[bool], int]:
        goal = np.concatenate([-self.weights - self.known, np.zeros(len(self.keys))])
        picked, bound = self._solve(goal, served=served)
        return [value > 0.5 for value in picked], int(np.floor(-bound + 1e-6))  # noqa: PLR2004

    def _solve(self, goal: np.ndarray, *, served: int) -> tuple[np.ndarray, float]:
        from scipy.optimize import Bounds, LinearConstraint, milp

        n, m = len(self.keys), len(self.possible)
        eye = csr_array((np.ones(n), (np.arange(n), np.arange(n))), shape=(n, n))
        none = csr_array((n, n))
        counts = LinearConstraint(_beside(self.meets, none), -np.inf, self.most)
        # Whoever counts as served meets somebody.
        honest = LinearConstraint(_beside(self.meets, -1.0 * eye), 0, np.inf)
        ends = csr_array(
            np.vstack(
                [np.r_[np.ones(m), np.zeros(n)], np.r_[np.zeros(m), np.ones(n)]],
            )
        )
        room = LinearConstraint(ends, [-np.inf, served], [self.room, np.inf])
        answer = milp(
            goal,
            constraints=[counts, honest, room],
            integrality=np.ones(m + n, dtype=np.int64),
            bounds=Bounds(0, np.concatenate([np.ones(m), self.is_new])),
            options={"node_limit": NODES, "mip_rel_gap": 0},
        )
        # Broken off without a bound: no plan has more than everything.
        known = answer.mip_dual_bound
        is_bound = known is not None and np.isfinite(known)
        bound = float(known or 0) if is_bound else float(goal[goal < 0].sum())
        return np.zeros(m) if answer.x is None else answer.x[:m], bound


def _beside(left: csr_array, right: csr_array) -> csr_array:
    return csr_array(vstack([left.T, right.T]).T)


# --- When the chosen pairs meet: an edge colouring with free times and a limited number of tables
#
# A pair is an edge, a slot its colour. Where two people have no slot in common, a chain of
# meetings that alternates between two slots is exchanged (Kempe; the step in the proof of Vizing's
# theorem).


type Pair = tuple[int, int]


@dataclass
class Board:
    """Who meets whom in which slot; changes while it is filled."""

    hall: Hall
    # Partner of each guest by (slot, guest).
    met: dict[tuple[int, int], int] = field(default_factory=dict)
    slot_of: dict[Pair, int] = field(default_factory=dict)
    n_in: dict[int, int] = field(default_factory=dict)
    pinned: set[Pair] = field(default_factory=set)
    n_of: dict[int, int] = field(default_factory=dict)

    def put(self, pair: Pair, slot: int) -> None:
        """Let a pair meet in a slot."""
        first, second = pair
        self.met[slot, first], self.met[slot, second] = second, first
        self.slot_of[pair] = slot
        self.n_in[slot] = self.n_in.get(slot, 0) + 1
        for key in pair:
            self.n_of[key] = self.n_of.get(key, 0) + 1

    def take(self, pair: Pair) -> int:
        """Take a pair out; return its slot."""
        slot = self.slot_of.pop(pair)
        self.n_in[slot] -= 1
        for key in pair:
            del self.met[slot, key]
            self.n_of[key] -= 1
        return slot

    def is_free(self, key: int, slot: int) -> bool:
        """Say whether a guest has time in a slot."""
        return (slot, key) not in self.met and slot not in self.hall.by_key[key].away

    def has_table(self, slot: int) -> bool:
        """Say whether a table is free in a slot."""
        return self.n_in.get(slot, 0) < self.hall.n_tables

    def may_have(self, pair: Pair) -> bool:
        """Say whether neither of the two has all the meetings it takes."""
        return all(self.n_of.get(key, 0) < self.hall.most_of(key) for key in pair)


def place_pairs(
    hall: Hall,
    chosen: Sequence[Wish],
    others: Sequence[Wish],
    *,
    placed: Callable[[int], object] = lambda _n: None,
) -> Board:
    """Place what was chosen, then whatever else still fits; earlier and heavier ones first.

    ``placed`` hears how many of the wishes have been tried.
    """
    board = Board(hall)
    for seat in hall.fixed:
        board.put(seat.pair, seat.slot)
        board.pinned.add(seat.pair)
    _keep(board, hall, {pair_of(wish) for wish in chosen})
    waiting = [wish for wish in _in_order(hall, chosen) if pair_of(wish) not in board.slot_of]
    n_kept, left = len(chosen) - len(waiting), []
    for tried, wish in enumerate(waiting, start=n_kept):
        placed(tried)
        if not _place(board, pair_of(wish)):
            left.append(wish)
    again = (*left, *_in_order(hall, others))
    for tried, wish in enumerate(again, start=len(chosen) - len(left)):
        placed(tried)
        if pair_of(wish) not in board.slot_of:
            _place(board, pair_of(wish)) or _displace(board, wish, chosen, others)
    return board


def _keep(board: Board, hall: Hall, wanted: set[Pair]) -> None:
    """Put meetings of the earlier plan where they were, as far as that still goes."""
    for seat in hall.before:
        pair, slot = seat.pair, seat.slot
        fits = pair in wanted and pair not in board.slot_of and slot in hall.open_slots
        has_room = fits and board.may_have(pair) and board.has_table(slot)
        if has_room and all(board.is_free(key, slot) for key in pair):
            board.put(pair, slot)


def _in_order(hall: Hall, wishes: Iterable[Wish]) -> list[Wish]:
    """Heavy ones first, then those with the fewest slots."""
    return sorted(
        wishes,
        key=lambda w: (-w.weight, len(hall.slots_of(w.first, w.second)), pair_of(w)),
    )


def _place(board: Board, pair: Pair) -> bool:
    if not board.may_have(pair):
        return False
    slots = [s for s in board.hall.slots_of(*pair) if all(board.is_free(k, s) for k in pair)]
    with_table = [slot for slot in slots if board.has_table(slot)]
    if with_table:
        board.put(pair, min(with_table, key=lambda slot: (board.n_in.get(slot, 0), slot)))
        return True
    return _make_table(board, pair, slots) or _exchange(board, pair)


def _make_table(board: Board, pair: Pair, slots: Sequence[int]) -> bool:
    """Move another meeting out of a full slot in which both are free."""
    for slot in slots:
        for other in [p for p, s in board.slot_of.items() if s == slot and p not in board.pinned]:
            for to in board.hall.slots_of(*other):
                if board.has_table(to) and all(board.is_free(k, to) for k in other):
                    board.take(other)
                    board.put(other, to)
                    board.put(pair, slot)
                    return True
    return False


def _exchange(board: Board, pair: Pair) -> bool:
    """Free one slot for both by exchanging two slots along a chain from the second one."""
    first, second = pair
    slots = board.hall.slots_of(first, second)
    for mine in [slot for slot in slots if board.is_free(first, slot)]:
        for theirs in [slot for slot in board.hall.open_slots if board.is_free(second, slot)]:
            chain = _chain(board, second, mine, theirs)
            reaches_both = first in {key for edge in chain for key in edge}
            if not chain or reaches_both or not _swap(board, chain, mine, theirs):
                continue
            if board.has_table(mine) and all(board.is_free(k, mine) for k in pair):
                board.put(pair, mine)
                return True
            _swap(board, chain, mine, theirs)
    return False


def _chain(board: Board, start: int, mine: int, theirs: int) -> list[Pair]:
    """Return the meetings that alternate between two slots, from one guest on."""
    chain: list[Pair] = []
    key, slot = start, mine
    while (slot, key) in board.met:
        other = board.met[slot, key]
        chain.append((min(key, other), max(key, other)))
        key, slot = other, theirs if slot == mine else mine
        if key == start:
            break
    return chain


def _swap(board: Board, chain: Sequence[Pair], mine: int, theirs: int) -> bool:
    """Exchange the two slots of a chain; False and nothing changed where it cannot be."""
    to = {mine: theirs, theirs: mine}
    moves = [(pair, to[board.slot_of[pair]]) for pair in chain]
    away = board.hall.by_key
    if any(pair in board.pinned for pair, _slot in moves):
        return False
    if any(slot in away[key].away for pair, slot in moves for key in pair):
        return False
    change = sum(1 if slot == theirs else -1 for _pair, slot in moves)
    n_mine, n_theirs = board.n_in.get(mine, 0) - change, board.n_in.get(theirs, 0) + change
    if max(n_mine, n_theirs) > board.hall.n_tables:
        return False
    for pair, _slot in moves:
        board.take(pair)
    for pair, slot in moves:
        board.put(pair, slot)
    return True


def _displace(board: Board, wish: Wish, chosen: Sequence[Wish], others: Sequence[Wish]) -> bool:
    """Put a wish in the place of lighter ones, where that is worth more."""
    weights = {pair_of(w): w.weight for w in (*chosen, *others)}
    for slot in board.hall.slots_of(wish.first, wish.second):
        rivals = set(_rivals(board, wish, slot))
        lost = sum(weights.get(pair, 0) for pair in rivals)
        if lost >= wish.weight or rivals & board.pinned:
            continue
        for pair in rivals:
            board.take(pair)
        is_fair = not _unserves(board, wish, rivals)
        if is_fair and board.may_have(pair_of(wish)) and board.has_table(slot):
            board.put(pair_of(wish), slot)
            return True
        for pair in rivals:
            board.put(pair, slot)
    return False


def _unserves(board: Board, wish: Wish, gone: Iterable[Pair]) -> bool:
    """Say whether more guests lose their only meeting than get one: being served comes first."""
    own = {wish.first, wish.second}
    left = {key for pair in gone for key in pair} - own
    had = own & {key for pair in gone for key in pair}
    lost = sum(not board.n_of.get(key, 0) for key in left)
    won = sum(not board.n_of.get(key, 0) and key not in had for key in own)
    return lost > won


def _rivals(board: Board, wish: Wish, slot: int) -> Iterator[Pair]:
    for key in (wish.first, wish.second):
        if (slot, key) in board.met:
            other = board.met[slot, key]
            yield min(key, other), max(key, other)


# --- At which table a pair meets: few walk between two meetings -----------------------------------


def seat_pairs(hall: Hall, slot_of: Mapping[Pair, int]) -> list[Seat]:
    """Give every meeting a table; fixed and earlier ones keep theirs where they can."""
    fixed = {seat.pair: seat.table for seat in hall.fixed}
    before = {(seat.pair, seat.slot): seat.table for seat in hall.before}
    sat_at: dict[int, int] = {}
    seats: list[Seat] = []
    for slot in hall.open_slots:
        pairs = sorted(pair for pair, at in slot_of.items() if at == slot)
        tables = _tables(hall, slot, pairs, fixed, before, sat_at)
        for pair, table in zip(pairs, tables, strict=True):
            sat_at.update(dict.fromkeys(pair, table))
            seats.append(Seat(*pair, slot, table, hall.language_of(*pair)))
    return seats


def count_changes(seats: Sequence[Seat]) -> int:
    """Count how often somebody changes tables between two meetings."""
    sat_at: dict[int, int] = {}
    n = 0
    for seat in sorted(seats, key=lambda seat: (seat.slot, seat.table)):
        for key in seat.pair:
            n += sat_at.get(key, seat.table) != seat.table
            sat_at[key] = seat.table
    return n


def _tables(
    hall: Hall,
    slot: int,
    pairs: Sequence[Pair],
    fixed: Mapping[Pair, int],
    before: Mapping[tuple[Pair, int], int],
    sat_at: Mapping[int, int],
) -> list[int]:
    """Assign pairs to tables at the least cost: walks, and a table that was announced."""
    from scipy.optimize import linear_sum_assignment

    cost = np.zeros((len(pairs), hall.n_tables))
    for row, pair in enumerate(pairs):
        for key in pair:
            if key in sat_at:
                cost[row] += 1.0
                cost[row, sat_at[key] - 1] -= 1.0
        for known, weight in ((fixed.get(pair), 1e6), (before.get((pair, slot)), 10.0)):
            if known is not None and 1 <= known <= hall.n_tables:
                cost[row] += weight
                cost[row, known - 1] -= weight
    # Among equal tables the first ones: nobody sits alone at the far end.
    cost += np.arange(hall.n_tables) * 1e-6
    return [int(table) + 1 for table in linear_sum_assignment(cost)[1]]
