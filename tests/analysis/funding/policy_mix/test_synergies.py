"""Overlap and complementarity: the paper's example, and what always holds."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.policy_mix import (
    Part,
    Strategy,
    synergy,
    theme_weights,
)

pytestmark = pytest.mark.unit

A = theme_weights({"energy": 0.4, "ict": 0.3, "wood": 0.3, "med": 0})
B = theme_weights({"energy": 0.1, "ict": 0.5, "wood": 0, "med": 0.4})

weights = st.dictionaries(
    st.sampled_from("abcdef"), st.none() | st.floats(0.01, 1), min_size=1
).map(theme_weights)
strategies = st.builds(Strategy, weights, weights, weights)


def test_golden_of_the_paper():
    found = synergy(Strategy(A), Strategy(B))

    assert f"{found.overlap:.6f}" == "0.400000"
    assert f"{found.jaccard:.6f}" == "0.250000"


def test_complementarity_is_what_each_needs_and_the_other_has():
    tyrol = Strategy(needs=theme_weights({"energy": 1}), strengths=theme_weights({"wood": 1}))
    slovenia = Strategy(
        needs=theme_weights({"wood": 0.5, "ict": 0.5}),
        strengths=theme_weights({"energy": 0.8, "ict": 0.2}),
    )

    found = synergy(tyrol, slovenia)

    assert found.complementarity == pytest.approx((0.8 + 0.5) / 2)
    assert found.first_seeks == (Part("energy", 0.8, is_assumed=False),)
    assert found.second_seeks == (Part("wood", 0.5, is_assumed=False),)
    assert (found.overlap, found.reasons) == (None, ("no_priorities",))


def test_one_direction_alone_is_no_complementarity():
    found = synergy(Strategy(needs=A), Strategy(strengths=B))

    assert found.complementarity is None
    assert [part.theme for part in found.first_seeks] == ["ict", "energy"]


def test_assumed_weights_are_marked_and_counted():
    found = synergy(
        Strategy(theme_weights({"a": None, "b": None})), Strategy(theme_weights({"a": 1}))
    )

    assert found.shared == (Part("a", 0.5, is_assumed=True),)
    assert found.unknown_share == pytest.approx(2 / 3)


def test_nothing_known_is_undefined():
    found = synergy(Strategy(), Strategy(A))

    assert (found.status, found.overlap, found.jaccard) == ("undefined", None, None)


def test_unknown_weights_share_what_the_stated_leave():
    found = theme_weights({"a": 0.5, "b": None, "c": None})

    assert found.weights == (0.5, 0.25, 0.25)
    assert found.assumed == {"b", "c"}


def test_unknown_weights_take_the_mean_where_nothing_is_left():
    found = theme_weights({"a": 3, "b": 1, "c": None})

    assert found.weights == pytest.approx((3 / 6, 1 / 6, 2 / 6))


@pytest.mark.parametrize("stated", [{"a": math.nan}, {"a": -0.1}, {"a": math.inf}, {"a": 0.0}])
def test_what_is_no_weight_is_refused(stated):
    with pytest.raises(AnalysisError):
        theme_weights(stated)


@given(weights)
def test_weights_sum_to_one(found):
    assert math.fsum(found.weights) == pytest.approx(1)


@given(strategies, strategies)
def test_figures_are_the_same_from_both_sides_and_between_zero_and_one(first, second):
    there, back = synergy(first, second), synergy(second, first)

    assert there.overlap == pytest.approx(back.overlap)
    assert there.complementarity == pytest.approx(back.complementarity)
    assert 0 <= there.jaccard <= there.overlap <= 1
    assert 0 <= there.complementarity <= 1 + 1e-12
    assert there.first_seeks == back.second_seeks


@given(strategies)
def test_strategy_overlaps_itself_wholly(one):
    assert synergy(one, one).overlap == pytest.approx(1)
