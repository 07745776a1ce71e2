"""Answers that were seen, person by person, and how strict each person is."""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Ratings
from alpclusters.analysis.opinion.checks import BoolArray, FloatArray, IntArray
from alpclusters.analysis.opinion.votes import Block, Votes

if TYPE_CHECKING:
    from scipy.sparse import csr_array


# --- Answers that were seen, person by person: what all steps of the structure work on ------------


VOTE_POINTS: Final = (-1.0, 0.0, 1.0)
MAX_POINTS: Final = 11  # of a finer scale neighbouring points are taken together
Codes = NDArray[np.int8]
Places = NDArray[np.int32]
Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Seen cells of a table of people by statements, sorted by person, then statement.

    Attributes
    ----------
    shape : (int, int)
        People and statements.
    person, item : array of int32, shape (n_cells,)
    code : array of int8, shape (n_cells,)
        Place of the answer among ``points``.
    points : array of shape (n_points,)
        The scale from low to high.
    """

    shape: tuple[int, int]
    person: Places
    item: Places
    code: Codes
    points: FloatArray

    @classmethod
    def of_votes(cls, votes: Votes) -> Self:
        """Store votes; shape (n_people, n_statements)."""
        blocks = [_cells_of(block) for block in votes.blocks()]
        blocks.append((np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int8)))
        person, item, code = (np.concatenate(part) for part in zip(*blocks, strict=True))
        return cls(votes.shape, person, item, code, np.array(VOTE_POINTS))

    @classmethod
    def of_ratings(cls, ratings: Ratings) -> Self:
        """Store ratings; "cannot judge" is not seen. A scale of many points is made coarser."""
        shape = (len(ratings.rater_ids), len(ratings.measure_ids))
        points = np.array(ratings.scale or (0.0,))
        if points.size > MAX_POINTS:
            points = np.linspace(points[0], points[-1], MAX_POINTS)
        middles = (points[1:] + points[:-1]) / 2
        code = np.searchsorted(middles, ratings.value, side="right").astype(np.int8)
        return cls(shape, ratings.rater, ratings.measure, code, points)

    def values(self) -> FloatArray:
        """Return the answers as numbers on the scale; shape (n_cells,)."""
        return self.points[self.code]

    def n_by_person(self) -> IntArray:
        """Count the answers of each person; shape (n_people,)."""
        return np.diff(self.starts())

    def starts(self) -> IntArray:
        """Return where each person's cells begin, and where the last one's end."""
        return np.searchsorted(self.person, np.arange(self.shape[0] + 1, dtype=np.int32))

    def n_by_item(self) -> IntArray:
        """Count the answers to each statement; shape (n_statements,)."""
        return np.bincount(self.item, minlength=self.shape[1])

    def of_rows(self, first: int, last: int) -> Self:
        """Return the answers of neighbouring people, ``last`` not among them, renumbered."""
        start, stop = np.searchsorted(self.person, (first, last))
        return replace(
            self,
            shape=(last - first, self.shape[1]),
            person=self.person[start:stop] - np.int32(first),
            item=self.item[start:stop],
            code=self.code[start:stop],
        )

    def varied(self) -> BoolArray:
        """Tell statements with two different answers at least; shape (n_statements,)."""
        n_points = self.points.size
        flat = self.item * n_points + self.code
        counts = np.bincount(flat, minlength=self.shape[1] * n_points).reshape(-1, n_points)
        return np.asarray(counts.max(axis=1) < counts.sum(axis=1))

    def with_codes(self, code: Codes) -> Self:
        """Return other answers in the same cells."""
        return replace(self, code=code)

    def of(self, people: BoolArray, items: BoolArray) -> Self:
        """Return the answers of some people to some statements, both renumbered."""
        if people.all() and items.all():
            return self
        kept = people[self.person] & items[self.item]
        rows, columns = np.cumsum(people) - 1, np.cumsum(items) - 1
        return replace(
            self,
            shape=(int(people.sum()), int(items.sum())),
            person=rows[self.person[kept]].astype(np.int32),
            item=columns[self.item[kept]].astype(np.int32),
            code=self.code[kept],
        )

    def seen(self) -> Single:
        """Return 1 where there is an answer, else 0; shape (n_people, n_statements)."""
        return self.spread(np.ones(self.code.size))

    def table(self, cells: NDArray[np.floating]) -> "csr_array[Any]":
        """Return numbers of the cells as a sparse table of people by statements."""
        return self.sparse(cells, self.item, self.shape[1])

    def sparse(
        self, cells: NDArray[np.floating], columns: NDArray[Any], n_columns: int
    ) -> "csr_array[Any]":
        """Return a sparse table with a row per person and one entry per cell."""
        from scipy.sparse import csr_array  # noqa: PLC0415 - a tenth of a second to import

        starts, shape = self.starts().astype(np.int32), (self.shape[0], n_columns)
        return csr_array((cells.astype(np.float32), columns, starts), shape=shape)

    def spread(self, cells: NDArray[np.floating]) -> Single:
        """Lay numbers of the cells out as a table, 0 where nothing was seen."""
        table = np.zeros(self.shape, np.float32)
        table[self.person, self.item] = cells
        return table


def _cells_of(block: Block) -> tuple[Places, Places, Codes]:
    person, item = np.nonzero(block.seen)
    code = (block.values[person, item] + 1).astype(np.int8)
    return (person + block.rows.start).astype(np.int32), item.astype(np.int32), code


# --- How strict each person is: the part of ratings that is the same for all statements -----------


PASSES: Final = 3
LEAST: Final = 1e-6  # of the spread of strictness, in squared points of the scale


@dataclass(frozen=True, slots=True, eq=False)
class Centred:
    """Answers less the mean of their statement, and less strictness where it is removed.

    Attributes
    ----------
    cells : array of shape (n_cells,)
    means : array of shape (n_statements,)
        Mean answer of each statement.
    strictness : array of shape (n_people,)
        How much higher than others a person answers; 0 where strictness is kept.
    spread, noise : float
        Variance of strictness between people, and of what is left; 0 where it is kept.
    """

    cells: FloatArray
    means: FloatArray
    strictness: FloatArray
    spread: float
    noise: float

    @property
    def ratio(self) -> float:
        """Noise per spread of strictness, by which it is shrunk; NaN where it is kept."""
        return self.noise / self.spread if self.spread else math.nan


def centre(answers: Answers, *, remove_strictness: bool) -> Centred:
    """Take the mean of each statement out of the answers, and on wish each person's strictness.

    Notes
    -----
    Strictness v is shrunk: v = sum(x - µ) / (n + σ²e / σ²v), with moment estimates of both
    variances, in three passes between v and µ.
    """
    x, (n_people, n_items) = answers.values(), answers.shape
    n_item, n_person = answers.n_by_item(), answers.n_by_person()

    def item_means(cells: FloatArray) -> FloatArray:
        sums = np.bincount(answers.item, weights=cells, minlength=n_items)
        return np.asarray(sums / np.maximum(1, n_item))

    strictness, spread, noise, means = np.zeros(n_people), 0.0, 0.0, item_means(x)
    for _ in range(PASSES if remove_strictness else 0):
        rest = x - means[answers.item]
        sums = np.bincount(answers.person, weights=rest, minlength=n_people)
        squares = np.bincount(answers.person, weights=rest * rest, minlength=n_people)
        pairs = float((n_person * (n_person - 1)).sum())
        spread = max(LEAST, float((sums * sums - squares).sum()) / max(1.0, pairs))
        noise = max(LEAST, float(squares.sum()) / max(1, x.size) - spread)
        strictness = sums / (n_person + noise / spread)
        means = item_means(x - strictness[answers.person])
    cells = x - means[answers.item] - strictness[answers.person]
    return Centred(cells, means, strictness, spread, noise)


def strictness_share(answers: Answers) -> float:
    """Return the share of the variance that is how high a person answers to everything."""
    found = centre(answers, remove_strictness=True)
    return found.spread / (found.spread + found.noise)


def centre_alike(answers: Answers, known: Centred) -> Centred:
    """Centre the answers of other people by what is known of the statements."""
    cells = answers.values() - known.means[answers.item]
    strictness = np.zeros(answers.shape[0])
    if known.spread:
        sums = np.bincount(answers.person, weights=cells, minlength=strictness.size)
        strictness = sums / (answers.n_by_person() + known.noise / known.spread)
        cells = cells - strictness[answers.person]
    return Centred(cells, known.means, strictness, known.spread, known.noise)
