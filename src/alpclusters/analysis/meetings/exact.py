"""The whole problem with its clock as a mixed-integer model, for small halls."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.meetings.placing import Board
from alpclusters.analysis.meetings.problem import Hall, Wish, pair_of

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
