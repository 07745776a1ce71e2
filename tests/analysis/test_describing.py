"""Describing ratings: figures by hand and by NumPy, the latest answer stands, groups, edges."""

import json
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings, describe
from alpclusters.analysis.errors import (
    DuplicateError,
    NotFiniteError,
    ScaleError,
    ShapeError,
)

pytestmark = pytest.mark.unit

ROWS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.integers(0, 3),
        st.one_of(st.integers(1, 5).map(float), st.just(CANNOT_JUDGE)),
        st.integers(0, 3),
    ),
    max_size=60,
)


def one_item(values, **options):
    rows = [(rater, "item", value) for rater, value in enumerate(values)]
    return describe(Ratings.from_rows(rows, scale=(1, 5)), **options).measures[0]


def test_figures_of_one_item_worked_by_hand():
    summary = one_item([1, 2, 4, 4, 5, 5, CANNOT_JUDGE, CANNOT_JUDGE], agree_from=4).summary

    assert (summary.n, summary.counts) == (6, (1, 1, 0, 2, 2))
    assert (summary.cannot_judge, summary.cannot_judge_share) == (2, 0.25)
    assert (summary.median, summary.median_low, summary.median_high) == (4.0, 4.0, 4.0)
    assert (summary.lower_quartile, summary.upper_quartile) == (2.5, 4.75)
    assert summary.mean == pytest.approx(3.5)
    assert summary.sd == pytest.approx(statistics.stdev([1, 2, 4, 4, 5, 5]))
    assert (summary.agree, summary.agree_share) == (4, pytest.approx(2 / 3))
    # n = 6: ranks 1 and 6 cover with 1 - 2/64.
    assert summary.median_interval.as_record() == {"low": 1.0, "high": 5.0, "coverage": 0.96875}
    # t quantile 2.015048 for 5 degrees of freedom, sd 1.643168.
    assert summary.mean_interval.low == pytest.approx(3.5 - 2.015048 * 1.643168 / 6**0.5, abs=1e-5)
    assert summary.mean_interval.high == pytest.approx(3.5 + 2.015048 * 1.643168 / 6**0.5, abs=1e-5)


@given(st.lists(st.integers(1, 5), min_size=5, max_size=80))
def test_figures_equal_numpy_on_the_plain_values(values):
    summary = one_item(values).summary

    quartiles = np.quantile(values, [0.25, 0.5, 0.75])
    found = [summary.lower_quartile, summary.median, summary.upper_quartile]
    np.testing.assert_allclose(found, quartiles)
    assert summary.mean == pytest.approx(np.mean(values))
    assert summary.sd == pytest.approx(np.std(values, ddof=1), abs=1e-12)
    assert (summary.median_low, summary.median_high) == (
        statistics.median_low(values),
        statistics.median_high(values),
    )
    assert 0 <= summary.consensus <= 1


@given(ROWS, st.randoms())
def test_order_of_rows_of_other_pairs_changes_nothing(rows, random):
    timed = [(*row[:3], place) for place, row in enumerate(rows)]
    shuffled = timed[:]
    random.shuffle(shuffled)

    options = {"scale": (1, 5), "measures": [0, 1, 2, 3]}
    found = describe(Ratings.from_rows(timed, **options), k_anonymity=1)
    again = describe(Ratings.from_rows(shuffled, **options), k_anonymity=1)

    assert found.as_record() == again.as_record()


def test_latest_answer_stands_in_both_directions():
    rows = [
        ("a", "m", 5, 10),
        ("a", "m", CANNOT_JUDGE, 20),
        ("b", "m", CANNOT_JUDGE, 20),
        ("b", "m", 4, 30),
        ("c", "m", 2, 9),
        ("c", "m", 3, 5),
    ]
    ratings = Ratings.from_rows(rows, scale=(1, 5))

    summary = describe(ratings, k_anonymity=1).measures[0].summary
    assert (summary.counts, summary.cannot_judge) == ((0, 1, 0, 1, 0), 1)
    assert (ratings.cast, ratings.standing) == (6, 3)
    assert (ratings.n_repeated, ratings.n_changed) == (3, 3)


def test_of_equal_times_the_later_row_stands():
    ratings = Ratings.from_rows([("a", "m", 1, 7), ("a", "m", 2, 7)], scale=(1, 5))

    assert ratings.value.tolist() == [2.0]


def test_rating_an_item_again_with_the_same_value_is_no_change():
    ratings = Ratings.from_rows([("a", "m", 1), ("a", "m", 1)], scale=(1, 5))

    assert (ratings.n_repeated, ratings.n_changed) == (1, 0)


def test_cannot_judge_enters_no_figure_but_its_own():
    plain = one_item([2, 3, 4, 4, 5]).summary
    with_missing = one_item([2, 3, 4, 4, 5, *[CANNOT_JUDGE] * 3]).summary

    assert (with_missing.n, with_missing.mean, with_missing.consensus) == (
        plain.n,
        plain.mean,
        plain.consensus,
    )
    assert with_missing.reasons == ("many_cannot_judge",)


def test_three_of_ten_who_cannot_judge_are_not_many():
    assert one_item([2, 3, 4, 4, 5, 2, 3, *[CANNOT_JUDGE] * 3]).summary.reasons == ()
    assert one_item([2, 3, 4, 4, 5, 2, *[CANNOT_JUDGE] * 3]).summary.reasons != ()


def test_equal_ratings_between_whole_steps_have_no_spread():
    rows = [(rater, "item", 0.1) for rater in range(6)]

    summary = describe(Ratings.from_rows(rows, scale=(0.1, 0.2, 0.3))).measures[0].summary

    # In binary six times 0.1, over six, is not 0.1.
    assert (summary.sd, summary.reasons) == (0.0, ("no_variation",))


def test_equal_ratings_give_no_interval_of_width_zero():
    summary = one_item([4] * 9).summary

    assert (summary.sd, summary.mean_interval, summary.reasons) == (0.0, None, ("no_variation",))


def test_items_below_five_are_withheld_whole():
    item = one_item([4, 4, 5, CANNOT_JUDGE, CANNOT_JUDGE, CANNOT_JUDGE])

    assert (item.state, item.summary) == ("withheld", None)


def test_item_nobody_rated_is_listed_and_undefined():
    ratings = Ratings.from_rows([(i, "a", 3) for i in range(6)], scale=(1, 5), measures=["b", "a"])
    item = describe(ratings).measures[0]

    assert (item.measure, item.state, item.summary.status) == ("b", "empty", "undefined")
    assert (item.summary.mean, item.summary.agree_share) == (None, None)


def test_empty_table_is_undefined_with_a_reason():
    description = describe(Ratings.from_rows([]))

    assert (description.status, description.reasons) == ("undefined", ("no_ratings",))


def test_all_cannot_judge_is_undefined_with_a_reason():
    rows = [(rater, "m", CANNOT_JUDGE) for rater in range(7)]
    description = describe(Ratings.from_rows(rows))

    assert description.reasons == ("no_ratings",)
    assert description.measures[0].summary.cannot_judge == 7


def test_scale_is_assumed_only_if_none_is_declared():
    assumed = describe(Ratings.from_rows([(i, "m", v) for i, v in enumerate([2, 4, 4, 3, 2])]))

    assert assumed.conventions.scale == (2.0, 3.0, 4.0)
    assert assumed.reasons == ("scale_assumed",)


def test_small_group_and_its_complement_are_withheld_alike():
    sizes = {"AT": 12, "FR": 3, "IT": 7, "SI": 20}
    labels = [region for region, n in sizes.items() for _ in range(n)]
    rows = [(rater, "m", 4) for rater in range(len(labels))]

    description = describe(
        Ratings.from_rows(rows, scale=(1, 5)), groups={"region": dict(enumerate(labels))}
    )

    cells = description.measures[0].splits["region"]
    assert description.groups == {"region": ("AT", "FR", "IT", "SI")}
    assert [cell.state for cell in cells] == ["shown", "withheld", "withheld", "shown"]
    assert [cell.summary for cell in cells if cell.state == "withheld"] == [None, None]


def test_people_without_a_group_are_a_group_of_their_own():
    rows = [(rater, "m", 4) for rater in range(12)]
    labels = ["a"] * 7 + [None] * 5

    description = describe(Ratings.from_rows(rows, scale=(1, 5)), groups={"role": labels})

    assert description.groups == {"role": ("a", None)}
    assert [cell.summary.n for cell in description.measures[0].splits["role"]] == [7, 5]


def test_regions_inside_countries_are_protected_together():
    """AT1 (3) is withheld; AT as a whole is shown, so AT2 must be withheld too, not only DE1."""
    regions = ["AT1"] * 3 + ["AT2"] * 20 + ["DE1"] * 7 + ["DE2"] * 30
    rows = [(rater, "m", 4) for rater in range(len(regions))]
    countries = [region[:2] for region in regions]

    description = describe(
        Ratings.from_rows(rows, scale=(1, 5)), groups={"region": regions, "country": countries}
    )

    splits = description.measures[0].splits
    assert [cell.state for cell in splits["country"]] == ["shown", "shown"]
    states = dict(zip(description.groups["region"], splits["region"], strict=True))
    assert states["AT1"].state == states["AT2"].state == "withheld"


def test_description_is_plain_json():
    description = describe(
        Ratings.from_rows([(i, "m", i % 5 + 1) for i in range(9)], scale=(1, 5)),
        groups={"role": ["a"] * 5 + ["b"] * 4},
        agree_from=4,
    )

    record = json.loads(json.dumps(description.as_record(), allow_nan=False))

    assert record["conventions"]["intervals"]["agree_share"] == "wilson"
    assert record["conventions"]["thresholds"] == {"k_anonymity": 5.0, "agree_from": 4.0}
    assert [cell["state"] for cell in record["measures"][0]["splits"]["role"]] == [
        "withheld",
        "withheld",
    ]


@pytest.mark.parametrize(
    ("columns", "options", "error"),
    [
        (([1, 2], [1], [3, 3]), {}, ShapeError),
        (([1], [1], [np.nan]), {}, NotFiniteError),
        (([1], [1], [np.inf]), {}, NotFiniteError),
        (([1], [1], [6]), {"scale": (1, 5)}, ScaleError),
        (([1], [1], [2.5]), {"scale": (1, 5)}, ScaleError),
        (([1], [1], [1]), {"scale": (5, 1)}, ScaleError),
        (([1], [1], [1]), {"scale": (1,)}, ScaleError),
        (([1], [1], [1]), {"scale": (1, np.nan)}, NotFiniteError),
        (([1, 1], [1, 1], [1, 2]), {}, DuplicateError),
        ((list(range(200)), [1] * 200, [i / 7 for i in range(200)]), {}, ScaleError),
    ],
)
def test_wrong_ratings_are_refused_by_type(columns, options, error):
    with pytest.raises(error):
        Ratings.from_arrays(*columns, **options)


def test_split_with_the_wrong_number_of_labels_is_refused():
    with pytest.raises(ShapeError) as caught:
        describe(Ratings.from_rows([(1, "m", 3)]), groups={"region": ["a", "b"]})

    assert caught.value.where.field == "region"


def test_errors_carry_no_values_of_people():
    with pytest.raises(ScaleError) as caught:
        Ratings.from_arrays(["Anna"], ["m"], [77], scale=(1, 5))

    assert "Anna" not in str(caught.value)
    assert "77" not in str(caught.value)


def test_input_arrays_are_left_alone_and_results_are_frozen():
    value = np.array([1.0, 2.0])
    ratings = Ratings.from_arrays([1, 2], [1, 1], value, scale=(1, 5))

    value[0] = 5
    assert ratings.value.tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        ratings.value[0] = 3
