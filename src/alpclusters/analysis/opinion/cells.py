"""Checks of the cells of a vote table, dense or sparse."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import DuplicateError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.opinion.errors import VoteError


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
