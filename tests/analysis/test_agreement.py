"""Agreement at a glance: figures per measure, alpha and W over all, what is withheld."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import (
    CANNOT_JUDGE,
    Ratings,
    agreement_summary,
    describe,
    kendalls_w,
    krippendorff_alpha,
    rand_ucla,
    wilson_interval,
)
from alpclusters.analysis.consensus.ratings import thirds_of
from alpclusters.analysis.errors import ScaleError

pytestmark = pytest.mark.unit

ROWS = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.integers(0, 3),
        st.one_of(st.integers(1, 5).map(float), st.just(CANNOT_JUDGE)),
    ),
    max_size=40,
)


def table(grid, *, names="abcdefgh"):
    """Rows of a grid of raters by measures; None is no answer."""
    return [
        (rater, names[place], value)
        for rater, row in enumerate(grid)
        for place, value in enumerate(row)
        if value is not None
    ]


COMPLETE = [[5, 3, 1], [4, 3, 2], [5, 2, 1], [4, 4, 2], [5, 3, 3], [3, 4, 1]]


def test_figures_of_one_measure_worked_by_hand():
    votes = [1, 2, 4, 4, 5, 5, 3, 4, CANNOT_JUDGE, CANNOT_JUDGE]
    found = agreement_summary(table([[vote] for vote in votes]), scale=(1, 5)).measures[0]

    assert (found.n, found.cannot_judge, found.cannot_judge_share) == (8, 2, 0.2)
    assert found.median == 4.0
    # Sorted 1 2 3 4 4 4 5 5: positions 2.1 and 4.9.
    assert found.ipr == pytest.approx(4.0 - 3.1)
    assert (found.low.n, found.middle.n, found.high.n) == (2, 1, 5)
    bounds = wilson_interval(5, 8)
    assert (found.high.share, found.high.interval.low, found.high.interval.high) == (
        0.625,
        bounds.low[0],
        bounds.high[0],
    )
    assert (found.is_unanimous, found.appropriateness) == (False, None)


def test_consensus_and_median_are_those_of_describe():
    ratings = Ratings.from_rows(table(COMPLETE), scale=(1, 5))

    found = agreement_summary(ratings).measures

    described = [measure.summary for measure in describe(ratings).measures]
    assert [(one.n, one.median, one.consensus) for one in found] == [
        (one.n, one.median, one.consensus) for one in described
    ]


def test_over_all_complete_ratings_have_both_alphas_and_w():
    found = agreement_summary(table(COMPLETE), scale=(1, 5))

    grid = np.array(COMPLETE, dtype=float)
    assert found.alpha_ordinal.value == krippendorff_alpha(grid).value
    assert found.alpha_interval.value == krippendorff_alpha(grid, level="interval").value
    assert found.concordance.w == kendalls_w(grid).w
    assert (found.n_raters, found.n_complete, found.status) == (6, 6, "ok")


def test_incomplete_rankings_have_no_w_but_a_reason_and_the_number_of_complete_raters():
    grid = [row[:] for row in COMPLETE]
    grid[2][1] = CANNOT_JUDGE

    found = agreement_summary(table(grid), scale=(1, 5))

    assert (found.concordance, found.reasons) == (None, ("incomplete_rankings",))
    assert (found.n_raters, found.n_complete) == (6, 5)
    assert found.alpha_ordinal.value is not None


def test_measure_nobody_rated_is_listed_and_leaves_w_alone():
    ratings = Ratings.from_rows(table(COMPLETE), scale=(1, 5), measures=["z", "a", "b", "c"])

    found = agreement_summary(ratings)

    assert (found.measures[0].state, found.measures[0].reasons) == ("empty", ("no_ratings",))
    assert found.concordance is not None


def test_nine_point_scale_that_was_declared_has_appropriateness_classes():
    grid = [[8, 1], [7, 2], [9, 1], [8, 2], [7, 1], [8, 3], [9, 2]]

    declared = agreement_summary(table(grid), scale=(1, 9)).measures
    assumed = agreement_summary(table([*grid, [9, 1]])).measures

    assert [one.appropriateness for one in declared] == ["appropriate", "inappropriate"]
    assert [one.appropriateness for one in declared] == [
        one.appropriateness for one in rand_ucla(grid).measures
    ]
    assert [one.appropriateness for one in assumed] == [None, None]


def test_measure_with_fewer_than_five_is_withheld_whole():
    rows = [*table([[4]] * 6), *((rater, "z", 5) for rater in range(4))]

    found = agreement_summary(rows, scale=(1, 5)).measures[1]

    assert (found.state, found.n, found.consensus, found.high) == ("withheld", None, None, None)
    assert found.reasons == ("small_group",)


def test_fewer_than_five_raters_have_no_figures_over_all():
    found = agreement_summary(table(COMPLETE[:4]), scale=(1, 5))
    open_ = agreement_summary(table(COMPLETE[:4]), scale=(1, 5), k_anonymity=1)

    assert (found.alpha_ordinal, found.alpha_interval, found.concordance) == (None, None, None)
    assert found.reasons == ("small_group",)
    assert open_.concordance is not None


def test_unanimous_measure_is_flagged_and_one_rater_is_limited():
    rows = [(0, "a", 4), (1, "a", 4), (0, "b", 2)]

    a, b = agreement_summary(rows, scale=(1, 5), k_anonymity=1).measures

    assert (a.is_unanimous, a.consensus) == (True, 1.0)
    assert (b.is_unanimous, b.status, b.reasons) == (None, "limited", ("one_rater",))


def test_empty_table_and_all_cannot_judge_are_undefined_with_a_reason():
    nobody = agreement_summary([])
    unable = agreement_summary([(rater, "m", CANNOT_JUDGE) for rater in range(7)], scale=(1, 5))

    assert (nobody.status, nobody.reasons) == ("undefined", ("no_ratings",))
    assert (unable.status, unable.reasons) == ("undefined", ("no_ratings",))
    assert unable.measures[0].cannot_judge == 7


def test_assumed_scale_is_told_and_a_declared_one_replaces_it():
    ratings = Ratings.from_rows(table([*COMPLETE[:5], [3, 4, 2]]))

    assert "scale_assumed" in agreement_summary(ratings).reasons
    declared = agreement_summary(ratings, scale=(1, 9))
    assert declared.conventions.scale == tuple(range(1, 10))
    assert "scale_assumed" not in declared.reasons


def test_scale_that_contradicts_the_ratings_is_refused():
    ratings = Ratings.from_rows(table(COMPLETE), scale=(1, 5))

    with pytest.raises(ScaleError):
        agreement_summary(ratings, scale=(1, 9))
    with pytest.raises(ScaleError):
        agreement_summary(table(COMPLETE), scale=(1, 4))
    with pytest.raises(ScaleError):
        agreement_summary(ratings, level=1.5)


@pytest.mark.parametrize(
    ("points", "low_to", "high_from"),
    [((1, 2), 1, 2), ((1, 2, 3), 1, 3), ((-1, 0, 1), -1, 1), (range(1, 5), 1, 4)],
)
def test_outer_quarters_of_a_scale_are_low_and_high(points, low_to, high_from):
    found = thirds_of(np.array(points, dtype=float))

    assert (found.low_to, found.high_from) == (low_to, high_from)


@given(ROWS, st.randoms())
def test_order_of_rows_changes_nothing_and_the_record_is_plain_json(rows, random):
    once = list({row[:2]: row for row in rows}.values())
    shuffled = random.sample(once, len(once))

    options = {"scale": (1, 5), "k_anonymity": 1, "resamples": 20}
    found = agreement_summary(once, **options).as_record()

    assert json.dumps(agreement_summary(shuffled, **options).as_record(), allow_nan=False) == (
        json.dumps(found, allow_nan=False)
    )


@given(ROWS)
def test_shares_add_up_and_consensus_is_bounded(rows):
    summary = agreement_summary(rows, scale=(1, 5), k_anonymity=1, resamples=0)

    for one in summary.measures:
        if one.n:
            assert one.low.n + one.middle.n + one.high.n == one.n
            assert 0 <= one.consensus <= 1


def test_all_answers_alike_on_an_assumed_scale_are_one_point_in_the_middle():
    found = agreement_summary(table([[3, 3]] * 6))

    assert found.conventions.scale == (3.0,)
    assert (found.measures[0].middle.n, found.measures[0].is_unanimous) == (6, True)
    assert found.alpha_ordinal.reasons == ("no_variation",)
    assert found.concordance.reasons == ("all_tied",)
    json.dumps(found.as_record(), allow_nan=False)
