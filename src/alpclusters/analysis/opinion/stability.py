"""Whether the groups would be found again among other people like these."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from alpclusters.analysis.opinion.agreement import adjusted_rand_index
from alpclusters.analysis.opinion.arrays import FloatArray, IntArray, frozen

STABLE_MEDIAN: Final = 0.80
STABLE_LOW: Final = 0.60
UNCERTAIN_MEDIAN: Final = 0.50
MAX_PEOPLE: Final = 4_000
DRAWN: Final = 1_000

Word = Literal["stable", "uncertain", "not_stable"]
# From rows (with repetition) to a label per row; -1 is not placed.
Grouping = Callable[[IntArray, np.random.Generator], IntArray]


@dataclass(frozen=True, slots=True)
class Stability:
    """How like the groups stay when people are drawn anew.

    Attributes
    ----------
    word : {'stable', 'uncertain', 'not_stable'}
        Stable: median at least 0.80 and 5 % quantile at least 0.60; uncertain: median at
        least 0.50. Our convention.
    median, low : float
        Median and 5 % quantile of the adjusted Rand index with the groups found.
    indices : array of shape (n_resamples,)
        The index of each resample.
    k_chosen : tuple of int
        How often 1, 2, 3, ... groups were taken.
    n_drawn : int
        People per resample, with replacement.
    """

    word: Word
    median: float
    low: float
    indices: FloatArray
    k_chosen: tuple[int, ...]
    n_drawn: int

    def as_record(self) -> dict[str, object]:
        """Return the figures as a plain mapping for JSON."""
        return {
            "word": self.word,
            "median": self.median,
            "low": self.low,
            "k_chosen": list(self.k_chosen),
            "resamples": int(self.indices.size),
            "n_drawn": self.n_drawn,
        }


def measure_stability(
    members: IntArray, regroup: Grouping, *, resamples: int, k_max: int, rng: np.random.Generator
) -> Stability:
    """Draw people with replacement, group them afresh and compare.

    Parameters
    ----------
    members : array of int, shape (n_people,)
    regroup : callable
        Does everything anew for some rows, the choice of k included.
    resamples, k_max : int
    rng : numpy.random.Generator

    Returns
    -------
    Stability

    Notes
    -----
    The index is taken over the distinct people placed both times. Above 4,000 people 1,000
    are drawn.
    """
    n_drawn = members.size if members.size <= MAX_PEOPLE else DRAWN
    indices, chosen = np.empty(resamples), np.zeros(k_max, np.int64)
    for place, own in enumerate(rng.spawn(resamples)):
        rows = np.sort(own.integers(members.size, size=n_drawn))
        labels = regroup(rows, own)
        indices[place] = _index(members, rows, labels)
        chosen[max(0, int(labels.max(initial=0)))] += 1
    median, low = (float(np.quantile(indices, share)) for share in (0.5, 0.05))
    word = _word(median, low)
    return Stability(word, median, low, frozen(indices), tuple(chosen.tolist()), int(n_drawn))


def _index(members: IntArray, rows: IntArray, labels: IntArray) -> float:
    people, first = np.unique(rows, return_index=True)
    before, after = members[people], labels[first]
    both = (before >= 0) & (after >= 0)
    return adjusted_rand_index(before[both], after[both])


def _word(median: float, low: float) -> Word:
    if median >= STABLE_MEDIAN and low >= STABLE_LOW:
        return "stable"
    return "uncertain" if median >= UNCERTAIN_MEDIAN else "not_stable"
