"""At which table a pair meets: few walk between two meetings."""

from collections.abc import Mapping, Sequence

import numpy as np

from alpclusters.analysis.meetings.placing import Pair
from alpclusters.analysis.meetings.problem import Hall, Seat


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
