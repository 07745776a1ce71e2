"""Votes of many people on many statements: agree 1, pass 0, disagree -1, unseen missing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Ratings
from alpclusters.analysis.errors import (
    DuplicateError,
    NotFiniteError,
    ScaleError,
    ShapeError,
    Where,
)
from alpclusters.analysis.opinion.checks import BoolArray, FloatArray, IntArray, VoteError, frozen

if TYPE_CHECKING:
    from scipy.sparse import csr_array


# --- Checks of the cells of a vote table, dense or sparse -----------------------------------------


def votes_table(votes: Any) -> NDArray[Any]:
    """Return numbers in two dimensions; masked cells become NaN."""
    if isinstance(votes, np.ma.MaskedArray):
        votes = np.ma.filled(votes.astype(np.float64), np.nan)
    try:
        table = np.asarray(votes)
        if table.dtype.kind not in "fiub":
            table = np.asarray(votes, dtype=np.float64)
    except (TypeError, ValueError) as error:
        code = "votes.not_a_vote"
        raise VoteError(code, where=Where(argument="votes"), expected="-1, 0, 1") from error
    _check_two_dimensions(table.ndim)
    return table


def _check_two_dimensions(n_dimensions: int) -> None:
    if n_dimensions != 2:  # noqa: PLR2004 - people by statements
        code = "ratings.shape"
        raise ShapeError(
            code,
            where=Where(argument="votes"),
            found=str(n_dimensions),
            expected="(n_people, n_statements)",
        )


def check_votes(part: NDArray[Any], *, first_row: int) -> None:
    """Refuse a dense block with any other cell than 1, 0, -1; the first is named."""
    with np.errstate(over="ignore", invalid="ignore"):
        size = np.abs(part)
        wrong = (size != part * part) | (size > 1)
    if wrong.any():
        row, column = (int(place) for place in np.argwhere(wrong)[0])
        _refuse(part[row, column], Where(argument="votes", row=first_row + row, column=str(column)))


def _refuse(value: Any, where: Where) -> None:
    if not np.isfinite(value):
        code = "ratings.not_finite"
        raise NotFiniteError(code, where=where)
    code = "votes.not_a_vote"
    raise VoteError(code, where=where, expected="-1, 0, 1")


def check_sparse(votes: Any) -> None:
    """Refuse a sparse matrix that is no CSR matrix of votes, each stored once."""
    where = Where(argument="votes")
    _check_two_dimensions(len(votes.shape))
    if votes.format != "csr":
        code = "ratings.shape"
        raise ShapeError(code, where=where, found=votes.format, expected="csr")
    if votes.data.dtype.kind not in "fiub":
        code = "votes.not_a_vote"
        raise VoteError(code, where=where, expected="-1, 0, 1")
    people = np.repeat(np.arange(votes.shape[0]), np.diff(votes.indptr))
    wrong = np.flatnonzero(~np.isin(votes.data, (-1, 0, 1)))
    if wrong.size:
        place = int(wrong[0])
        column = str(int(votes.indices[place]))
        _refuse(votes.data[place], Where(argument="votes", row=int(people[place]), column=column))
    cells = np.sort(people * votes.shape[1] + votes.indices)
    twice = np.flatnonzero(np.diff(cells) == 0)
    if twice.size:
        code = "ratings.duplicate"
        row = int(cells[twice[0]] // votes.shape[1])
        raise DuplicateError(code, where=Where(argument="votes", row=row))


# --- Where ratings become agreement, pass and disagreement ----------------------------------------


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Ratings from ``agree_from`` on agree, down to ``disagree_to`` disagree."""

    agree_from: float
    disagree_to: float


# By the ends of a scale of whole steps.
KNOWN: Final = {
    (-1.0, 1.0, 3): Thresholds(1, -1),
    (1.0, 5.0, 5): Thresholds(4, 2),
    (1.0, 9.0, 9): Thresholds(7, 3),
}


def thresholds_of(
    scale: tuple[float, ...], agree_from: float | None, disagree_to: float | None
) -> Thresholds:
    """Return the thresholds named, completed by those known for the scale."""
    known = KNOWN.get((scale[0], scale[-1], len(scale))) if scale else None
    upper = known.agree_from if agree_from is None and known else agree_from
    lower = known.disagree_to if disagree_to is None and known else disagree_to
    if upper is None or lower is None:
        code = "thresholds.missing"
        raise ScaleError(code, where=Where(argument="agree_from"))
    if not lower < upper:
        code = "thresholds.order"
        raise ScaleError(code, where=Where(argument="disagree_to"))
    return Thresholds(float(upper), float(lower))


def cut_into_votes(values: FloatArray, cuts: Thresholds) -> NDArray[np.float32]:
    """Return 1, 0 or -1 for each rating."""
    agree, disagree = values >= cuts.agree_from, values <= cuts.disagree_to
    return agree.astype(np.float32) - disagree.astype(np.float32)


# --- Votes of many people on many statements: agree 1, pass 0, disagree -1, unseen missing --------


MAX_DENSE_CELLS: Final = 40_000_000
BLOCK_CELLS: Final = 1 << 18
Values = NDArray[np.float32]
type VotesLike = Votes | ArrayLike | csr_array[Any]


@dataclass(frozen=True, slots=True)
class Block:
    """Some consecutive people with all statements; ``values`` is 0 where nothing was seen."""

    rows: slice
    values: Values
    seen: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Checked votes, stored once for all functions of this package.

    Attributes
    ----------
    shape : (int, int)
        People and statements.
    values : array of float32, shape (n_people, n_statements), or csr_array
        1 agree, 0 pass, -1 disagree. Dense up to 40 million cells, with 0 where nothing was
        seen; beyond that a CSR matrix that stores every vote, passes as explicit zeros.
    seen : array of bool, shape (n_people, n_statements), or None
        Who voted on what; None if ``values`` is sparse, which knows it itself.
    thresholds : tuple of (str, float)
        ``agree_from`` and ``disagree_to`` if the votes were made from ratings.
    """

    shape: tuple[int, int]
    values: "Values | csr_array[Any]"
    seen: BoolArray | None
    thresholds: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, votes: VotesLike) -> "Votes":
        """Check and store votes; what is checked already is returned as it is.

        Parameters
        ----------
        votes : Votes, array_like or csr_array, shape (n_people, n_statements)
            1 agree, 0 pass, -1 disagree. In an array NaN is unseen; in a CSR matrix what is
            not stored is unseen, so passes must be stored as explicit zeros.

        Returns
        -------
        Votes

        Raises
        ------
        ShapeError
            Not two dimensions.
        NotFiniteError
            Infinity; NaN in a CSR matrix.
        VoteError
            Any other value than 1, 0, -1; the row and column of the first are named.
        DuplicateError
            A cell stored twice in a CSR matrix.

        Examples
        --------
        >>> import numpy as np
        >>> Votes.of([[1, 0, np.nan], [-1, np.nan, 1]]).n_by_person().tolist()
        [2, 2]
        """
        if isinstance(votes, Votes):
            return votes
        if hasattr(votes, "tocsr"):
            return cls._of_sparse(votes)
        table = votes_table(votes)
        if table.shape[0] * table.shape[1] > MAX_DENSE_CELLS:
            return cls._of_sparse(_as_csr(table))
        return cls._of_dense(table)

    @classmethod
    def from_ratings(
        cls,
        ratings: Ratings,
        *,
        agree_from: float | None = None,
        disagree_to: float | None = None,
    ) -> Self:
        """Cut ratings into agree, pass and disagree.

        Parameters
        ----------
        ratings : Ratings
            On one criterion. "Cannot judge" becomes missing, not a pass.
        agree_from, disagree_to : float, optional
            Ratings at or above the first agree, at or below the second disagree, between them
            pass. Known without being named for the scales -1..1 (1, -1), 1..5 (4, 2) and 1..9
            (7, 3).

        Returns
        -------
        Votes
            People in the order of ``ratings.rater_ids``, statements in that of
            ``ratings.measure_ids``; ``thresholds`` says where the cuts are.

        Raises
        ------
        ScaleError
            Another scale without both thresholds, or ``disagree_to`` not below ``agree_from``.

        Examples
        --------
        >>> ratings = Ratings.from_rows([("a", "m", 4), ("b", "m", 3), ("c", "m", 1)], scale=(1, 5))
        >>> Votes.from_ratings(ratings).values.ravel().tolist()
        [1.0, 0.0, -1.0]
        """
        cuts = thresholds_of(ratings.scale, agree_from, disagree_to)
        cast = cut_into_votes(ratings.value, cuts)
        shape = (len(ratings.rater_ids), len(ratings.measure_ids))
        named = (("agree_from", cuts.agree_from), ("disagree_to", cuts.disagree_to))
        if shape[0] * shape[1] > MAX_DENSE_CELLS:
            return cls(shape, _csr(cast, ratings.measure, ratings.rater, shape), None, named)
        values, seen = np.zeros(shape, np.float32), np.zeros(shape, np.bool_)
        values[ratings.rater, ratings.measure] = cast
        seen[ratings.rater, ratings.measure] = True
        return cls(shape, frozen(values), frozen(seen), named)

    @classmethod
    def _of_dense(cls, table: NDArray[Any]) -> Self:
        values, seen = np.empty(table.shape, np.float32), np.empty(table.shape, np.bool_)
        for rows in _row_slices(table.shape):
            part = table[rows]
            np.equal(part, part, out=seen[rows])
            clean = part if seen[rows].all() else np.where(seen[rows], part, 0)
            check_votes(clean, first_row=rows.start)
            values[rows] = clean
        return cls(table.shape, frozen(values), frozen(seen))

    @classmethod
    def _of_sparse(cls, votes: Any) -> "Votes":
        check_sparse(votes)
        shape = (int(votes.shape[0]), int(votes.shape[1]))
        data = votes.data.astype(np.float32)
        people = np.repeat(np.arange(shape[0]), np.diff(votes.indptr))
        if shape[0] * shape[1] > MAX_DENSE_CELLS:
            return cls(shape, _csr(data, votes.indices, people, shape), None)
        values, seen = np.zeros(shape, np.float32), np.zeros(shape, np.bool_)
        values[people, votes.indices], seen[people, votes.indices] = data, True
        return cls(shape, frozen(values), frozen(seen))

    def blocks(self) -> Iterator[Block]:
        """Yield the votes block by block, dense, whatever the storage."""
        for rows in _row_slices(self.shape):
            if self.seen is None:
                yield _dense_block(self.values, rows)
            else:
                yield Block(rows, np.asarray(self.values[rows]), self.seen[rows])

    def n_by_person(self) -> IntArray:
        """Count the votes of each person, passes included."""
        counts = [np.count_nonzero(block.seen, axis=1) for block in self.blocks()]
        return np.concatenate([*counts, np.zeros(0, np.int64)]).astype(np.int64)

    def totals(self) -> tuple[IntArray, IntArray, IntArray]:
        """Count agree, disagree and seen per statement over all people."""
        return self.counts(np.zeros(self.shape[0], np.int64), n_groups=1).first()

    def counts(self, members: IntArray, *, n_groups: int) -> "VoteCounts":
        """Count agree, disagree and seen per group and statement.

        Parameters
        ----------
        members : array of int, shape (n_people,)
            Group of each person from 0 to ``n_groups - 1``; -1 counts nowhere.
        n_groups : int

        Returns
        -------
        VoteCounts
        """
        shape = (n_groups, self.shape[1])
        turned, told, seen = (np.zeros(shape, np.float64) for _ in range(3))
        for block in self.blocks():
            # Sums of at most 2**24 numbers -1, 0, 1 are exact in float32.
            inside = (members[block.rows] == np.arange(n_groups)[:, None]).astype(np.float32)
            turned += inside @ block.values
            told += inside @ np.abs(block.values)
            seen += inside @ block.seen.astype(np.float32)
        agree, disagree = (told + turned) / 2, (told - turned) / 2
        return VoteCounts(*(part.astype(np.int64) for part in (agree, disagree, seen)))

    def of_people(self, rows: IntArray) -> "Votes":
        """Return the votes of some people, repeated where a row is named twice."""
        seen = None if self.seen is None else self.seen[rows]
        return replace(self, shape=(rows.size, self.shape[1]), values=self.values[rows], seen=seen)

    def on_statements(self, kept: BoolArray) -> "Votes":
        """Return the votes on some statements."""
        if kept.all():
            return self
        shape = (self.shape[0], int(np.count_nonzero(kept)))
        seen = None if self.seen is None else self.seen[:, kept]
        return replace(self, shape=shape, values=self.values[:, kept], seen=seen)

    def with_passes(self, filled: BoolArray) -> "Votes":
        """Return votes in which everybody passes on some statements, as the Polis server does."""
        if not filled.any():
            return self
        blocks = list(self.blocks())
        values = np.concatenate([np.where(filled, 0, block.values) for block in blocks])
        seen = np.concatenate([block.seen | filled for block in blocks])
        return replace(self, values=values, seen=seen)


@dataclass(frozen=True, slots=True)
class VoteCounts:
    """Votes per group and statement; arrays of int64, shape (n_groups, n_statements)."""

    agree: IntArray
    disagree: IntArray
    seen: IntArray

    def first(self) -> tuple[IntArray, IntArray, IntArray]:
        """Return the three rows of the first group."""
        return self.agree[0], self.disagree[0], self.seen[0]


def _row_slices(shape: tuple[int, ...]) -> Iterator[slice]:
    step = max(1, BLOCK_CELLS // max(1, shape[1]))
    return (slice(start, min(start + step, shape[0])) for start in range(0, shape[0], step))


def _dense_block(matrix: Any, rows: slice) -> Block:
    part = matrix[rows]
    seen = np.zeros(part.shape, np.bool_)
    people = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
    seen[people, part.indices] = True
    return Block(rows, part.toarray(), seen)


def _as_csr(table: NDArray[Any]) -> "csr_array[Any]":
    """Store what was seen, block by block; explicit zeros are passes."""
    parts = []
    for rows in _row_slices(table.shape):
        part = table[rows]
        people, statements = np.nonzero(part == part)  # noqa: PLR0124 - NaN differs from itself
        parts.append((part[people, statements], statements, people + rows.start))
    data, statements, people = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _csr(data, statements, people, (table.shape[0], table.shape[1]))


def _csr(
    data: NDArray[Any], statements: NDArray[Any], people: NDArray[Any], shape: tuple[int, int]
) -> "csr_array[Any]":
    """Build a CSR matrix from cells sorted by person; no zero is dropped, no cell added up."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - a tenth of a second to import

    starts = np.searchsorted(people, np.arange(shape[0] + 1))
    stored = csr_array((data, statements.astype(np.int64), starts), shape=shape)
    for array in (stored.data, stored.indices, stored.indptr):
        frozen(array)
    return stored
