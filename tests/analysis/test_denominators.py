"""Common denominators: golden values, all outcomes tried, what is undefined or refused."""

import dataclasses
import json
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.denominators import common_denominators
from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ScaleError, ShapeError
from alpclusters.analysis.ranking import rank_measures
from tests.factories.ranking import FIRST_MODEL, strong_effect

pytestmark = pytest.mark.unit

REGIONS = ["DE21", "DE27", "FRK2", "ITC4", "ITH5", "AT33"]
CHANCES = [0.9, 0.8, 0.6, 0.7, 0.3, 0.5]
SAME_COUNTRY = {0: "A", 1: "A", 2: "B", 3: "C"}


def chance(probabilities, n_countries, n_regions, **arguments):
    found = common_denominators(
        probabilities,
        regions=arguments.pop("regions", REGIONS),
        min_countries=n_countries,
        min_regions=n_regions,
        **arguments,
    )
    return found.measures[0].probability


def drawn(values, n=1):
    """Draws that are all alike, of one measure."""
    return np.tile(np.array(values, dtype=float), (n, 1, 1))


# --- golden values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [((2, 2), 0.95274), ((2, 3), 0.88822), ((3, 3), 0.68584), ((2, 4), 0.62082)],
)
def test_independent_regions_are_convolved(rule, expected):
    assert chance(CHANCES, *rule) == pytest.approx(expected, abs=1e-12)


def test_normal_regions_with_a_threshold():
    from scipy.special import ndtr  # noqa: PLC0415 - slow to import

    means = np.array([3.9, 3.6, 3.55, 3.7, 3.2, 3.5])
    chances = ndtr((means - 3.5) / np.array([0.25, 0.2, 0.2, 0.3, 0.25, 0.3]))

    golden = [0.94520071, 0.69146246, 0.59870633, 0.74750746, 0.11506967, 0.5]
    assert chances == pytest.approx(golden, abs=1e-8)
    assert chance(chances, 2, 2) == pytest.approx(0.95064445, abs=1e-8)
    assert chance(chances, 2, 3) == pytest.approx(0.86120476, abs=1e-8)


@pytest.fixture(scope="module")
def regions():
    columns = strong_effect(by_region=True)
    return rank_measures(*columns.table, scale=(1, 5), region=columns.region, **FIRST_MODEL).regions


def test_joint_draws_of_the_model(regions):
    found = common_denominators(
        regions.draws(draws=100_000),
        regions=regions.regions,
        countries=SAME_COUNTRY,
        threshold=3.5,
        min_regions=3,
    )

    golden = [0, 0.0003, 1, 0.0052, 0.9729, 0.4748, 0.9058, 1]
    assert [item.probability for item in found.measures] == pytest.approx(golden, abs=0.004)
    verdicts = [item.verdict for item in found.measures]
    assert (
        verdicts == ["not_common"] * 2 + ["common", "not_common", "common", "open"] + ["common"] * 2
    )
    assert found.common() == (2, 4, 6, 7)


def test_regions_taken_as_independent_are_surer_than_they_are(regions):
    from scipy.special import ndtr  # noqa: PLC0415 - slow to import

    chances = ndtr((regions.values - 3.5) / regions.standard_errors)

    found = common_denominators(
        chances, regions=regions.regions, countries=SAME_COUNTRY, min_regions=3
    )

    golden = [0, 0.00016, 1, 0.00345, 0.97528, 0.47746, 0.91686, 1]
    assert [item.probability for item in found.measures] == pytest.approx(golden, abs=5e-6)
    assert "regions_independent" in found.reasons


# --- against all outcomes, and in general -------------------------------------------------------


@given(
    st.lists(st.floats(0, 1), min_size=4, max_size=6),
    st.integers(0, 10_000),
    st.integers(1, 3),
    st.integers(1, 4),
)
def test_convolution_equals_trying_all_outcomes(chances, seed, n_countries, n_regions):
    size = len(chances)
    countries = ["A", "B", "C", *np.random.default_rng(seed).choice(list("ABC"), size - 3)]
    total = 0.0
    for outcome in product([0, 1], repeat=size):
        passing = {c for c, passes in zip(countries, outcome, strict=True) if passes}
        if len(passing) >= n_countries and sum(outcome) >= max(n_regions, n_countries):
            total += np.prod([p if x else 1 - p for p, x in zip(chances, outcome, strict=True)])

    names = list(range(size))
    found = chance(chances, n_countries, n_regions, regions=names, countries=countries)

    assert found == pytest.approx(total, abs=1e-12)


@given(st.integers(0, 10_000))
def test_order_of_regions_and_names_of_countries_change_nothing(seed):
    g = np.random.default_rng(seed)
    draws, order = g.normal(3.5, 0.5, (200, 3, 6)), g.permutation(6)
    countries = np.array(["A", "A", "B", "C", "C", "D"])

    plain = common_denominators(draws, regions=REGIONS, countries=countries.tolist())

    turned = common_denominators(
        draws[:, :, order],
        regions=[REGIONS[place] for place in order],
        countries=[f"x{name}" for name in countries[order]],
    )
    assert [m.probability for m in plain.measures] == [m.probability for m in turned.measures]


@given(st.integers(0, 10_000))
def test_stricter_rule_is_never_more_probable(seed):
    draws = np.random.default_rng(seed).normal(3.5, 0.5, (100, 1, 6))

    chances = [chance(draws, 2, k, threshold=3.5) for k in (2, 3, 4, 5)]

    assert chances == sorted(chances, reverse=True)


# --- verdicts and spans -------------------------------------------------------------------------


def test_verdict_needs_the_bar_on_either_side():
    sure, unsure, against = [1.0] * 6, [0.5] * 6, [0.0] * 6

    found = common_denominators(
        [sure, unsure, against], regions=REGIONS, min_regions=3, measures=["a", "b", "c"]
    )

    assert [item.verdict for item in found.measures] == ["common", "open", "not_common"]
    assert found.common() == ("a",)


def test_bar_itself_counts_on_both_sides():
    names, countries = ["r1", "r2"], ["A", "B"]

    found = common_denominators([[0.8, 1.0], [0.2, 1.0]], regions=names, countries=countries)

    assert [item.verdict for item in found.measures] == ["common", "not_common"]


def test_region_with_not_enough_ratings_leaves_a_span():
    chances = [0.9, 0.8, np.nan, 0.7, 0.3, 0.5]

    item = common_denominators(chances, regions=REGIONS, min_regions=3).measures[0]

    assert item.low == pytest.approx(chance([0.9, 0.8, 0.0, 0.7, 0.3, 0.5], 2, 3))
    assert item.high == pytest.approx(chance([0.9, 0.8, 1.0, 0.7, 0.3, 0.5], 2, 3))
    assert (item.probability, item.verdict) == (None, "open")
    assert (item.not_estimated, item.region_probabilities[2]) == (("FRK2",), None)
    assert (item.status, item.reasons) == ("limited", ("not_enough_ratings",))


def test_span_on_one_side_of_the_bar_has_a_verdict():
    item = common_denominators([1, 1, np.nan, 1, 0, 0], regions=REGIONS).measures[0]

    assert (item.low, item.high, item.probability, item.verdict) == (1, 1, 1, "common")


def test_region_not_estimated_in_draws_leaves_a_span():
    item = common_denominators(
        drawn([4, 2, np.nan, 2, 2, 2], n=10), regions=REGIONS, threshold=3.5
    ).measures[0]

    assert (item.low, item.high, item.verdict) == (0.0, 1.0, "open")


def test_measure_that_some_want_and_some_reject_is_divided():
    found = common_denominators(
        np.concatenate([drawn([4, 4, 4, 2.9, 3.4, 3.6]), drawn([4, 4, 4, 3.1, 3.4, 3.6])], axis=1),
        regions=REGIONS,
        threshold=3.5,
    )

    assert [item.is_divided for item in found.measures] == [True, False]
    assert [item.verdict for item in found.measures] == ["common", "common"]


def test_division_is_not_judged_from_probabilities():
    assert common_denominators(CHANCES, regions=REGIONS).measures[0].is_divided is None


# --- what is said, undefined, refused -----------------------------------------------------------


def test_fewer_regions_than_countries_are_raised_and_said():
    found = common_denominators(CHANCES, regions=REGIONS, min_countries=3, min_regions=2)

    assert (found.min_regions, found.measures[0].probability) == (3, pytest.approx(0.68584))
    assert "min_regions_raised" in found.reasons


def test_conventions_carry_the_rule():
    found = common_denominators(drawn([4.0] * 6), regions=REGIONS)

    assert "threshold_assumed" in found.reasons
    names = ("threshold", "min_countries", "min_regions", "certain", "divided_by")
    assert [found.conventions.threshold(name) for name in names] == [3.5, 2, 2, 0.8, 0.5]
    assert found.countries == ("DE", "DE", "FR", "IT", "IT", "AT")
    record = json.loads(json.dumps(found.as_record(), allow_nan=False))
    assert record["measures"][0]["verdict"] == "common"
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.status = "ok"


@pytest.mark.parametrize(
    ("given", "arguments", "reason"),
    [
        (CHANCES[:2], {"regions": ["DE1", "DE2"]}, "one_country"),
        (np.zeros((0, 6)), {"regions": REGIONS}, "no_ratings"),
        (np.zeros((0, 2, 6)), {"regions": REGIONS}, "no_ratings"),
        (np.zeros((2, 0)), {"regions": []}, "no_ratings"),
        ([np.nan] * 6, {"regions": REGIONS}, "no_ratings"),
        (CHANCES, {"regions": REGIONS, "min_countries": 5}, "rule_cannot_be_met"),
        (CHANCES, {"regions": REGIONS, "min_regions": 7}, "rule_cannot_be_met"),
    ],
)
def test_what_cannot_be_judged_is_undefined_with_a_reason(given, arguments, reason):
    found = common_denominators(given, **arguments)

    assert (found.status, found.reasons[0]) == ("undefined", reason)
    assert all(item.probability is item.verdict is None for item in found.measures)
    assert found.common() == ()


def test_measure_without_any_estimate_is_undefined_among_others():
    found = common_denominators([CHANCES, [np.nan] * 6], regions=REGIONS)

    assert found.status == "limited"
    assert [item.status for item in found.measures] == ["ok", "undefined"]
    assert found.measures[1].reasons == ("no_ratings",)


@pytest.mark.parametrize(
    ("given", "arguments", "error", "argument"),
    [
        (0.5, {}, ShapeError, "draws_or_probabilities"),
        (np.zeros((1, 1, 1, 6)), {}, ShapeError, "draws_or_probabilities"),
        ([[0.5], [0.5, 0.6]], {}, ShapeError, "draws_or_probabilities"),
        (CHANCES, {"regions": REGIONS[:5]}, ShapeError, "regions"),
        (CHANCES, {"regions": [*REGIONS[:5], "DE21"]}, ShapeError, "regions"),
        (CHANCES, {"regions": [*REGIONS[:5], 7]}, ShapeError, "regions"),
        (CHANCES, {"countries": ["A"] * 5}, ShapeError, "countries"),
        (CHANCES, {"countries": {"DE21": "DE"}}, ShapeError, "countries"),
        (CHANCES, {"measures": ["a", "b"]}, ShapeError, "measures"),
        ([*CHANCES[:5], 1.1], {}, ScaleError, "draws_or_probabilities"),
        ([*CHANCES[:5], -0.1], {}, ScaleError, "draws_or_probabilities"),
        ([*CHANCES[:5], np.inf], {}, NotFiniteError, "draws_or_probabilities"),
        (
            [[[1, 1, 1, 1, 1, np.nan]], [[1, 1, 1, 1, 1, 1]]],
            {},
            NotFiniteError,
            "draws_or_probabilities",
        ),
        (CHANCES, {"min_countries": 0}, AnalysisError, "min_countries"),
        (CHANCES, {"min_regions": 0}, AnalysisError, "min_regions"),
        (CHANCES, {"certain": 0.5}, AnalysisError, "certain"),
        (CHANCES, {"threshold": np.nan}, AnalysisError, "threshold"),
    ],
)
def test_wrong_input_is_refused_by_type_and_argument(given, arguments, error, argument):
    with pytest.raises(error) as raised:
        common_denominators(given, **({"regions": REGIONS} | arguments))

    assert raised.value.where.argument == argument
