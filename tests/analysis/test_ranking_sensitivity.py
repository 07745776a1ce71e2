"""Weights of criteria: exact shares for two, simulated ones for three, the combination."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError
from alpclusters.analysis.ranking import WeightError, rank_measures, weight_sensitivity
from alpclusters.analysis.ranking.criteria import _Tally
from tests.factories.ranking import random_ratings

pytestmark = pytest.mark.unit


def two_criteria(**overrides):
    """Nine raters, five measures, the criteria "cost" and "effect"."""
    one, other = random_ratings(1), random_ratings(2)
    columns = {
        "ratings": one.value + other.value,
        "raters": one.rater + other.rater,
        "measures": one.measure + other.measure,
        "criterion": ["effect"] * len(one.value) + ["cost"] * len(other.value),
        "scale": (1, 5),
    } | overrides
    return rank_measures(
        columns.pop("ratings"), columns.pop("raters"), columns.pop("measures"), **columns
    )


def test_two_criteria_are_exact():
    found = weight_sensitivity([(0.9, 0.2), (0.5, 0.6), (0.1, 0.9)])

    expected = [[1 / 2, 1 / 30, 7 / 15], [1 / 14, 13 / 14, 0], [3 / 7, 4 / 105, 8 / 15]]
    assert found.acceptability == pytest.approx(np.array(expected), abs=1e-12)
    assert found.is_exact
    # First from weight 1/2 on, between 3/7 and 1/2, and up to 3/7: the middles.
    assert found.central_weights[:, 0] == pytest.approx([3 / 4, 13 / 28, 3 / 14], abs=1e-12)


def test_three_criteria_agree_with_areas_of_polygons():
    values = [(0.8, 0.4, 0.5), (0.5, 0.7, 0.5), (0.4, 0.5, 0.8)]

    found = weight_sensitivity(values, draws=60_000)

    expected = [[0.357143, 0.242857, 0.4], [0.3, 0.45, 0.25], [0.342857, 0.307143, 0.35]]
    assert found.acceptability == pytest.approx(np.array(expected), abs=0.006)
    assert not found.is_exact
    assert (found.conventions.draws, found.conventions.seed) == (60_000, 0)


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_exact_shares_agree_with_a_fine_grid_of_weights(seed, n):
    values = np.random.default_rng(seed).integers(0, 6, (n, 2)) / 5
    weights = (np.arange(2000) + 0.5) / 2000

    found = weight_sensitivity(values).acceptability

    combined = weights[:, None] * values[:, 0] + (1 - weights)[:, None] * values[:, 1]
    above = (combined[:, None, :] > combined[:, :, None] + 1e-9).sum(axis=2)
    equal = (abs(combined[:, None, :] - combined[:, :, None]) <= 1e-9).sum(axis=2)
    for rank in range(n):
        share = np.where((above <= rank) & (rank < above + equal), 1 / equal, 0).mean(axis=0)
        assert found[:, rank] == pytest.approx(share, abs=2e-3 * n)
    assert found.sum(axis=0) == pytest.approx(np.ones(n))
    assert found.sum(axis=1) == pytest.approx(np.ones(n))


def test_equal_measures_share_their_ranks():
    found = weight_sensitivity([(0.5, 0.5), (0.5, 0.5), (0.1, 0.2)])

    assert found.acceptability.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert np.isnan(found.central_weights[2]).all()


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(0, 6))
def test_weights_counted_together_give_the_sums_of_weights_counted_one_by_one(seed, n):
    chance = np.random.default_rng(seed)
    values, weights = chance.normal(size=(50, n)), chance.dirichlet((1, 1, 1), size=50)
    if seed % 2:
        values = values.round()
    together, one_by_one = _Tally.of(n, 3), _Tally.of(n, 3)

    together.add_all(values, weights, np.full(50, 1 / 50))
    for row, weight in zip(values, weights, strict=True):
        one_by_one.add(row, weight, 1 / 50)

    # To the last bit: stored results are compared by their digest.
    assert together.acceptability.tolist() == one_by_one.acceptability.tolist()
    assert together.first.tolist() == one_by_one.first.tolist()


def test_no_measures_are_undefined():
    found = weight_sensitivity([])

    assert (found.status, found.reasons) == ("undefined", ("no_ratings",))


@pytest.mark.parametrize(
    ("values", "arguments", "error"),
    [
        ([0.5, 0.6], {}, ShapeError),
        ([(0.5,), (0.6,)], {}, ShapeError),
        ([(0.5, np.nan)], {}, NotFiniteError),
        ([(0.5, np.inf)], {}, NotFiniteError),
        ([(0.5, 0.6)], {"criteria": ["one"]}, ShapeError),
        ([(0.5, 0.6, 0.7)], {"draws": 0}, AnalysisError),
    ],
)
def test_wrong_values_are_refused_by_type(values, arguments, error):
    with pytest.raises(error):
        weight_sensitivity(values, **arguments)


def test_criteria_are_rescaled_and_added_with_stated_weights():
    found = two_criteria(criteria_weights={"cost": 0.25, "effect": 0.75})

    cost, effect = (item.ranking for item in found.criteria)
    assert [(item.criterion, item.weight) for item in found.criteria] == [
        ("cost", 0.25),
        ("effect", 0.75),
    ]
    for mixed, one, other in zip(found.measures, cost.measures, effect.measures, strict=True):
        value = 0.25 * (one.estimate - 1) / 4 + 0.75 * (other.estimate - 1) / 4
        error = np.hypot(0.25 * one.standard_error / 4, 0.75 * other.standard_error / 4)
        assert mixed.estimate == pytest.approx(value)
        assert mixed.standard_error == pytest.approx(error)
        assert mixed.n == one.n + other.n
    assert (found.status, found.conventions.scale) == ("ok", (0.0, 1.0))
    assert "criteria_independent" in found.reasons
    assert found.variances is None


def test_equal_weights_are_said_to_be_assumed():
    found = two_criteria()

    assert [item.weight for item in found.criteria] == [0.5, 0.5]
    assert "equal_criteria_weights" in found.reasons


def test_all_weights_say_who_could_be_first():
    found = two_criteria().weight_sensitivity

    assert found.criteria == ("cost", "effect")
    assert found.acceptability.sum(axis=0) == pytest.approx(np.ones(5))
    assert found.acceptability.sum(axis=1) == pytest.approx(np.ones(5))
    assert found.conventions.draws == 4000


def test_measure_without_one_criterion_is_listed_without_estimate():
    one, other = random_ratings(1), random_ratings(2)
    kept = [place for place, measure in enumerate(other.measure) if measure != 3]

    found = two_criteria(
        ratings=one.value + [other.value[place] for place in kept],
        raters=one.rater + [other.rater[place] for place in kept],
        measures=one.measure + [other.measure[place] for place in kept],
        criterion=["effect"] * len(one.value) + ["cost"] * len(kept),
    )

    lacking = found.measure(3)
    assert (lacking.estimate, lacking.tier, lacking.status) == (None, None, "undefined")
    assert lacking.n > 0
    assert found.status == "limited"
    assert "criterion_missing" in found.reasons
    assert np.isnan(found.weight_sensitivity.acceptability[3]).all()
    assert found.order == tuple(name for name in found.order if name != 3)
    assert len(found.order) == 4


def test_undefined_criterion_makes_the_whole_undefined():
    one, other = random_ratings(1), random_ratings(2)

    found = two_criteria(ratings=one.value + [3.0] * len(other.value))

    assert (found.status, found.order, found.tiers) == ("undefined", (), ())
    assert "criterion_undefined" in found.reasons
    assert found.weight_sensitivity is None
    assert found.criteria[0].ranking.reasons == ("no_variation",)
    assert found.criteria[1].ranking.status == "ok"


def test_criterion_of_weight_zero_changes_nothing():
    found = two_criteria(criteria_weights={"cost": 0, "effect": 1})

    alone = found.criteria[1].ranking
    assert found.order == alone.order
    assert [tier.measures for tier in found.tiers] == [tier.measures for tier in alone.tiers]


@pytest.mark.parametrize(
    ("weights", "error"),
    [
        ({"cost": 0.5, "effect": 0.6}, WeightError),
        ({"cost": -0.5, "effect": 1.5}, WeightError),
        ({"cost": np.nan, "effect": 1}, WeightError),
        ({"cost": 1.0}, ShapeError),
        ([1.0], ShapeError),
    ],
)
def test_weights_of_criteria_are_checked(weights, error):
    with pytest.raises(error):
        two_criteria(criteria_weights=weights)


def test_weights_of_criteria_need_criteria():
    with pytest.raises(ShapeError):
        rank_measures(*random_ratings(1).table, criteria_weights={"cost": 1.0})


def test_weights_of_raters_keep_the_unweighted_tiers_beside():
    weights = {rater: 2.0 if rater % 2 else 1.0 for rater in range(9)}

    found = two_criteria(weights=weights)

    plain = two_criteria()
    assert found.unweighted_tiers == plain.tiers
    assert plain.unweighted_tiers is None
