"""Other ways to run a World Café: return to the first table, walking hosts."""

from dataclasses import replace

import numpy as np

from alpclusters.analysis.rotation.layouts import Layout, lay_out
from alpclusters.analysis.rotation.reasons import Reason
from alpclusters.analysis.rotation.settings import Variant


def lay_out_variant(
    guests: int, tables: int, rounds: int, *, variant: Variant, seed: int
) -> Layout:
    """Lay out a plan whose repeats are intended; its reasons say so.

    Parameters
    ----------
    guests, tables, rounds : int
    variant : {'return', 'walking_hosts'}
        ``return``: the last round repeats the first; its repeats are the pairs of round 1.
        ``walking_hosts``: guests are fixed groups; the table is that of the host who comes.
    seed : int
    """
    if variant == "walking_hosts":
        return _walking_hosts(guests, tables, rounds)
    if rounds == 1:
        return lay_out(guests, tables, rounds, seed=seed)
    there = lay_out(guests, tables, rounds - 1, seed=seed)
    words = np.column_stack([there.words, there.words[:, 0]])
    spare = np.column_stack([there.spare, there.spare[:, 0]])
    reasons = (Reason("returns_to_first"), *there.reasons)
    return replace(there, words=words, spare=spare, reasons=reasons)


def _walking_hosts(guests: int, tables: int, rounds: int) -> Layout:
    group = np.arange(guests)[:, None]
    words = (group + np.arange(rounds)) % tables
    reasons = [Reason("fixed_groups")] if rounds > 1 else []
    if rounds > tables:
        back = (("rounds", rounds), ("tables", tables), ("revisits", guests * (rounds - tables)))
        reasons.append(Reason("more_rounds_than_tables", back))
    return Layout(words, words[:0], "walking hosts", tuple(reasons))
