"""What the search for opinion groups yields, and whether they would be found again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.opinion.checks import BoolArray, FloatArray, IntArray, frozen
from alpclusters.analysis.opinion.structure.results import Structure

# --- How far two partitions of the same people agree ----------------------------------------------


def adjusted_rand_index(first: ArrayLike, second: ArrayLike) -> float:
    """Compare two partitions of the same people, corrected for chance.

    With pairs C(n, 2), S the pairs together in both, A and B those together in each and
    E = A B / C(n, 2): (S - E) / ((A + B) / 2 - E).

    Parameters
    ----------
    first, second : array_like of shape (n_people,)
        Any labels.

    Returns
    -------
    float
        1 the same partition, 0 as by chance, at least -0.5; 1 where both are trivial (one
        group, or everybody alone).

    Raises
    ------
    ShapeError
        Of different length.
    NotFiniteError
        NaN or infinity among the labels.

    References
    ----------
    .. [1] L. Hubert, P. Arabie, Comparing partitions, Journal of Classification 2 (1985),
       193-218.

    Examples
    --------
    >>> round(adjusted_rand_index([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]), 10)
    0.2424242424
    >>> adjusted_rand_index([0, 0, 1, 1], [1, 1, 0, 0])
    1.0
    """
    left, right = np.asarray(first), np.asarray(second)
    if left.ndim != 1 or left.shape != right.shape:
        code = "groups.length"
        raise ShapeError(
            code, where=Where(argument="second"), found=str(right.size), expected=str(left.size)
        )
    for name, labels in (("first", left), ("second", right)):
        if labels.dtype.kind == "f" and not np.isfinite(labels).all():
            code = "ratings.not_finite"
            raise NotFiniteError(code, where=Where(argument=name))
    table = _contingency(left, right)
    together = _pairs(table).sum()
    apart = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    all_pairs = _pairs(table.sum())
    expected = apart[0] * apart[1] / all_pairs if all_pairs else 0.0
    spread = (apart[0] + apart[1]) / 2 - expected
    return float((together - expected) / spread) if spread else 1.0


def _contingency(left: NDArray[np.generic], right: NDArray[np.generic]) -> FloatArray:
    rows, row = np.unique(left, return_inverse=True)
    columns, column = np.unique(right, return_inverse=True)
    cells = np.bincount(row * columns.size + column, minlength=rows.size * columns.size)
    return cells.reshape(rows.size, columns.size).astype(np.float64)


def _pairs(counts: FloatArray | np.float64) -> FloatArray:
    return np.asarray(counts * (counts - 1) / 2)


# --- Whether the groups would be found again among other people like these ------------------------


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


# --- What the search for opinion groups yields ----------------------------------------------------


Kind = Literal["found", "declared"]


@dataclass(frozen=True, slots=True, eq=False)
class OpinionGroups:
    """Who votes alike, where people and statements lie, and how sure the groups are.

    Attributes
    ----------
    members : array of int, shape (n_people,)
        Group of each person, 0 the greatest; -1 is not placed.
    k : int
        Groups; 0 if nobody is placed.
    sizes : tuple of int
        People per group.
    kind : {'found', 'declared'}
        Whether the groups come from the votes or were stated by the people.
    names : tuple
        Names of declared groups in the order of their numbers; empty for found ones.
    silhouettes, inertia : array of shape (n_tried,)
        For k = 2, 3, ...; empty if no groups were looked for.
    candidates : array of bool, shape (n_tried,)
        Whether every group of that k has at least 5 people.
    projection : array of shape (n_people, 2)
        Where people lie, those not placed too.
    components : array of shape (2, n_statements)
        Unit vectors over the statements used; NaN for rejected statements.
    centre : array of shape (n_statements,)
        Mean vote, 0 where nobody voted; NaN for rejected statements.
    strictness_ratio : float
        By which each person's strictness was shrunk before it was taken out of the votes, as in
        `Structure`; NaN where it was kept.
    statement_places : array of shape (n_statements, 2)
        Where a person would lie who only agrees with the statement; NaN for rejected ones.
    used : array of bool, shape (n_statements,)
        Statements that are not rejected.
    variances, variance_shares : array of shape (3,)
        Of the three leading components, and as a share of all variance; NaN if there is none.
    stability : Stability or None
        None where no groups were looked for, or no resamples drawn.
    structure : Structure or None
        Whether there are camps at all; None where that was not asked.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``nobody_placed``, ``fewer_than_40``, ``declared_too_small``,
        ``no_variation``, ``no_camps``, ``camps_unknown``, ``yes_saying``, ``no_groups``,
        ``groups_uncertain``, ``groups_not_stable``.
    conventions : Conventions
    """

    members: IntArray
    k: int
    sizes: tuple[int, ...]
    kind: Kind
    names: tuple[Id, ...]
    silhouettes: FloatArray
    inertia: FloatArray
    candidates: BoolArray
    projection: FloatArray
    components: FloatArray
    centre: FloatArray
    strictness_ratio: float
    statement_places: FloatArray
    used: BoolArray
    variances: FloatArray
    variance_shares: FloatArray
    stability: Stability | None
    structure: Structure | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def n_placed(self) -> int:
        """People in a group."""
        return sum(self.sizes)

    @property
    def eigenvalues(self) -> FloatArray:
        """The three greatest eigenvalues of Z'Z, the centred votes' cross products."""
        return self.variances * max(1, self.members.size - 1)
