"""Gravity between regions: the golden fit, separation, zeros, clustered errors; distances."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.network import great_circle, spatial_interaction
from alpclusters.analysis.network.gravity import dyadic_variance, fit_poisson

pytestmark = pytest.mark.unit

PLACES = {
    "A": (0, 0), "B": (300, 0), "C": (0, 400), "D": (600, 800), "E": (900, 200), "F": (500, 500),
}  # fmt: skip
MASS = dict(zip("ABCDEF", (120, 80, 60, 200, 40, 90), strict=True))
COUNTRY = dict(zip("ABCDEF", (0, 0, 1, 1, 2, 2), strict=True))
FLOW = [45, 20, 22, 9, 21, 12, 15, 8, 18, 14, 5, 24, 10, 40, 9]
PAIRS = list(combinations("ABCDEF", 2))


def columns(flow=FLOW):
    distance = [float(np.hypot(*np.subtract(PLACES[a], PLACES[b]))) for a, b in PAIRS]
    return flow, [MASS[a] for a, _ in PAIRS], [MASS[b] for _, b in PAIRS], distance


BORDER = [int(COUNTRY[a] != COUNTRY[b]) for a, b in PAIRS]


def test_golden_fit():
    found = spatial_interaction(*columns(), border=BORDER)

    values = [one.value for one in found.coefficients]
    errors = [one.se_robust for one in found.coefficients]
    assert [one.name for one in found.coefficients] == ["constant", "mass", "distance", "border"]
    assert values == pytest.approx([3.817751, 0.568184, -0.950436, -0.066625], abs=5.1e-7)
    assert errors == pytest.approx([1.308968, 0.096732, 0.143408, 0.165381], abs=5.1e-7)
    assert found.deviance == pytest.approx(14.371033, abs=5.1e-7)
    assert found.fitted.sum() == pytest.approx(272)
    residuals = dict(zip(PAIRS, found.residual.round(4).tolist(), strict=True))
    named = {"CF": 2.1316, "AB": 1.2985, "DE": -1.2433, "EF": -1.1714, "DF": -1.0279, "CD": -1.0203}
    assert {name: residuals[tuple(name)] for name in named} == named
    assert found.reasons == ()
    assert not found.is_missing.any()


def test_pair_far_below_the_model_is_missing():
    flow = list(FLOW)
    flow[PAIRS.index(("D", "F"))] = 1

    found = spatial_interaction(*columns(flow))

    assert [PAIRS[place] for place in np.flatnonzero(found.is_missing)] == [("D", "F")]


def test_region_without_organisations_is_dropped_and_counted():
    flow, mass_i, mass_j, distance = columns()
    mass_i = [0 if a == "A" else mass for mass, (a, _) in zip(mass_i, PAIRS, strict=True)]

    found = spatial_interaction(flow, mass_i, mass_j, distance)

    assert found.n_dropped == 5
    assert found.kept.tolist() == list(range(5, 15))
    assert len(found.fitted) == 10


def test_border_with_nothing_on_one_side_is_left_out_and_said():
    flow = [0 if border else value for value, border in zip(FLOW, BORDER, strict=True)]

    found = spatial_interaction(*columns(flow), border=BORDER)

    assert found.reasons == ("border_separated",)
    assert [one.name for one in found.coefficients] == ["constant", "mass", "distance"]
    assert found.fitted.sum() == pytest.approx(sum(flow))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"flow": [0] * 15}, "no_flow"),
        ({"distance": [100.0] * 15}, "collinear"),
        ({"mass_i": [0] * 15}, "no_flow"),
    ],
)
def test_what_cannot_be_fitted_has_a_reason_and_no_numbers(changed, reason):
    named = dict(zip(("flow", "mass_i", "mass_j", "distance"), columns(), strict=True))

    found = spatial_interaction(**{**named, **changed})

    assert (found.reasons, found.coefficients, found.deviance) == ((reason,), (), None)


def test_constant_border_is_left_out():
    assert spatial_interaction(*columns(), border=[1] * 15).reasons == ("border_constant",)


def test_empty_table_has_no_fit():
    assert spatial_interaction([], [], [], []).reasons == ("no_flow",)


@pytest.mark.parametrize(
    ("changed", "argument"),
    [
        ({"flow": [-1] * 15}, "flow"),
        ({"flow": [1, 2]}, "mass_i"),
        ({"distance": [0] * 15}, "distance"),
        ({"mass_j": [np.nan] * 15}, "mass_j"),
        ({"border": [2] * 15}, "border"),
        ({"first": [0] * 15}, "second"),
        ({"first": [-1] * 15, "second": [0] * 15}, "first"),
        ({"first": [0] * 14, "second": [0] * 15}, "first"),
    ],
)
def test_bad_column_is_refused_by_name(changed, argument):
    named = dict(zip(("flow", "mass_i", "mass_j", "distance"), columns(), strict=True))

    with pytest.raises(AnalysisError) as caught:
        spatial_interaction(**{**named, **changed})

    assert caught.value.where.argument == argument


@given(
    st.lists(st.integers(0, 10**6), min_size=15, max_size=15),
    st.lists(st.sampled_from([0, 1]), min_size=15, max_size=15),
)
@example(
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 58623, 0, 0],
    [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0],
)
@example(
    [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 132, 0, 1],
    [0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0],
)
def test_fit_of_any_flows_keeps_the_sum_or_says_why_there_is_none(flow, border):
    found = spatial_interaction(*columns(flow), border=border)

    if found.coefficients:
        assert found.fitted.sum() == pytest.approx(sum(flow), rel=1e-6)
        assert np.isfinite(found.residual).all()
        assert all(np.isfinite(one.se_robust) for one in found.coefficients)
    else:
        assert found.reasons


def simulated(n_regions=25, seed=4):
    random = np.random.default_rng(seed)
    first, second = np.triu_indices(n_regions, 1)
    place, mass = random.random((n_regions, 2)) * 900, random.integers(20, 300, n_regions)
    distance = np.hypot(*(place[first] - place[second]).T)
    border = (first % 4 != second % 4).astype(int)
    mean = np.exp(-2 + 0.7 * np.log(mass[first] * mass[second]) - 0.8 * np.log(distance))
    flow = random.poisson(mean * np.where(border, 0.6, 1.0))
    return (flow, mass[first], mass[second], distance), border, first, second


def test_known_coefficients_are_found_again():
    arguments, border, first, second = simulated()

    found = spatial_interaction(*arguments, border=border, first=first, second=second)

    truth = (-2, 0.7, -0.8, np.log(0.6))
    for one, true in zip(found.coefficients, truth, strict=True):
        assert abs(one.value - true) < 3 * max(one.se_robust, one.se_clustered)


def test_order_of_the_two_regions_does_not_matter_for_clustered_errors():
    arguments, border, first, second = simulated()
    flow, mass_i, mass_j, distance = arguments
    turned = (flow, mass_j, mass_i, distance)

    one = spatial_interaction(*arguments, border=border, first=first, second=second)
    two = spatial_interaction(*turned, border=border, first=second, second=first)

    errors = [[each.se_clustered for each in found.coefficients] for found in (one, two)]
    assert errors[0] == pytest.approx(errors[1], rel=1e-12)


def test_clustered_variance_is_the_sum_over_all_pairs_that_share_a_region():
    arguments, _, first, second = simulated(7)
    flow, mass_i, mass_j, distance = (np.asarray(each, dtype=float) for each in arguments)
    x = np.stack([np.ones(len(flow)), np.log(mass_i * mass_j), np.log(distance)], axis=1)
    fit = fit_poisson(flow, x)

    meat = np.zeros((3, 3))
    for p in range(len(flow)):
        for q in range(len(flow)):
            if {first[p], second[p]} & {first[q], second[q]}:
                meat += np.outer(fit.score[p], fit.score[q])

    expected = fit.bread @ meat @ fit.bread
    assert dyadic_variance(fit, first, second) == pytest.approx(expected, rel=1e-9)


def test_record_is_plain():
    record = spatial_interaction(*columns(), border=BORDER).as_record()

    assert record["coefficients"][0]["name"] == "constant"
    assert isinstance(record["residual"], list)


def test_distances_on_the_globe():
    # A quarter of a great circle, and two places of one latitude.
    found = great_circle([0, 90, 0], [0, 0, 90])

    assert found == pytest.approx((np.ones((3, 3)) - np.eye(3)) * np.pi / 2 * 6371.0088)
    inside = great_circle([47.0], [11.0], area_km2=[np.pi * 9])
    assert inside[0, 0] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("arguments", "options", "argument"),
    [
        (([0, 1], [0]), {}, "longitude"),
        (([np.inf], [0]), {}, "latitude"),
        (([0], [0]), {"area_km2": [1, 2]}, "area_km2"),
        (([0], [0]), {"area_km2": [-1]}, "area_km2"),
    ],
)
def test_bad_places_are_refused(arguments, options, argument):
    with pytest.raises(AnalysisError) as caught:
        great_circle(*arguments, **options)

    assert caught.value.where.argument == argument
