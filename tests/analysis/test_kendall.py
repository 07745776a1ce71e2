"""Kendall's W: golden values, SciPy, ties, permutations, refusals."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from alpclusters.analysis.consensus import kendalls_w
from alpclusters.analysis.errors import (
    AnalysisError,
    IncompleteRankingsError,
    NotFiniteError,
    ShapeError,
    TooFewError,
)

pytestmark = pytest.mark.unit

# Rows, W, chi-square, p, T; the second way is SciPy's friedmanchisquare.
GOLDEN = [
    ("123456 213465 132546", 0.8730158730, 13.0952380952, 0.0225024439, 0),
    ("11234 21335 12244 31255", 0.8433333333, 13.4933333333, 0.0091006993, 30),
    ("123 321", 0.0, 0.0, 1.0, 0),
]
SCORES = st.tuples(st.integers(2, 7), st.integers(3, 7)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(1, 5).map(float))
)
ORDERS = st.tuples(st.integers(2, 6), st.integers(2, 7)).flatmap(
    lambda shape: st.lists(st.permutations(range(shape[1])), min_size=shape[0], max_size=shape[0])
)


def rows(text):
    return [[int(digit) for digit in row] for row in text.split()]


@pytest.mark.parametrize(("text", "w", "chi_square", "p_value", "tie_sum"), GOLDEN)
def test_concordance_meets_the_golden_values(text, w, chi_square, p_value, tie_sum):
    found = kendalls_w(rows(text))

    assert found.w == pytest.approx(w, abs=1e-9)
    assert found.chi_square == pytest.approx(chi_square, abs=1e-9)
    assert found.p_value == pytest.approx(p_value, abs=1e-9)
    assert found.tie_sum == tie_sum


@given(SCORES)
def test_chi_square_is_the_friedman_statistic_of_scipy(scores):
    from scipy.stats import friedmanchisquare

    found = kendalls_w(scores)

    if found.w is None:
        assert (np.ptp(scores, axis=1) == 0).all()
        return
    expected = friedmanchisquare(*scores.T)
    assert found.chi_square == pytest.approx(expected.statistic, abs=1e-9)
    assert found.p_value == pytest.approx(expected.pvalue, abs=1e-9)


@given(ORDERS)
def test_without_ties_it_follows_from_the_mean_rank_correlation(orders):
    from scipy.stats import spearmanr

    m = len(orders)
    mean = np.mean([spearmanr(one, two).statistic for one, two in combinations(orders, 2)])

    assert kendalls_w(orders).w == pytest.approx((mean * (m - 1) + 1) / m, abs=1e-9)


@given(SCORES, st.randoms())
def test_concordance_is_bounded_and_ignores_labels_direction_and_shift(scores, random):
    found = kendalls_w(scores)
    raters = random.sample(range(scores.shape[0]), scores.shape[0])
    items = random.sample(range(scores.shape[1]), scores.shape[1])

    assert found.w is None or 0 <= found.w <= 1
    for other in (scores[raters][:, items], scores + 100, 6 - scores):
        assert kendalls_w(other).w == pytest.approx(found.w, abs=1e-12)


def test_same_order_by_all_is_exactly_one():
    assert kendalls_w([[3, 1, 2, 2]] * 7).w == 1.0


def test_all_tied_is_undefined_with_a_reason():
    found = kendalls_w([[3, 3, 3], [2, 2, 2]])

    assert (found.w, found.chi_square, found.p_value) == (None, None, None)
    assert (found.status, found.reasons) == ("undefined", ("all_tied",))


def test_p_value_is_flagged_up_to_seven_items():
    assert kendalls_w([list(range(7))] * 3).reasons == ("p_value_approximate",)
    assert kendalls_w([list(range(8))] * 3).reasons == ()


def test_permutations_come_near_the_exact_p_of_three_raters_and_three_items():
    # All 36 arrangements of rows 2 and 3 against 123: only 1 gives W = 1.
    found = kendalls_w([[1, 2, 3]] * 3, permutations=20_000)

    assert found.p_permutation == pytest.approx(1 / 36, abs=0.004)
    assert (found.conventions.draws, found.conventions.seed) == (20_000, 0)


def test_permutation_as_strong_as_the_ranking_speaks_against_it():
    # Two raters of two items agree in half of all arrangements, and never more than wholly.
    found = kendalls_w([[1, 2]] * 2, permutations=20_000)

    assert found.p_permutation == pytest.approx(1 / 2, abs=0.02)


@given(SCORES, st.randoms())
def test_permutation_p_does_not_depend_on_labels(scores, random):
    raters = random.sample(range(scores.shape[0]), scores.shape[0])
    items = random.sample(range(scores.shape[1]), scores.shape[1])

    found = kendalls_w(scores, permutations=50).p_permutation

    assert kendalls_w(scores[raters][:, items], permutations=50).p_permutation == found


def test_missing_rank_is_refused_and_the_row_and_the_way_out_are_named():
    with pytest.raises(IncompleteRankingsError) as caught:
        kendalls_w([[1, 2, 3], [1, np.nan, 2]])

    assert caught.value.where.known() == {"argument": "ranks", "row": 1}
    assert caught.value.expected == "krippendorff_alpha"


@pytest.mark.parametrize(
    ("ranks", "error"),
    [
        ([[1, 2, 3]], TooFewError),
        ([[1], [2]], TooFewError),
        (np.zeros((0, 0)), TooFewError),
        ([], ShapeError),
        ([1, 2, 3], ShapeError),
        ([[1, 2], [1]], ShapeError),
        ([["a", "b"], ["b", "a"]], ShapeError),
        ([[1, np.inf], [1, 2]], NotFiniteError),
    ],
)
def test_wrong_rankings_are_refused_by_type(ranks, error):
    with pytest.raises(error):
        kendalls_w(ranks)


def test_negative_number_of_permutations_is_refused():
    with pytest.raises(AnalysisError):
        kendalls_w([[1, 2], [2, 1]], permutations=-1)
