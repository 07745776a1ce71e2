"""Weights to margins, models with margins, and how far a finding hangs on who came."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError, ShapeError
from alpclusters.analysis.weighting import (
    MarginError,
    breakdown,
    effective_n,
    mrp,
    poststratify,
    rake,
    turning_share,
    worst_case,
)

pytestmark = pytest.mark.unit

REGION = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
ROLE = [0, 0, 0, 1, 1, 1, 0, 1, 1, 1]
TARGETS = [[0.5, 0.5], [0.4, 0.6]]
RATING = [5, 4, 4, 3, 5, 4, 2, 1, 2, 3]
LEAN = [1] * 6 + [0] + [-1] * 3


# --- golden values --------------------------------------------------------------------------


def test_raked_weights_have_their_golden_values():
    found = rake([REGION, ROLE], TARGETS)

    golden = [0.8803670189] * 3 + [0.7862996479] * 3 + [1.3588989434] + [1.2137003521] * 3
    assert found.values == pytest.approx(golden, abs=1e-9)
    assert found.effective_n == pytest.approx(9.573269919, abs=1e-8)
    assert found.reached[0] == pytest.approx([0.5, 0.5], abs=1e-9)
    assert found.reached[1] == pytest.approx([0.4, 0.6], abs=1e-9)


def test_raked_mean_has_its_golden_value_and_error():
    found = poststratify(RATING, [REGION, ROLE], TARGETS)

    assert (found.value, found.se) == pytest.approx((3.088036702, 0.2609589233), abs=1e-9)
    assert found.low is None  # ten people
    assert "effective_n_small" in found.reasons


def test_worst_case_breakdown_and_turning_share_have_their_golden_values():
    golden = {1: 0.3, 1.25: 0.1071428571, 1.5: -0.0545454545, 2: -0.3157894737}
    for gamma, value in golden.items():
        assert worst_case(LEAN, gamma) == pytest.approx(value, abs=1e-9)
    assert breakdown(LEAN, 0).gamma == pytest.approx(1.414213562, abs=1e-9)
    assert breakdown(RATING, 3).gamma == pytest.approx(1.322875656, abs=1e-9)
    assert turning_share(1.75, 25 / 6, 3.5) == pytest.approx(0.275862069, abs=1e-9)
    assert turning_share(1.75, 4.1667, 3.5) == pytest.approx(0.275872057, abs=1e-9)


# --- second computations --------------------------------------------------------------------


def test_raked_weights_are_those_of_maximum_entropy_found_by_equations():
    """exp of a sum of one multiplier per group, found by minimising the dual."""
    from scipy.optimize import minimize

    design = np.array(
        [[1, region == 1, role == 1] for region, role in zip(REGION, ROLE, strict=True)], float
    )
    wanted = 10 * np.array([1, TARGETS[0][1], TARGETS[1][1]])

    def dual(multipliers):
        return np.exp(design @ multipliers).sum() - multipliers @ wanted

    def slope(multipliers):
        return design.T @ np.exp(design @ multipliers) - wanted

    solved = minimize(dual, np.zeros(3), jac=slope, method="BFGS", options={"gtol": 1e-12})

    assert rake([REGION, ROLE], TARGETS).values == pytest.approx(
        np.exp(design @ solved.x), abs=1e-8
    )


@pytest.mark.parametrize("gamma", [1, 1.25, 1.5, 2, 7])
@pytest.mark.parametrize("values", [LEAN, np.array(RATING) - 3.3])
def test_worst_case_is_the_least_of_all_1024_weightings(gamma, values):
    d = np.array(values, float)
    weights = np.array(list(product([1 / gamma, gamma], repeat=10)))

    means = (weights @ d) / weights.sum(axis=1)

    assert worst_case(d, gamma) == pytest.approx(means.min(), abs=1e-12)


@given(st.lists(st.integers(-4, 4), min_size=2, max_size=40), st.integers(-3, 3))
def test_breakdown_is_where_the_worst_case_reaches_nothing(values, threshold):
    from scipy.optimize import brentq

    d = np.array(values, float) - threshold
    side = 1.0 if d.sum() >= 0 else -1.0
    found = breakdown(values, threshold)

    if found.gamma is None:
        assert worst_case(side * d, 50) > 0
    elif d.sum() == 0:
        assert found.gamma == 1
    else:
        root = brentq(lambda gamma: worst_case(side * d, gamma), 1, 51, xtol=1e-13)
        assert found.gamma == pytest.approx(root, abs=1e-9)


def test_mrp_equals_generalised_least_squares_at_the_variances_that_maximise_the_likelihood():
    """The dense likelihood of restricted maximum, minimised by a general routine."""
    from scipy.optimize import minimize

    random = np.random.default_rng(5)
    region, role = random.integers(0, 5, 160), random.integers(0, 4, 160)
    y = 3 + random.normal(0, 0.8, 5)[region] + random.normal(0, 0.6, 4)[role]
    y = y + random.normal(0, 0.7, 160)
    targets = [[0.1, 0.2, 0.3, 0.2, 0.2], [0.4, 0.3, 0.2, 0.1]]
    z = [np.eye(5)[region], np.eye(4)[role]]
    ones = np.ones((160, 1))

    def covariance(logs):
        a, b, e = np.exp(logs)
        return a * z[0] @ z[0].T + b * z[1] @ z[1].T + e * np.eye(160)

    def minus_likelihood(logs):
        inverse = np.linalg.inv(covariance(logs))
        information = ones.T @ inverse @ ones
        beta = np.linalg.solve(information, ones.T @ inverse @ y)
        rest = y - (ones @ beta)
        sizes = np.linalg.slogdet(covariance(logs))[1] + np.linalg.slogdet(information)[1]
        return 0.5 * (sizes + rest @ inverse @ rest)

    logs = minimize(minus_likelihood, np.zeros(3), method="Nelder-Mead", tol=1e-10).x
    inverse = np.linalg.inv(covariance(logs))
    beta = (ones.T @ inverse @ y / (ones.T @ inverse @ ones).item()).item()
    effects = [np.exp(logs[c]) * z[c].T @ inverse @ (y - beta) for c in range(2)]
    value = beta + sum(np.array(t) @ u for t, u in zip(targets, effects, strict=True))

    found = mrp(y, [region, role], targets)

    assert found.value == pytest.approx(value, abs=2e-4)
    assert found.status == "ok"


# --- properties -----------------------------------------------------------------------------


@st.composite
def rooms(draw):
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    n = draw(st.integers(12, 60))
    groups = [draw(st.lists(st.integers(-1, k - 1), min_size=n, max_size=n)) for k in sizes]
    parts = [draw(st.lists(st.integers(1, 9), min_size=k, max_size=k)) for k in sizes]
    return groups, [np.array(part) / sum(part) for part in parts]


@given(rooms())
def test_weights_are_of_mean_one_and_meet_the_margins_or_say_so(room):
    groups, targets = room
    found = rake(groups, targets)

    assert found.values.mean() == pytest.approx(1)
    assert 0 < found.effective_n <= found.values.size * (1 + 1e-12)
    if "margins_not_met" in found.reasons or "weights_held" in found.reasons:
        return
    for column, target in enumerate(targets):
        is_there = found.reached[column] > 0
        wanted = np.where(is_there, target, 0)
        if is_there.any():
            assert found.reached[column] == pytest.approx(wanted / wanted.sum(), abs=1e-6)


@given(rooms(), st.integers(0, 10_000))
def test_the_order_of_people_does_not_matter(room, seed):
    groups, targets = room
    order = np.random.default_rng(seed).permutation(len(groups[0]))
    y = np.arange(len(order)) % 5

    plain = mrp(y, groups, targets)
    turned = mrp(y[order], [np.array(column)[order] for column in groups], targets)

    assert turned.value == pytest.approx(plain.value, abs=1e-9)
    weights = rake([np.array(column)[order] for column in groups], targets).values
    assert weights == pytest.approx(rake(groups, targets).values[order], abs=1e-9)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=30))
def test_more_uneven_weights_never_better_the_worst_case(values):
    worst = [worst_case(values, gamma) for gamma in (1, 1.2, 2, 5, 40)]

    assert worst == sorted(worst, reverse=True)
    assert worst[0] == pytest.approx(np.mean(values))
    assert worst[-1] >= min(values) - 1e-12


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(-5, 5))
def test_at_the_turning_share_the_mean_is_the_threshold(group, rest, threshold):
    share = turning_share(group, rest, threshold)

    if share is not None:
        assert share * group + (1 - share) * rest == pytest.approx(threshold, abs=1e-9)


# --- edges ----------------------------------------------------------------------------------


def test_margins_as_they_are_leave_everybody_at_one():
    found = rake([REGION], [[0.6, 0.4]])

    assert found.values == pytest.approx(np.ones(10))
    assert found.design_effect == pytest.approx(1)


def test_share_of_an_absent_group_is_spread_and_told():
    found = rake([REGION], [[0.3, 0.3, 0.4]])

    assert found.absent == ((2,),)
    assert found.absent_share == pytest.approx((0.4,))
    assert found.reached[0] == pytest.approx([0.5, 0.5, 0])
    assert "absent_group" in found.reasons
    assert "absent_group" in mrp(RATING, [REGION], [[0.3, 0.3, 0.4]]).reasons


def test_an_absent_group_makes_the_model_less_sure():
    all_there = mrp(RATING * 20, [REGION * 20], [[0.5, 0.5]])
    one_away = mrp(RATING * 20, [REGION * 20], [[0.3, 0.3, 0.4]])

    assert one_away.se > 2 * all_there.se


def test_people_of_unknown_group_keep_their_weight():
    found = rake([[0, 0, 0, 1, -1]], [[0.5, 0.5]])

    assert found.values == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2, 1])


def test_a_weight_is_held_at_five_and_what_is_missed_is_told():
    found = rake([[0] * 97 + [1] * 3], [[0.5, 0.5]])

    assert found.values.max() <= 5 + 1e-9
    assert found.reached[0][1] < 0.5
    assert {"margins_not_met", "weights_held", "few_in_group"} <= set(found.reasons)


@pytest.mark.parametrize("targets", [[0.5, 0.6], [1.2, -0.2], [np.nan, 1], []])
def test_shares_that_are_none_are_refused(targets):
    with pytest.raises(MarginError):
        rake([REGION], [targets])


def test_shares_within_a_hundredth_are_rescaled():
    found = rake([REGION], [[0.503, 0.503]])

    assert found.reached[0] == pytest.approx([0.5, 0.5])


def test_codes_columns_and_values_that_do_not_fit_are_refused():
    for groups in ([[0, 1, 2]], [[0, -2, 1]], [[0, 0.5, 1]], [[0, np.nan, 1]]):
        with pytest.raises(AnalysisError):
            rake(groups, [[0.5, 0.5]])
    with pytest.raises(ShapeError):
        rake([[0, 1], [0, 1, 1]], [[0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(ShapeError):
        mrp([1, 2], [[0, 1, 1]], [[0.5, 0.5]])
    with pytest.raises(AnalysisError):
        worst_case([1, 2], 0.5)
    with pytest.raises(AnalysisError):
        effective_n([1, -1])


def test_equal_values_need_no_model_and_survive_any_weight():
    found = mrp([4] * 30, [[0, 1, 1] * 10], [[0.5, 0.5]])

    assert (found.value, found.se, found.reasons) == (4, None, ("no_variation",))
    assert worst_case([2, 2, 2], 7) == pytest.approx(2)
    assert breakdown([4, 4], 3).word == "any"
    assert breakdown([3, 3], 3).gamma == 1
    assert turning_share(4, 4, 3) is None


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([1] * 60 + [-1], "any" if 60**0.5 > 50 else "strong"),
        ([1] * 9 + [-1], "strong"),
        ([1] * 4 + [-1], "moderate"),
        ([1] * 2 + [-1], "rests_on_who_came"),
        ([1] * 9 + [1], "any"),
    ],
)
def test_words_follow_the_breakdown(values, word):
    assert breakdown(values, 0).word == word
