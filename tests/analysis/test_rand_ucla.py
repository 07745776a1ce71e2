"""RAND/UCLA appropriateness: golden values, boundaries, the scale must be declared."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import rand_ucla
from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError

pytestmark = pytest.mark.unit

# Ratings, median, P30, P70, IPRAS, disagreement index, class, by IPRAS, classic rule.
# The first is cited: BMJ Open 2012;2:e001431, table 1.
GOLDEN = [
    ("456777778888899", 7, 7, 8, 6.1, 0.1639344262, "appropriate", False, False),
    ("788978987", 8, 7.4, 8, 6.4, 0.09375, "appropriate", False, False),
    ("112899519", 5, 1.4, 8.6, 2.35, 3.0638297872, "uncertain", True, True),
    ("123789987", 7, 4.6, 8, 4.3, 0.7906976744, "appropriate", False, True),
    ("237887325", 5, 3, 7, 2.35, 1.7021276596, "uncertain", True, True),
    ("456545673", 5, 4.4, 5.6, 2.35, 0.5106382979, "uncertain", False, False),
    ("111111111", 1, 1, 1, 8.35, 0, "inappropriate", False, False),
    # At the limit itself, 6.1 - 3.3 = 2.35 + 1.5 * 0.3, nobody disagrees: it must be exceeded.
    ("333344447777", 4, 3.3, 6.1, 2.8, 1, "uncertain", False, True),
]
PANELS = st.lists(st.integers(1, 9), min_size=1, max_size=20)


def panel(values):
    return rand_ucla([float(value) for value in values]).measures[0]


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden[0])
def test_panel_meets_the_golden_values(golden):
    digits, median, p30, p70, ipras, index, kind, differs, classic = golden
    found = panel(digits)

    assert (found.median, found.p30, found.p70) == (median, p30, p70)
    assert found.ipras == pytest.approx(ipras, abs=1e-9)
    assert found.disagreement_index == pytest.approx(index, abs=1e-9)
    assert (found.appropriateness, found.has_disagreement) == (kind, differs)
    assert found.has_classic_disagreement is classic


@given(PANELS)
def test_percentiles_are_those_of_numpy_and_figures_stay_in_bounds(values):
    found = panel(values)

    expected = np.quantile(values, [0.3, 0.5, 0.7])
    assert [found.p30, found.median, found.p70] == pytest.approx(expected, abs=1e-9)
    assert 2.35 <= found.ipras <= 8.35
    assert found.low + found.middle + found.high == found.n == len(values)


@given(PANELS, st.randoms())
def test_order_changes_nothing_and_reversing_the_scale_mirrors_the_class(values, random):
    found = panel(values)
    mirrored = panel([10 - value for value in values])
    shuffled = panel(random.sample(values, len(values)))

    assert shuffled == found
    assert mirrored.has_disagreement == found.has_disagreement
    assert mirrored.disagreement_index == pytest.approx(found.disagreement_index, abs=1e-9)
    assert (mirrored.low, mirrored.high) == (found.high, found.low)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([6, 6, 6, 6, 7, 7, 7, 7], "appropriate"),
        ([3, 3, 3, 3, 4, 4, 4, 4], "uncertain"),
        ([3, 3, 3, 3, 3, 4, 4, 4], "inappropriate"),
        ([6] * 8, "uncertain"),
    ],
)
def test_median_on_a_boundary_belongs_to_the_higher_class(values, kind):
    assert panel(values).appropriateness == kind


def test_several_measures_at_once_equal_one_at_a_time_with_missing_left_out():
    grid = np.array([[1, 9], [2, np.nan], [2, 8], [3, 9], [1, 7], [2, 9], [2, 9], [1, 8.0]])

    found = rand_ucla(grid).measures

    assert found == (panel(grid[:, 0]), panel(grid[~np.isnan(grid[:, 1]), 1]))


@pytest.mark.parametrize("scale", [(1, 5), (1, 7), (0, 9), (1, 10), (), (9, 1), (1, 2, 9)])
def test_another_scale_is_refused_even_if_the_values_would_fit(scale):
    with pytest.raises(ScaleError) as caught:
        rand_ucla([1, 2, 3], scale=scale)

    assert caught.value.code == "scale.not_nine_points"


def test_scale_may_be_named_by_all_its_points():
    assert rand_ucla([7] * 9, scale=range(1, 10)).measures[0].appropriateness == "appropriate"


@pytest.mark.parametrize(
    ("ratings", "error", "row"),
    [
        ([1, 2, 10], ScaleError, 2),
        ([1, 0, 3], ScaleError, 1),
        ([2.5], ScaleError, 0),
        ([1, np.inf], NotFiniteError, 1),
        ([[[1]]], ShapeError, None),
    ],
)
def test_wrong_ratings_are_refused_and_the_row_is_named(ratings, error, row):
    with pytest.raises(error) as caught:
        rand_ucla(ratings)

    assert caught.value.where.row == row


def test_three_measures_without_a_high_value_make_the_scale_suspect():
    grid = np.random.default_rng(0).integers(1, 6, (9, 3))

    assert rand_ucla(grid).reasons == ("scale_suspect",)
    assert rand_ucla(grid[:, :2]).reasons == ()
    assert rand_ucla(np.vstack([grid, [8, 1, 1]])).reasons == ()


def test_fewer_than_seven_are_a_small_panel_and_one_is_told():
    assert panel([8] * 6).reasons == ("small_panel",)
    assert panel([8]).reasons == ("one_rater", "small_panel")
    assert panel([8] * 7).status == "ok"


def test_measure_nobody_rated_is_listed_and_undefined():
    found = rand_ucla(np.column_stack([np.full(8, 8.0), np.full(8, np.nan)]))

    assert (found.status, found.measures[1].status) == ("ok", "undefined")
    assert (found.measures[1].median, found.measures[1].appropriateness) == (None, None)
    assert rand_ucla([]).reasons == rand_ucla([np.nan]).reasons == ("no_ratings",)
