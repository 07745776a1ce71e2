"""Kind and number of a thing in one integer: the index has one table for all kinds.

>>> row_of(Kind.LESSON, 12), thing_at(98)
(98, (<Kind.LESSON: 2>, 12))
"""

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Rows = NDArray[np.int64]

BITS: Final = 3


class Kind(IntEnum):
    """What can be found."""

    INITIATIVE = 0
    ACTIVITY = 1
    LESSON = 2
    DOCUMENT = 3
    PAGE = 4


def row_of(kind: Kind, number: int) -> int:
    """Return the row of a thing."""
    return number << BITS | kind


def thing_at(row: int) -> tuple[Kind, int]:
    """Return which thing a row is of."""
    return Kind(row & (1 << BITS) - 1), row >> BITS


def rows_of_kind(rows: Rows, kind: Kind) -> Rows:
    """Select the rows of one kind."""
    kinds = rows & ((1 << BITS) - 1)
    chosen: Rows = rows[np.equal(kinds, kind.value)]
    return chosen


def numbers_at(rows: Rows) -> Rows:
    """Return the numbers of the things at rows of one kind."""
    return rows >> BITS
