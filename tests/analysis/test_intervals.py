"""Intervals for a share, a mean and a median: golden values, brute force, refusals."""

from math import comb, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import jeffreys_interval, median_ranks, wilson_interval
from alpclusters.analysis.consensus.intervals import share_interval, t_interval
from alpclusters.analysis.errors import AnalysisError, ScaleError

pytestmark = pytest.mark.unit

# k, n, Wilson 95 %, Wilson 90 %, Jeffreys 95 %: second way statsmodels proportion_confint, and
# for Jeffreys at the ends the rule of Brown, Cai, DasGupta (2001).
GOLDEN = [
    (
        8,
        11,
        (0.4343546988, 0.9025394071),
        (0.4795100164, 0.8853058711),
        (0.4349045195, 0.9165182402),
    ),
    (
        81,
        263,
        (0.2552885199, 0.3662095770),
        (0.2633136172, 0.3565663496),
        (0.2545219350, 0.3656474992),
    ),
    (
        15,
        148,
        (0.0623863995, 0.1604872417),
        (0.0674432622, 0.1495729317),
        (0.0604485170, 0.1576431435),
    ),
    (
        1,
        29,
        (0.0061132143, 0.1717552188),
        (0.0077308080, 0.1406830951),
        (0.0037461736, 0.1500776860),
    ),
    (0, 10, (0.0, 0.2775327999), (0.0, 0.2129419701), (0.0, 0.2171962675)),
    (5, 5, (0.5655175352, 1.0), (0.6488834992, 1.0), (0.6206228577, 1.0)),
]


@pytest.mark.parametrize(("k", "n", "wilson_95", "wilson_90", "jeffreys_95"), GOLDEN)
def test_share_intervals_meet_the_golden_values(k, n, wilson_95, wilson_90, jeffreys_95):
    found = [
        wilson_interval(k, n, level=0.95),
        wilson_interval(k, n),
        jeffreys_interval(k, n, level=0.95),
    ]

    ends = [(bounds.low[0], bounds.high[0]) for bounds in found]
    np.testing.assert_allclose(ends, [wilson_95, wilson_90, jeffreys_95], atol=1e-9)


def test_ends_are_exact_where_nobody_or_everybody_agrees():
    for kind in ("wilson", "jeffreys"):
        bounds = share_interval([0, 7], 7, kind=kind)

        assert (bounds.low[0], bounds.high[1]) == (0.0, 1.0)


def test_no_trials_give_no_interval_and_no_warning():
    assert np.isnan(wilson_interval(0, 0).low[0])
    assert np.isnan(jeffreys_interval(0, 0).high[0])


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 4), (nan, 4)])
def test_impossible_hits_are_refused(k, n):
    with pytest.raises(ScaleError) as caught:
        wilson_interval(k, n)

    assert caught.value.code == "share.hits_exceed_trials"


def test_level_outside_zero_to_one_is_refused():
    with pytest.raises(ScaleError):
        wilson_interval(1, 2, level=1.0)


def test_unknown_kind_of_interval_is_refused():
    with pytest.raises(AnalysisError) as caught:
        share_interval(1, 2, kind="wald")

    assert caught.value.expected == "wilson, jeffreys"


@given(st.integers(1, 400), st.data())
def test_share_lies_inside_its_interval(n, data):
    k = data.draw(st.integers(0, n))

    for kind in ("wilson", "jeffreys"):
        bounds = share_interval(k, n, kind=kind)
        assert 0 <= bounds.low[0] <= k / n <= bounds.high[0] <= 1


def brute_force_ranks(n, level):
    """Return the greatest rank l with 1 - 2 P(B < l) at or above the level, in whole numbers."""
    best = (0, 0, nan)
    for rank in range(1, n // 2 + 1):
        coverage = 1 - 2 * sum(comb(n, i) for i in range(rank)) / 2**n
        if coverage >= level:
            best = (rank, n + 1 - rank, coverage)
    return best


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
def test_median_ranks_equal_brute_force(level):
    sizes = range(130)
    found = median_ranks(list(sizes), level=level)

    expected = [brute_force_ranks(n, level) for n in sizes]
    assert found.low.tolist() == [low for low, _, _ in expected]
    assert found.high.tolist() == [high for _, high, _ in expected]
    np.testing.assert_allclose(found.coverage, [c for *_, c in expected], rtol=1e-9)


def test_median_ranks_of_many_values_reach_the_level_closely():
    ranks = median_ranks([20_000])

    assert 0.90 <= ranks.coverage[0] < 0.905
    assert ranks.low[0] + ranks.high[0] == 20_001


def test_mean_interval_is_clipped_to_the_scale():
    bounds = t_interval(
        np.array([4.8]), np.array([0.9]), np.array([5]), level=0.9, scale=(1.0, 5.0)
    )

    assert bounds.high[0] == 5.0
    # t quantile 2.131847 for 4 degrees of freedom: 4.8 - 2.131847 * 0.9 / sqrt(5)
    assert bounds.low[0] == pytest.approx(3.94195, abs=1e-5)
