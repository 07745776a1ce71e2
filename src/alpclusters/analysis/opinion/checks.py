"""Array types, errors and checks of arguments that several functions of this package share."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where

# --- Array types of this package and the one thing done to every array of a result ----------------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def frozen[T: np.generic](array: NDArray[T]) -> NDArray[T]:
    """Make an array read-only and return it."""
    array.setflags(write=False)
    return array


# --- Errors of votes and memberships; the base is in `alpclusters.analysis.errors` ----------------


class VoteError(AnalysisError):
    """A vote that is none of 1, 0, -1 and missing; ratings must be thresholded first."""


class LabelError(AnalysisError):
    """A group label that is no whole number from -1 on; -1 means "not placed"."""


# --- Checks of arguments that several functions of this package take ------------------------------


REJECTED = -1


def check_whole_numbers(least: Mapping[str, tuple[int, int]]) -> None:
    """Refuse numbers that are not whole or below their least value; name: (value, least)."""
    for name, (value, lowest) in least.items():
        if not isinstance(value, (int, np.integer)) or value < lowest:
            code = "argument.out_of_range"
            raise AnalysisError(
                code, where=Where(argument=name), found=str(value), expected=f">= {lowest}"
            )


def rejected_statements(moderated: ArrayLike | None, n_statements: int) -> BoolArray:
    """Return which statements moderation rejected (-1)."""
    if moderated is None:
        return np.zeros(n_statements, np.bool_)
    marks = np.asarray(moderated)
    if marks.shape != (n_statements,):
        code = "ratings.lengths"
        raise ShapeError(
            code,
            where=Where(argument="moderated"),
            found=str(marks.shape),
            expected=f"({n_statements},)",
        )
    return np.asarray(marks == REJECTED, dtype=np.bool_)


def checked_members(members: ArrayLike, n_people: int) -> tuple[IntArray, tuple[int, ...]]:
    """Return members numbered from 0 in the order of their labels, and those labels."""
    labels = np.asarray(members)
    if labels.shape != (n_people,):
        code = "groups.length"
        raise ShapeError(
            code,
            where=Where(argument="members"),
            found=str(labels.size),
            expected=str(n_people),
        )
    _check_labels(labels)
    known = np.unique(labels[labels >= 0]).astype(np.int64)
    numbers = np.where(labels >= 0, np.searchsorted(known, labels), -1)
    return numbers.astype(np.int64), tuple(known.tolist())


def _check_labels(labels: NDArray[Any]) -> None:
    whole = labels.dtype.kind in "iu" or not labels.size
    wrong = np.flatnonzero(labels < -1) if whole else np.zeros(1, np.int64)
    if wrong.size:
        code = "members.label"
        raise LabelError(code, where=Where(argument="members", row=int(wrong[0])), expected=">= -1")
