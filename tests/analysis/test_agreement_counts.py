"""Counts of people: NaN, infinity, fractions and negative numbers are refused, never cut off."""

import numpy as np
import pytest

from alpclusters.analysis.consensus import median_ranks
from alpclusters.analysis.errors import NotFiniteError, ScaleError
from alpclusters.analysis.small_groups import withhold_groups, withhold_table

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: median_ranks([np.nan]), NotFiniteError),
        (lambda: median_ranks([np.inf]), NotFiniteError),
        (lambda: median_ranks([2.5]), ScaleError),
        (lambda: median_ranks([3, -1]), ScaleError),
        (lambda: withhold_groups([np.nan, 3]), NotFiniteError),
        (lambda: withhold_groups([2.5, 3]), ScaleError),
        (lambda: withhold_groups([2, 3], answered=[np.nan, 3]), NotFiniteError),
        (lambda: withhold_table([[1.5, 3]]), ScaleError),
    ],
)
def test_what_is_no_count_is_refused_by_type(call, error):
    with pytest.raises(error):
        call()


def test_whole_numbers_may_come_as_floats():
    assert withhold_groups([12.0, 3.0, 7.0]).groups == withhold_groups([12, 3, 7]).groups
