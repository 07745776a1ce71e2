"""Make a start keep its pins and its balance before the search improves it."""

import numpy as np

from alpclusters.analysis.rotation.balance import table_sizes
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.search import REVISIT_WEIGHT


def keep_pins(seats: IntArray, pins: IntArray, *, tables: int) -> IntArray:
    """Move everybody pinned to the pinned table, in exchange with somebody free there.

    Parameters
    ----------
    seats, pins : array of shape (n_guests, n_rounds)
        ``pins`` is -1 where free; it fits balanced tables (`check_wishes`).

    Returns
    -------
    array of shape (n_guests, n_rounds)
        All pins kept, all tables balanced.
    """
    seats = seats.copy()
    for guest, round_ in np.argwhere((pins >= 0) & (pins != seats)):
        target = pins[guest, round_]
        partners = np.flatnonzero((seats[:, round_] == target) & (pins[:, round_] < 0))
        if len(partners):
            prices = [
                price_of_seat(seats, p, round_, int(seats[guest, round_]))
                for p in partners.tolist()
            ]
            seats[partners[int(np.argmin(prices))], round_] = seats[guest, round_]
        seats[guest, round_] = target
    return balance(seats, pins, tables=tables)


def balance(seats: IntArray, pins: IntArray, *, tables: int) -> IntArray:
    """Move free guests from the fullest to the emptiest tables until sizes differ by one."""
    seats = seats.copy()
    for round_ in range(seats.shape[1]):
        while True:
            sizes = table_sizes(seats[:, round_ : round_ + 1], tables)[0]
            target = int(np.argmin(sizes))
            free = np.flatnonzero(
                (pins[:, round_] < 0) & (sizes[seats[:, round_]] > sizes[target] + 1)
            )
            if not len(free):
                break
            prices = [
                price_of_seat(seats, int(guest), round_, target)
                - 1000 * sizes[seats[guest, round_]]
                for guest in free
            ]
            seats[free[int(np.argmin(prices))], round_] = target
    return seats


def price_of_seat(seats: IntArray, guest: int, round_: int, table: int) -> float:
    """Return what sitting there would cost: known faces, and a table seen before."""
    others = np.delete(np.arange(seats.shape[1]), round_)
    there = seats[:, round_] == table
    known = (seats[there][:, others] == seats[guest, others]) & (seats[guest, others] >= 0)
    met = known.any(axis=1).sum()
    return float(met + REVISIT_WEIGHT * (seats[guest, others] == table).any())
