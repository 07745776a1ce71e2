"""Ranking: what is counted, what is undefined and why, what is refused."""

import dataclasses
import json

import numpy as np
import pytest

from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings
from alpclusters.analysis.errors import (
    AnalysisError,
    DuplicateError,
    NotFiniteError,
    ScaleError,
    ShapeError,
)
from alpclusters.analysis.ranking import WeightError, rank_measures, rating_columns
from tests.factories.ranking import random_ratings, strong_effect

pytestmark = pytest.mark.unit

RATERS = [rater for rater in range(6) for _ in range(4)]
MEASURES = list(range(4)) * 6


def rank(values, raters=RATERS, measures=MEASURES, **arguments):
    return rank_measures(values, raters, measures, **({"scale": (0, 9)} | arguments))


def varied(seed: int = 0) -> list[float]:
    return np.random.default_rng(seed).integers(1, 6, 24).astype(float).tolist()


# --- counting ---------------------------------------------------------------------------------


def test_cannot_judge_is_counted_and_left_out():
    values = varied()
    values[0] = values[4] = values[8] = np.nan
    kept = [place for place, value in enumerate(values) if not np.isnan(value)]

    found = rank(values)

    without = rank(
        [values[place] for place in kept],
        [RATERS[place] for place in kept],
        [MEASURES[place] for place in kept],
    )
    first = found.measures[0]
    assert (first.n, first.cannot_judge, first.cannot_judge_share) == (3, 3, 0.5)
    assert "many_cannot_judge" in first.reasons
    estimates = [item.estimate for item in found.measures]
    assert estimates == [item.estimate for item in without.measures]
    assert found.n_ratings == 21


def test_measure_nobody_could_judge_is_listed_without_estimate():
    values = [np.nan if measure == 2 else v for v, measure in zip(varied(), MEASURES, strict=True)]

    found = rank(values)

    third = found.measures[2]
    assert (third.n, third.cannot_judge, third.estimate, third.tier) == (0, 6, None, None)
    assert (third.status, third.reasons) == ("undefined", ("no_ratings", "many_cannot_judge"))
    assert np.isnan(found.pairwise[2]).all()
    assert np.isnan(found.pairwise[:, 2]).all()
    assert len(found.order) == 3
    assert found.status == "ok"


def test_plain_mean_stands_beside_the_estimate():
    columns = random_ratings(4)

    found = rank_measures(*columns.table, scale=(1, 5))

    values, measures = np.array(columns.value), np.array(columns.measure)
    for item in found.measures:
        assert item.mean == pytest.approx(values[measures == item.measure].mean())
        assert item.effective_n == item.n == (measures == item.measure).sum()


def test_effective_n_falls_with_unequal_weights():
    found = rank(varied(), weights={rater: 1.0 + 9 * (rater == 0) for rater in range(6)})

    assert [item.effective_n for item in found.measures] == pytest.approx([15**2 / 105] * 4)
    assert found.unweighted_tiers == rank(varied()).tiers


def test_columns_of_ratings_can_be_ranked():
    rows = [
        (f"p{rater}", f"m{measure}", value)
        for rater, measure, value in zip(RATERS, MEASURES, varied(), strict=True)
    ]
    ratings = Ratings.from_rows([*rows, ("p9", "m0", CANNOT_JUDGE)], scale=(0, 9))

    found = rank_measures(*rating_columns(ratings), scale=(0, 9))

    plain = rank(varied())
    assert [item.estimate for item in found.measures] == [i.estimate for i in plain.measures]
    assert found.measure("m0").cannot_judge == 1


def test_result_says_how_it_was_computed():
    found = rank(varied(), draws=500, seed=3, overlap=0.2, level=0.8)

    conventions = found.conventions
    assert (conventions.method, conventions.level) == ("rank_measures", 0.8)
    assert (conventions.draws, conventions.seed) == (500, 3)
    assert conventions.threshold("overlap") == 0.2
    assert conventions.scale == tuple(float(point) for point in range(10))


def test_result_is_read_only_and_becomes_json():
    found = rank(varied(), region=dict.fromkeys(range(6), "AT33"))

    with pytest.raises(ValueError, match="read-only"):
        found.pairwise[0, 0] = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.status = "ok"
    record = json.loads(json.dumps(found.as_record(), allow_nan=False))
    assert record["measures"][0]["n"] == 6
    assert record["conventions"]["method"] == "rank_measures"


def test_input_is_not_changed_and_the_same_seed_gives_the_same_result():
    values = np.array(varied())
    before = values.copy()

    one, other = rank(values), rank(values)

    assert (values == before).all()
    assert one.measures == other.measures


# --- undefined and limited ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "raters", "measures", "reason"),
    [
        ([], [], [], "no_ratings"),
        ([np.nan, np.nan], ["a", "b"], ["m", "m"], "no_ratings"),
        ([1, 2, 3, 4, 5], ["a"] * 5, range(5), "one_rater"),
        ([1, 2, 3, 4, 5], range(5), [0, 1, 2, 0, 1], "not_connected"),
        ([1, 2, 3, 4], [0, 0, 1, 1], [0, 1, 0, 1], "too_few"),
        ([1, 2, 3], [0, 0, 1], [0, 1, 2], "too_few"),
        ([3] * 24, RATERS, MEASURES, "no_variation"),
        (np.array(varied()) * 1e200, RATERS, MEASURES, "not_estimable"),
    ],
)
def test_what_cannot_be_ranked_is_undefined_with_a_reason(values, raters, measures, reason):
    found = rank_measures(values, list(raters), list(measures))

    assert found.status == "undefined"
    assert reason in found.reasons
    assert (found.tiers, found.order, found.variances, found.intercept) == ((), (), None, None)
    assert all(item.estimate is None and item.status == "undefined" for item in found.measures)
    assert np.isnan(found.pairwise).all()


def test_more_regions_than_ratings_can_bear_are_undefined():
    found = rank_measures(
        [1, 2, 3, 2, 5], [0, 0, 1, 1, 2], [0, 1, 0, 2, 1], region=["A", "A", "B", "B", "C"]
    )

    assert (found.status, found.reasons[0]) == ("undefined", "too_few")


def test_measures_that_do_not_differ_share_all_ranks_exactly():
    values = [
        [1, 5, 2, 4][(rater + measure) % 4] for rater, measure in zip(RATERS, MEASURES, strict=True)
    ]

    found = rank(values[:16], RATERS[:16], MEASURES[:16], top=(1, 3, 9))

    assert found.variances.measure == 0
    assert "measure_variance_zero" in found.reasons
    assert found.status == "ok"
    assert len({item.estimate for item in found.measures}) == 1
    assert [item.rank for item in found.measures] == [1, 2, 3, 4]
    assert "ties_by_id" in found.reasons
    for item in found.measures:
        assert (item.rank_interval, item.expected_rank, item.tier) == ((1, 4), 2.5, 1)
        assert item.top == ((1, 0.25), (3, 0.75), (9, 1.0))
        assert item.tied
    assert len(found.tiers) == 1
    assert (found.pairwise == 0.5).all()


def test_raters_that_do_not_differ_have_variance_zero():
    found = rank(
        [measure + (rater + measure) % 2 for rater, measure in zip(RATERS, MEASURES, strict=True)]
    )

    assert found.variances.rater == 0
    assert "rater_variance_zero" in found.reasons


@pytest.mark.parametrize("of", ["both", "measures", "raters"])
def test_perfect_fit_is_limited(of):
    parts = {"both": (1, 1), "measures": (1, 0), "raters": (0, 1)}[of]

    found = rank([parts[0] * m + parts[1] * r for r, m in zip(RATERS, MEASURES, strict=True)])

    assert found.status == "limited"
    assert "perfect_fit" in found.reasons
    assert all(np.isfinite(item.standard_error) for item in found.measures)


def test_many_people_who_agree_wholly_leave_finite_errors():
    rows = [(rater, measure) for rater in range(18) for measure in range(3)]

    found = rank_measures(
        [5.0 - 2 * measure for _, measure in rows], *zip(*rows, strict=True), scale=(1, 5)
    )

    assert "perfect_fit" in found.reasons
    assert all(np.isfinite(item.standard_error) for item in found.measures)
    assert [len(tier.measures) for tier in found.tiers] == [1, 1, 1]


def test_tiers_are_cut_within_the_greatest_connected_part_only():
    g = np.random.default_rng(0)
    cells = [(r, m) for r in range(20) for m in range(8) if (m < 5) == (r % 2 == 0)]

    found = rank_measures(
        g.integers(1, 6, len(cells)), [r for r, _ in cells], [m for _, m in cells], scale=(1, 5)
    )

    assert (found.status, "not_connected" in found.reasons) == ("limited", True)
    assert [item.tier is not None for item in found.measures] == [True] * 5 + [False] * 3
    assert all(item.reasons == ("not_connected",) for item in found.measures[5:])
    assert all(item.rank_interval is not None for item in found.measures)


def test_assumed_scale_is_said():
    found = rank_measures(varied(), RATERS, MEASURES)

    assert (found.status, found.reasons[-1]) == ("limited", "scale_assumed")
    assert found.conventions.scale == (1, 2, 3, 4, 5)


def test_values_without_steps_can_be_ranked():
    g = np.random.default_rng(2)

    found = rank_measures(g.normal(size=300), np.repeat(range(30), 10), list(range(10)) * 30)

    assert found.status == "limited"
    assert len(found.conventions.scale) == 2


# --- regions ------------------------------------------------------------------------------------


def test_interaction_needs_two_regions_with_five_raters():
    columns = random_ratings(3, n_raters=12)
    halves = ["AT" if rater < 8 else "CH" for rater in range(12)]

    found = rank_measures(*columns.table, scale=(1, 5), region=halves)

    assert (found.regions, found.variances.interaction) == (None, None)
    assert "too_few_in_regions" in found.reasons


def test_region_with_few_raters_is_not_estimated():
    columns = random_ratings(3, n_raters=13)
    region = {rater: ["AT", "CH", "SI"][rater // 5] for rater in range(13)}

    regions = rank_measures(*columns.table, scale=(1, 5), region=region).regions

    assert (regions.regions, regions.n_raters) == (("AT", "CH", "SI"), (5, 5, 3))
    assert regions.is_estimated.tolist() == [True, True, False]
    assert np.isnan(regions.values[:, 2]).all()
    assert np.isfinite(regions.values[:, :2]).all()
    drawn = regions.draws(draws=50, seed=1)
    assert drawn.shape == (50, 5, 3)
    assert (np.isnan(drawn) == np.isnan(regions.values)).all()


def test_unknown_region_is_counted_and_kept_for_measures():
    columns = random_ratings(3, n_raters=14)
    region = {rater: "AT" if rater % 2 else "CH" for rater in range(12)}

    found = rank_measures(*columns.table, scale=(1, 5), region=region)

    assert found.regions.n_without_region == 2
    assert "region_unknown" in found.reasons
    assert sum(item.n for item in found.measures) == len(columns.value)


def test_one_region_changes_nothing():
    columns = random_ratings(5)

    found = rank_measures(*columns.table, scale=(1, 5), region=["AT"] * 9)

    plain = rank_measures(*columns.table, scale=(1, 5))
    assert "one_region" in found.reasons
    assert found.reml_criterion == plain.reml_criterion


def test_regions_are_read_by_rater_by_row_and_in_order_alike():
    columns = strong_effect(by_region=True)
    arguments = [
        columns.region,
        {rater: rater % 4 for rater in range(40)},
        [r % 4 for r in range(40)],
    ]

    found = [rank_measures(*columns.table, scale=(1, 5), region=region) for region in arguments]

    assert found[0].measures == found[1].measures == found[2].measures


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "error", "argument", "row"),
    [
        ({"ratings": [1, 2]}, ShapeError, "raters", None),
        ({"ratings": [[1, 2]]}, ShapeError, "ratings", None),
        ({"raters": [[1]] * 24}, ShapeError, "raters", 0),
        ({"raters": [None] * 24}, ShapeError, "raters", 0),
        ({"measures": MEASURES[:-1]}, ShapeError, "measures", None),
        ({"criterion": ["a"]}, ShapeError, "criterion", None),
        ({"ratings": [11, *varied()[1:]]}, ScaleError, "ratings", 0),
        ({"ratings": [*varied()[1:], 2.5]}, ScaleError, "ratings", 23),
        ({"scale": (5, 1)}, ScaleError, "scale", None),
        ({"scale": (5,)}, ScaleError, "scale", None),
        ({"ratings": [*varied()[1:], np.inf]}, NotFiniteError, "ratings", 23),
        ({"ratings": ["x"] * 24}, NotFiniteError, "ratings", None),
        ({"measures": [1, *MEASURES[1:]]}, DuplicateError, "measures", 1),
        ({"weights": [1, 1, 1, 1, 1, 0]}, WeightError, "weights", 20),
        ({"weights": [1, 1, 1, 1, 1, -1]}, WeightError, "weights", 20),
        ({"weights": [1, 1, 1, 1, 1, np.nan]}, WeightError, "weights", 20),
        ({"weights": [1, 1, 1, 1, 1, np.inf]}, WeightError, "weights", 20),
        ({"weights": {0: 1.0}}, WeightError, "weights", 4),
        ({"weights": [1, 1, 1, 1, 1, 1e12]}, WeightError, "weights", None),
        ({"weights": [1.0] * 23 + [2.0]}, ShapeError, "weights", 23),
        ({"weights": [1.0] * 7}, ShapeError, "weights", None),
        ({"region": ["AT"] * 7}, ShapeError, "region", None),
        ({"region": ["AT"] * 23 + ["CH"]}, ShapeError, "region", 23),
        ({"region": [0.5] * 6}, ShapeError, "region", None),
        ({"level": 1.0}, AnalysisError, "level", None),
        ({"draws": 0}, AnalysisError, "draws", None),
        ({"top": (0,)}, AnalysisError, "top", None),
        ({"overlap": 0.5}, AnalysisError, "overlap", None),
    ],
)
def test_wrong_input_is_refused_by_type_and_place(change, error, argument, row):
    given = {"ratings": varied(), "raters": RATERS, "measures": MEASURES, "scale": (0, 9)} | change
    columns = [given.pop(name) for name in ("ratings", "raters", "measures")]

    with pytest.raises(error) as raised:
        rank_measures(*columns, **given)

    assert (raised.value.where.argument, raised.value.where.row) == (argument, row)
