"""What the tiers of a ranking allow to be said of its first places."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class _Tier[Id](Protocol):
    @property
    def measures(self) -> tuple[Id, ...]: ...


@dataclass(frozen=True, slots=True)
class Standing[Id]:
    """The first tier of a whole evaluation.

    Attributes
    ----------
    first : tuple
        Items of the first tier; empty where nothing is told apart.
    base : int
        Items of the evaluation, those behind included.
    n_tiers : int
    is_alone : bool
        One item, and no other took its place in the interval of its rank: this is the proof of a
        superlative.
    """

    first: tuple[Id, ...]
    base: int
    n_tiers: int
    is_alone: bool


def standing[Id](
    tiers: Sequence[_Tier[Id]], first_ranks: tuple[int | None, int | None] | None
) -> Standing[Id]:
    """Return what the tiers allow.

    Parameters
    ----------
    tiers : sequence
        Of all items of the evaluation, best first.
    first_ranks : (int, int) or None
        Interval of the rank of the first item; it was simulated against all others together.

    Returns
    -------
    Standing

    Notes
    -----
    A tier compares means over its neighbours. Only the interval of ranks compares an item with
    every other one, so both have to say it: alone in the first tier, and place 1 only.

    Examples
    --------
    >>> from alpclusters.analysis.ranking import Tier
    >>> standing([Tier(1, ("fair",), 0.1), Tier(2, ("lab",), None)], (1, 2)).is_alone
    False
    """
    base = sum(len(tier.measures) for tier in tiers)
    first = tiers[0].measures if len(tiers) > 1 else ()
    is_alone = len(first) == 1 and first_ranks == (1, 1)
    return Standing(first, base, len(tiers), is_alone)
