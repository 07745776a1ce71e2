"""Consensus after Tastle and Wierman: golden values, bounds, invariances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import tastle_wierman
from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError

pytestmark = pytest.mark.unit

# The first is the example of the R package agrmt (it prints 0.7256876); 0.8073... = log2(7) - 2.
GOLDEN = [
    ([30, 40, 210, 130, 530, 50, 10], 0.7256876140),
    ([0, 0, 10, 0, 0], 1.0),
    ([5, 0, 0, 0, 5], 0.0),
    ([1, 1, 1, 1, 1], 0.4339850003),
    ([1, 2, 3, 4, 5], 0.5095855395),
    ([0, 1, 2, 5, 3], 0.7069148734),
    ([2, 0, 0, 0, 8], 0.2780719051),
    ([0, 0, 0, 5, 5], 0.8073549221),
]
COUNTS = st.lists(st.integers(0, 50), min_size=2, max_size=9).filter(any)


@pytest.mark.parametrize(("counts", "expected"), GOLDEN)
def test_consensus_meets_the_golden_values(counts, expected):
    assert tastle_wierman(counts).value == pytest.approx(expected, abs=1e-9)


def test_several_items_at_once_equal_one_at_a_time():
    rows = [[0, 1, 2, 5, 3], [5, 0, 0, 0, 5], [1, 1, 1, 1, 1]]

    assert tastle_wierman(rows).values.tolist() == [tastle_wierman(row).value for row in rows]


def test_nobody_answered_is_undefined_with_a_reason():
    found = tastle_wierman([0, 0, 0])

    assert (found.value, found.status, found.reasons) == (None, "undefined", ("no_ratings",))


def test_one_rater_is_limited():
    found = tastle_wierman([0, 1, 0])

    assert (found.value, found.status, found.reasons) == (1.0, "limited", ("one_rater",))


@given(COUNTS)
def test_consensus_stays_between_zero_and_one_and_ignores_direction(counts):
    value = tastle_wierman(counts).value

    assert 0 <= value <= 1
    assert tastle_wierman(counts[::-1]).value == pytest.approx(value, abs=1e-12)


@given(COUNTS, st.integers(2, 5))
def test_only_shares_and_relative_distances_matter(counts, factor):
    points = np.arange(len(counts)) * 3.0 - 7

    value = tastle_wierman(counts).value

    many = tastle_wierman(np.array(counts) * factor, values=points).value
    assert many == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "values", "error"),
    [
        ([3], None, ShapeError),
        ([[[1, 2]]], None, ShapeError),
        ([1, -1], None, ScaleError),
        ([1, np.nan], None, NotFiniteError),
        ([1, 2], [1, 2, 3], ShapeError),
        ([1, 2], [2, 1], ScaleError),
        ([1, 2], [1, np.inf], NotFiniteError),
    ],
)
def test_wrong_input_is_refused_by_type(counts, values, error):
    with pytest.raises(error):
        tastle_wierman(counts, values=values)


def test_result_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        tastle_wierman([1, 2]).values[0] = 5
