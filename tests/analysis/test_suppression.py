"""Small groups: golden rows, and a brute-force attacker who knows all that is shown."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alpclusters.analysis.errors import ScaleError, ShapeError
from alpclusters.analysis.small_groups import withhold_groups, withhold_nested, withhold_table

pytestmark = pytest.mark.unit

GOLDEN = [
    ([12, 3, 7, 20], [3, 7], False),
    ([3, 4, 9, 0], [3, 4], False),
    ([2, 2, 30, 9], [2, 2, 9], False),
    ([4, 6], [4, 6], False),
    ([5, 5], [], False),
    ([4], [4], True),
]
SIZES = st.lists(st.integers(0, 12), min_size=1, max_size=6)


@pytest.mark.parametrize(("n", "withheld", "total"), GOLDEN)
def test_withheld_groups_meet_the_golden_rows(n, withheld, total):
    found = withhold_groups(n)

    assert [size for size, hidden in zip(n, found.groups, strict=True) if hidden] == withheld
    assert found.total is total


def test_ties_are_broken_by_the_order_of_the_groups():
    assert withhold_groups([1, 12, 5, 5]).groups == (True, False, True, False)


def test_one_person_who_cannot_judge_does_not_follow_from_the_total():
    found = withhold_groups([10, 0, 8], answered=[10, 1, 8])

    assert found.groups == (True, True, True)


def test_empty_groups_are_not_withheld():
    assert withhold_groups([0, 3, 9, 0]).groups == (False, True, True, False)


@pytest.mark.parametrize(
    ("n", "answered", "error"),
    [([-1], None, ScaleError), ([3], [2], ScaleError), ([3], [3, 4], ShapeError)],
)
def test_impossible_sizes_are_refused(n, answered, error):
    with pytest.raises(error):
        withhold_groups(n, answered=answered)


@given(SIZES)
def test_hidden_sizes_of_a_split_cannot_be_worked_out(n):
    """The attacker lists every assignment of sizes that fits all shown figures."""
    found = withhold_groups(n)
    hidden = [place for place, flag in enumerate(found.groups) if flag]

    if found.total:
        assert hidden == [place for place, size in enumerate(n) if size]
        return
    rest = sum(n[place] for place in hidden)
    if hidden and rest < sum(n):
        assert len(hidden) > 1
        assert rest >= 5
    shown_small = [
        size for size, flag in zip(n, found.groups, strict=True) if 0 < size < 5 and not flag
    ]
    assert shown_small == []


@given(SIZES)
def test_order_of_groups_changes_only_which_of_equals_is_taken(n):
    forward = withhold_groups(n)
    backward = withhold_groups(n[::-1])

    taken = [size for size, flag in zip(n, forward.groups, strict=True) if flag]
    again = [size for size, flag in zip(n[::-1], backward.groups, strict=True) if flag]
    assert sorted(taken) == sorted(again)


def is_fixed_by_sums(full, hidden, place):
    """Tell whether one hidden entry is the same in every solution of the sums: linear algebra."""
    flat = hidden.ravel()
    unknown = np.flatnonzero(flat)
    equations = []
    for axis in (0, 1):
        for line in range(full.shape[axis]):
            sign = np.zeros(full.shape)
            target = sign[line] if axis == 0 else sign[:, line]
            target[:] = 1
            target[-1] = -1
            equations.append(sign.ravel()[unknown])
    matrix = np.array(equations)
    unit = (unknown == place).astype(float)
    rank = np.linalg.matrix_rank(matrix)
    return np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank


@given(
    st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 12), min_size=columns, max_size=columns),
            min_size=1,
            max_size=4,
        )
    )
)
# Two blocks of small cells protect themselves; what joins them follows from the sums of both.
@example([[3, 3, 12, 12], [3, 3, 4, 12], [12, 12, 3, 3], [12, 12, 3, 3]])
def test_small_cells_of_a_two_way_table_do_not_follow_from_the_margins(rows):
    table = np.array(rows)
    found = withhold_table(table)
    full = np.vstack([np.column_stack([table, table.sum(1)]), [*table.sum(0), table.sum()]])
    hidden = np.zeros(full.shape, dtype=bool)
    hidden[:-1, :-1] = found.cells
    hidden[:-1, -1], hidden[-1, :-1] = found.row_totals, found.column_totals
    hidden[-1, -1] = found.total

    small = (full > 0) & (full < 5)
    assert not (small & ~hidden).any()
    for place in np.flatnonzero(small.ravel() & hidden.ravel()):
        everything_hidden = hidden.sum() == (full > 0).sum()
        assert everything_hidden or not is_fixed_by_sums(full, hidden, place)


@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=3), min_size=1, max_size=3))
def test_regions_inside_countries_do_not_follow_from_the_countries(countries):
    n = list(itertools.chain(*countries))
    parents = [place for place, parts in enumerate(countries) for _ in parts]
    coarse = withhold_groups([sum(parts) for parts in countries])
    fine = withhold_groups(n)
    if coarse.total:
        return

    found = withhold_nested(n, parents, parent_withheld=coarse.groups, withheld=fine.groups)

    # Everything shown as equations over the fine groups: total, shown countries, shown regions.
    known = [np.ones(len(n))]
    known += [
        np.array([float(parent == place) for parent in parents])
        for place, hidden in enumerate(coarse.groups)
        if not hidden
    ]
    known += [np.eye(len(n))[i] for i, hidden in enumerate(found.groups) if not hidden]
    matrix = np.array(known)
    rank = np.linalg.matrix_rank(matrix)
    for i, size in enumerate(n):
        if 0 < size < 5:
            assert found.groups[i]
            fixed = np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(n))[i]])) == rank
            assert not fixed or np.count_nonzero(n) == 1
