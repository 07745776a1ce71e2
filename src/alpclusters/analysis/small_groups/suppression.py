"""Which cells of a table are withheld so that no small group can be read or worked out.

A split is a partition of the raters (regions, roles). A withheld cell must not follow from the
shown ones by subtraction, so a second cell goes with the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.counting import whole_counts
from alpclusters.analysis.errors import ScaleError, ShapeError, Where

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Withheld:
    """What may not be shown of one split.

    Attributes
    ----------
    groups : tuple of bool
        One per group, in the order given; primary and complementary look alike.
    total : bool
        Whether the total is withheld too.
    """

    groups: tuple[bool, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class WithheldTable:
    """What may not be shown of a two-way table with both margins.

    Attributes
    ----------
    cells : array of bool, shape (n_rows, n_columns)
    row_totals, column_totals : array of bool
    total : bool
    """

    cells: BoolArray
    row_totals: BoolArray
    column_totals: BoolArray
    total: bool


def withhold_groups(
    n: Sequence[int],
    *,
    answered: Sequence[int] | None = None,
    k_anonymity: int = K_ANONYMITY,
    also: Sequence[bool] | None = None,
) -> Withheld:
    """Choose the groups of a split that are withheld.

    Every group with fewer than k raters is withheld (primary). While fewer than two groups
    with raters are withheld, or their raters are together fewer than k, the smallest remaining
    group goes too (complementary; ties in the order given). A total below k is withheld with
    everything in it. Empty groups protect nothing and are shown as empty.

    Parameters
    ----------
    n : sequence of int
        Raters who judged, per group.
    answered : sequence of int, optional
        Raters who judged or said "cannot judge", per group, at least ``n``. A group in which
        fewer than k people answered at all is withheld too, otherwise the answer "cannot
        judge" of one person would follow from the total.
    k_anonymity : int, default 5
        Smallest group that is shown.
    also : sequence of bool, optional
        Groups that are withheld for another reason; complements are added to them.

    Returns
    -------
    Withheld
        One flag per group and one for the total.

    Examples
    --------
    >>> withhold_groups([12, 3, 7, 20]).groups
    (False, True, True, False)
    >>> withhold_groups([2, 2, 30, 9]).groups
    (True, True, False, True)
    >>> withhold_groups([4])
    Withheld(groups=(True,), total=True)
    """
    judged = whole_counts(n, argument="n")
    people = judged if answered is None else whole_counts(answered, argument="answered")
    _check_sizes(judged, people, k_anonymity)
    hidden = _too_small(judged, k_anonymity) | _too_small(people, k_anonymity)
    if also is not None:
        hidden |= np.asarray(also, dtype=bool) & (people > 0)
    total = bool(_too_small(judged.sum(), k_anonymity) or _too_small(people.sum(), k_anonymity))
    if total:
        hidden |= people > 0
    elif hidden.any():
        _complement(judged, hidden, k_anonymity)
    return Withheld(tuple(bool(flag) for flag in hidden), total)


def withhold_table(counts: ArrayLike, *, k_anonymity: int = K_ANONYMITY) -> WithheldTable:
    """Choose the cells of a two-way table with both margins that are withheld.

    The rule for one split is applied to the margins, then to rows and columns in turn until
    nothing changes; last, cells that would still follow from the sums are given a companion.

    Parameters
    ----------
    counts : array_like of shape (n_rows, n_columns)
        Raters per cell.
    k_anonymity : int, default 5
        Smallest group that is shown.

    Returns
    -------
    WithheldTable
        Flags for cells, both margins and the grand total.

    Examples
    --------
    >>> withhold_table([[9, 3, 8], [7, 6, 9], [8, 9, 7]]).cells.tolist()
    [[False, True, True], [True, True, False], [True, False, True]]
    """
    table = whole_counts(counts, argument="counts")
    if table.ndim != 2:  # noqa: PLR2004 - two-way
        code = "counts.shape"
        raise ShapeError(code, where=Where(argument="counts"), expected="(n_rows, n_columns)")
    _check_sizes(table.ravel(), table.ravel(), k_anonymity)
    full = _with_margins(table)
    hidden = _too_small(full, k_anonymity)
    if hidden[-1, -1]:
        hidden |= full > 0
    while True:
        before = hidden.sum()
        for line, flags in (*zip(full, hidden, strict=True), *zip(full.T, hidden.T, strict=True)):
            _complete_line(line, flags, k_anonymity)
        if hidden.sum() == before and not _withhold_companion(full, hidden):
            break
    hidden.setflags(write=False)
    return WithheldTable(hidden[:-1, :-1], hidden[:-1, -1], hidden[-1, :-1], bool(hidden[-1, -1]))


def withhold_nested(
    n: Sequence[int],
    parents: Sequence[int],
    *,
    parent_withheld: Sequence[bool],
    withheld: Sequence[bool],
    k_anonymity: int = K_ANONYMITY,
) -> Withheld:
    """Protect a split whose groups lie inside the groups of a coarser split that is shown too.

    The shown total of a coarser group is a sum over its parts, so the rule must hold inside
    each of them.

    Parameters
    ----------
    n : sequence of int
        Raters per fine group.
    parents : sequence of int
        Position of the coarser group in which each fine group lies.
    parent_withheld : sequence of bool
        Coarser groups that are withheld.
    withheld : sequence of bool
        Fine groups withheld so far.
    k_anonymity : int, default 5
        Smallest group that is shown.

    Returns
    -------
    Withheld
        The fine groups withheld in the end.

    Examples
    --------
    >>> withhold_nested([3, 20, 7, 30], [0, 0, 1, 1], parent_withheld=[False, False],
    ...                 withheld=[True, False, True, False]).groups
    (True, True, True, True)
    """
    sizes, above = np.asarray(n, dtype=np.int64), np.asarray(parents, dtype=np.int64)
    hidden, closed = np.array(withheld, dtype=bool), np.asarray(parent_withheld, dtype=bool)
    for parent in np.flatnonzero(closed):
        _withhold_one(sizes, hidden, above == parent)
    # Of withheld parents only the sum is known, so they protect each other's parts.
    for inside in (closed[above], *(above == parent for parent in np.flatnonzero(~closed))):
        part = hidden[inside]
        if part.any():
            _complement(sizes[inside], part, k_anonymity)
            hidden[inside] = part
    return Withheld(tuple(bool(flag) for flag in hidden), total=False)


def _withhold_one(sizes: IntArray, hidden: BoolArray, inside: BoolArray) -> None:
    """Withhold the smallest part of a withheld group, in place, unless one is withheld."""
    left = np.flatnonzero(inside & (sizes > 0))
    if left.size and not hidden[left].any():
        hidden[left[sizes[left].argmin()]] = True


def _check_sizes(judged: IntArray, people: IntArray, k_anonymity: int) -> None:
    if judged.shape != people.shape:
        code = "groups.length"
        raise ShapeError(code, where=Where(argument="answered"), expected=str(judged.size))
    if (judged < 0).any() or (people < judged).any() or k_anonymity < 1:
        code = "groups.size"
        raise ScaleError(code, where=Where(argument="n"))


def _too_small(n: IntArray | np.int64, k_anonymity: int) -> BoolArray:
    return np.asarray((n > 0) & (n < k_anonymity))


def _complement(sizes: IntArray, hidden: BoolArray, k_anonymity: int) -> None:
    """Withhold further groups in place until the hidden ones protect each other."""
    while (hidden & (sizes > 0)).sum() < 2 or sizes[hidden].sum() < k_anonymity:  # noqa: PLR2004
        left = np.flatnonzero(~hidden & (sizes > 0))
        if not left.size:
            return
        hidden[left[sizes[left].argmin()]] = True


def _with_margins(table: IntArray) -> IntArray:
    rows = np.column_stack([table, table.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def _complete_line(line: IntArray, hidden: BoolArray, k_anonymity: int) -> None:
    """Apply the rule to cells and total of one row or column, in place.

    A withheld total is protected by one withheld cell: then neither follows from the line.
    """
    if not hidden.any():
        return
    if not hidden[-1]:
        _complement(line[:-1], hidden[:-1], k_anonymity)
        return
    left = np.flatnonzero(~hidden[:-1] & (line[:-1] > 0))
    if left.size and not (hidden[:-1] & (line[:-1] > 0)).any():
        hidden[left[line[left].argmin()]] = True


def _withhold_companion(full: IntArray, hidden: BoolArray) -> bool:
    """Withhold one more cell if a withheld one is fixed by all sums together."""
    fixed = _determined(hidden) & (full > 0)
    if not fixed.any():
        return False
    row, column = np.argwhere(fixed)[0]
    inner = ~hidden & (full > 0)
    lines = inner.copy()
    lines[:] = False
    lines[row], lines[:, column] = inner[row], inner[:, column]
    choices = np.argwhere(lines if lines.any() else inner)
    if not choices.size:
        return False
    smallest = choices[full[tuple(choices.T)].argmin()]
    hidden[tuple(smallest)] = True
    return True


def _determined(hidden: BoolArray) -> BoolArray:
    """Tell which hidden entries are fixed by the sums of rows and columns."""
    places = np.flatnonzero(hidden.ravel())
    found = np.zeros(hidden.size, dtype=bool)
    if places.size:
        sums = _sums(*hidden.shape)[:, places]
        _, singular, rows = np.linalg.svd(sums)
        rank = int((singular > TOLERANCE).sum())
        free = np.abs(rows[rank:]).max(axis=0, initial=0.0) > TOLERANCE
        found[places] = ~free
    return found.reshape(hidden.shape)


def _sums(n_rows: int, n_columns: int) -> NDArray[np.float64]:
    """Return the equations: in every row and column, cells minus total is zero."""
    equations = []
    for axis, length in ((0, n_rows), (1, n_columns)):
        for line in range(length):
            sign = np.zeros((n_rows, n_columns))
            target = sign[line] if axis == 0 else sign[:, line]
            target[:] = 1.0
            target[-1] = -1.0
            equations.append(sign.ravel())
    return np.array(equations)
