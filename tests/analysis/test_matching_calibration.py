"""From scores to the chance of an outcome: goldens, few labels, simulated truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.matching import (
    calibrate,
    fit_isotonic,
    fit_platt,
    outcome_probability,
)

pytestmark = pytest.mark.unit

SCORES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
LABELS = [0, 0, 1, 0, 0, 1, 0, 1, 1, 1]


def simulated(n, seed=0):
    rng = np.random.default_rng(seed)
    score = rng.random(n)
    return score, (rng.random(n) < score**2).astype(int)


def test_golden_of_platt():
    curve = fit_platt(SCORES, LABELS)

    assert curve.slope == pytest.approx(3.381289, abs=5e-7)
    assert curve.intercept == pytest.approx(-1.846946, abs=5e-7)
    assert curve.at(np.array([0.2, 0.5, 0.9])) == pytest.approx(
        [0.236731, 0.461004, 0.767851], abs=5e-7
    )


def test_golden_of_isotonic():
    third = 1 / 3

    assert fit_isotonic(SCORES, LABELS).values == pytest.approx(
        [0, 0, third, third, third, 0.5, 0.5, 1, 1, 1]
    )


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=12))
def test_isotonic_is_the_minimax_of_block_means(rows):
    score, label = zip(*rows, strict=True)
    found = fit_isotonic(score, np.array(label, int))

    seen = sorted(set(score))
    at = [[hit for s, hit in rows if s == one] for one in seen]

    def mean(first, last):
        block = [hit for hits in at[first : last + 1] for hit in hits]
        return sum(block) / len(block)

    n = len(seen)
    expected = [max(min(mean(a, b) for b in range(i, n)) for a in range(i + 1)) for i in range(n)]
    assert found.values == pytest.approx(expected)


def test_scores_that_part_the_labels_keep_platt_finite():
    curve = fit_platt([1, 2, 3, 4], [0, 0, 1, 1])

    # Targets are 1/4 and 3/4, not 0 and 1.
    assert 0 < curve.at(np.array([1.0]))[0] < 0.5 < curve.at(np.array([4.0]))[0] < 1


def test_equal_scores_promise_the_mean_of_the_targets():
    curve = fit_platt([2, 2, 2, 2], [0, 1, 1, 1])

    assert curve.reasons == ("scores_equal",)
    assert curve.at(np.array([2.0]))[0] == pytest.approx((3 * 0.8 + 1 / 3) / 4)


@pytest.mark.parametrize(
    ("n", "n_hits", "method"),
    [
        (29, 10, "rank_only"),
        (30, 4, "rank_only"),
        (30, 26, "rank_only"),
        (30, 5, "platt"),
        (199, 80, "platt"),
        (200, 80, "isotonic"),
    ],
)
def test_number_of_labels_decides(n, n_hits, method):
    label = np.zeros(n)
    label[:n_hits] = 1

    found = calibrate(np.arange(n), label)

    assert found.method == method
    assert found.base_rate == pytest.approx(n_hits / n)
    assert (found.brier is None) == (method == "rank_only")
    assert (outcome_probability(found, [3.0]) is None) == (method == "rank_only")


@pytest.mark.parametrize("n", [120, 2000])
def test_calibrated_probabilities_beat_the_base_rate_and_hold(n):
    found = calibrate(*simulated(n))

    assert found.brier < found.brier_of_base_rate
    assert sum(row.n for row in found.reliability) == n
    assert sum(row.low <= row.promised <= row.high for row in found.reliability) >= 0.7 * len(
        found.reliability
    )
    assert "introduced_pairs_only" in found.reasons


def test_truth_is_found_from_many_labels():
    found = calibrate(*simulated(20_000))

    at = outcome_probability(found, [0.3, 0.6, 0.9])
    assert at == pytest.approx([0.09, 0.36, 0.81], abs=0.05)


def test_noise_is_not_sold_as_knowledge():
    rng = np.random.default_rng(3)

    found = calibrate(rng.random(400), rng.random(400) < 0.3)

    assert found.brier > found.brier_of_base_rate - 0.01


def test_label_must_be_yes_or_no():
    with pytest.raises(AnalysisError):
        calibrate([1, 2], [0, 2])
