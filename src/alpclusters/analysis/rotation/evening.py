"""After walk-outs: the tables of a round are made even again by moving as few guests as needed."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from alpclusters.analysis.rotation.balance import table_sizes
from alpclusters.analysis.rotation.counts import check_count
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import BoolArray, wrong_matrix
from alpclusters.analysis.rotation.recounting import recounted
from alpclusters.analysis.rotation.repair import price_of_seat
from alpclusters.analysis.rotation.results import SeatPlan, frozen
from alpclusters.analysis.rotation.wishes import Guest


def even_out(
    plan: SeatPlan, round_index: int, *, movable: Collection[Guest] | None = None
) -> SeatPlan:
    """Move guests of one round until its tables are at most one apart in size.

    Parameters
    ----------
    plan : SeatPlan
        Pins and pairs to keep apart are not known to it: leave out of ``movable`` whom they bind.
    round_index : int
        The round, from 1; all others stand.
    movable : collection of hashable, optional
        Who may be moved; ``None``: everybody.

    Returns
    -------
    SeatPlan
        As few guests as possible sit elsewhere. Where too few may be moved, tables stay further
        apart. A table that nobody sits at stays empty: it may be closed.

    Raises
    ------
    AnalysisError
        A round that does not exist.

    Notes
    -----
    One guest at a time goes from a largest table to a smallest one, the guest for whom this costs
    least: repeats, a return to a table (30 repeats), a language not spoken there. A move makes
    the tables more even by one guest, so no fewer moves can do.

    Examples
    --------
    >>> from alpclusters.analysis.rotation import remove_guest, seat
    >>> plan = seat(24, 6, 4)
    >>> for guest in plan.rounds[2][0][:3]:
    ...     plan = remove_guest(plan, guest, from_round=3)
    >>> plan.certificate.sizes[2], even_out(plan, 3).certificate.sizes[2]
    ((1, 4, 4, 4, 4, 4), (3, 4, 4, 3, 3, 4))
    """
    place = check_count(round_index, "round_index", most=plan.seats.shape[1]) - 1
    seats = plan.seats.copy()
    free = np.array([movable is None or guest in movable for guest in plan.guests], dtype=np.bool_)
    prices = _prices(plan)
    while move := _cheapest(seats, place, plan.tables, free, prices):
        guest, table = move
        seats[guest, place] = table
    return recounted(replace(plan, seats=frozen(seats)))


def _prices(plan: SeatPlan) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    if plan.languages is None:
        return np.zeros((len(plan.guests), plan.tables))
    weight = plan.conventions.threshold("language_weight") or 0.0
    return weight * np.asarray(wrong_matrix(plan.languages), dtype=np.float64)


def _cheapest(
    seats: IntArray,
    place: int,
    tables: int,
    free: BoolArray,
    prices: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> tuple[int, int] | None:
    """Return whom to move where next; None if tables are even or nobody may be moved."""
    sizes = table_sizes(seats[:, place : place + 1], tables)[0]
    column = seats[:, place]
    least = sizes[sizes > 0].min(initial=len(seats))
    smallest = np.flatnonzero(sizes == least).tolist()
    for size in sorted({int(size) for size in sizes if size > least + 1}, reverse=True):
        at_largest = np.isin(column, np.flatnonzero(sizes == size)) & free
        moves = [
            (_gain(seats, guest, place, table, prices), guest, table)
            for guest in np.flatnonzero(at_largest).tolist()
            for table in smallest
        ]
        if moves:
            return min(moves)[1:]
    return None


def _gain(
    seats: IntArray,
    guest: int,
    place: int,
    table: int,
    prices: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> float:
    """Return what the move costs, less what it spares."""
    own = int(seats[guest, place])
    there = price_of_seat(seats, guest, place, table) + prices[guest, table]
    # The guest is found at the own table too, and has been wherever the guest was.
    met_oneself = 1.0 if (np.delete(seats[guest], place) >= 0).any() else 0.0
    here = price_of_seat(seats, guest, place, own) - met_oneself + prices[guest, own]
    return float(there - here)
