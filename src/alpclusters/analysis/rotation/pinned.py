"""Words where some guests stay at one table in all rounds: they never move, like hosts."""

from dataclasses import replace

import numpy as np

from alpclusters.analysis.rotation.balance import choose_balanced, table_sizes
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.layouts import Layout, lay_out
from alpclusters.analysis.rotation.wishes import Wishes
from alpclusters.analysis.rotation.words import complete_words


def lay_out_pinned(wishes: Wishes, *, stay: bool, seed: int) -> Layout:
    """Lay out words for all guests, constant words among them for those pinned throughout.

    Notes
    -----
    A constant word meets every word without revisits at most once, so one guest per table who
    stays costs no repeat. The others take words that balance the tables; where no such choice
    is found, the first words, and `repair.keep_pins` balances them at some cost.
    """
    staying = _staying(wishes)
    n_moving = wishes.n - len(staying)
    if not len(staying) or not n_moving:
        return lay_out(wishes.n, wishes.tables, wishes.rounds, stay=stay, seed=seed)
    moving = lay_out(n_moving, wishes.tables, wishes.rounds, stay=stay, seed=seed)
    words = _balancing(moving.words, staying, wishes, seed=seed)
    layout = replace(moving, words=np.concatenate([words, staying]), spare=staying[:0])
    return replace(layout, searchable=True)


def _staying(wishes: Wishes) -> IntArray:
    """Return the constant words of guests pinned to one table in every round."""
    fixed = (wishes.pins >= 0).all(axis=1) & (np.ptp(wishes.pins, axis=1) == 0)
    return wishes.pins[fixed] if wishes.rounds > 1 else wishes.pins[:0]


def _balancing(words: IntArray, staying: IntArray, wishes: Wishes, *, seed: int) -> IntArray:
    """Choose words that fill up the tables where people stay."""
    loads = table_sizes(staying, wishes.tables)
    if wishes.rounds > wishes.tables:
        return words
    complete = complete_words(wishes.tables, wishes.rounds)
    pool = words if complete is None or len(complete.words) < len(words) else complete.words
    chosen = choose_balanced(pool, len(words), tables=wishes.tables, loads=loads, seed=seed)
    return words if chosen.excess else pool[chosen.rows]
