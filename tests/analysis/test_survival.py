"""Kaplan-Meier, log-rank and means against published tables and brute force."""

from itertools import pairwise
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError, ScaleError
from alpclusters.analysis.survival import (
    at,
    cluster_bootstrap,
    cluster_difference,
    kaplan_meier,
    log_rank,
    numbers_at_risk,
    restricted_mean,
)

pytestmark = pytest.mark.unit

# Freireich 1963, weeks in remission, as in Cox and Oakes 1984; + is censored.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
TABLE = [  # network.md section 16
    (6, 21, 3, 0.8571, 0.0764, 0.6197, 0.9516),
    (7, 17, 1, 0.8067, 0.0869, 0.5631, 0.9228),
    (10, 15, 1, 0.7529, 0.0963, 0.5032, 0.8894),
    (13, 12, 1, 0.6902, 0.1068, 0.4316, 0.8491),
    (16, 11, 1, 0.6275, 0.1141, 0.3675, 0.8049),
    (22, 7, 1, 0.5378, 0.1282, 0.2678, 0.7468),
    (23, 6, 1, 0.4482, 0.1346, 0.1881, 0.6801),
]


def read(line):
    words = line.split()
    return [float(word.strip("+")) for word in words], [int("+" not in word) for word in words]


def treated():
    return kaplan_meier(*read(TREATED))


def rows_of(curve):
    return [
        (s.time, s.at_risk, s.n_events, *(round(x, 4) for x in (s.survival, s.se, s.low, s.high)))
        for s in curve.steps
    ]


def test_remission_table_is_reproduced_to_the_printed_digits():
    assert rows_of(treated()) == TABLE


def test_median_and_its_interval_of_the_remission_table():
    curve = treated()

    assert (curve.median, curve.median_low, curve.median_high) == (23.0, 13.0, None)
    assert (curve.n, curve.n_events, curve.until) == (21, 9, 35.0)


def test_restricted_mean_of_the_remission_table():
    found = restricted_mean(treated(), until=35)

    assert round(found.value, 6) == 23.287395
    assert round(found.se, 2) == 2.83  # survival::survfit of R prints the same


def test_restricted_mean_before_any_event_is_the_horizon():
    found = restricted_mean(treated(), until=5)

    assert (found.value, found.se, found.reasons) == (5.0, 0.0, ())


def test_log_rank_of_both_arms_of_the_remission_trial():
    (time, event), (time2, event2) = read(TREATED), read(PLACEBO)

    found = log_rank(time + time2, event + event2, ["6-MP"] * 21 + ["placebo"] * 21)

    assert round(found.statistic, 2) == 16.79
    assert round(found.p * 1e5, 2) == 4.17
    assert [(g.n, g.n_events, round(g.expected, 2)) for g in found.groups] == [
        (21, 9, 19.25),
        (21, 21, 10.75),
    ]


# --- what is drawn ----------------------------------------------------------------------------


def test_curve_is_drawn_while_five_are_at_risk():
    curve = treated()

    assert (curve.fewest, curve.drawn_from, curve.drawn_until) == (5, 0.0, 25.0)
    assert all(step.is_drawn for step in curve.steps)
    assert at(curve, 26).is_drawn is False


def test_curve_of_many_is_drawn_while_a_tenth_is_at_risk():
    curve = kaplan_meier(range(1, 201), [1] * 200)

    assert (curve.fewest, curve.drawn_until) == (20, 181.0)
    assert [step.time for step in curve.steps if not step.is_drawn] == list(range(182, 201))


def test_curve_of_four_is_not_drawn_and_says_so():
    curve = kaplan_meier([1, 2, 3, 4], [1, 0, 1, 0])

    assert (curve.status, curve.drawn_from, curve.drawn_until) == ("limited", None, None)
    assert "few_at_risk" in curve.reasons


def test_numbers_at_risk_stand_below_the_axis():
    assert numbers_at_risk(treated(), [0, 6, 10, 20, 30, 35, 40]) == (21, 21, 15, 8, 4, 1, 0)


# --- ends -------------------------------------------------------------------------------------


def test_censored_at_the_time_of_an_event_is_still_at_risk():
    curve = kaplan_meier([1, 1], [1, 0])

    assert [(s.at_risk, s.survival) for s in curve.steps] == [(2, 0.5)]


def test_interval_is_none_where_all_or_nothing_lasts():
    curve = kaplan_meier([1, 2], [1, 1])

    assert (curve.steps[-1].survival, curve.steps[-1].se) == (0.0, None)
    assert (curve.steps[-1].low, curve.steps[-1].high) == (None, None)
    start = at(curve, 0.5)
    assert (start.survival, start.se, start.low, start.high) == (1.0, 0.0, None, None)


def test_median_is_none_where_more_than_half_remain():
    curve = kaplan_meier([1, 2, 3], [1, 0, 0])

    assert curve.median is None
    assert "more_than_half_remain" in curve.reasons


def test_nothing_is_claimed_beyond_the_longest_duration():
    found = at(treated(), 36)

    assert (found.survival, found.low, found.at_risk) == (None, None, 0)
    assert found.reasons == ("beyond_follow_up",)
    assert restricted_mean(treated(), until=36).reasons == ("beyond_follow_up",)


def test_what_has_all_ended_stays_at_zero():
    found = at(kaplan_meier([1, 2], [1, 1]), 9)

    assert (found.survival, found.reasons) == (0.0, ("few_at_risk",))


def test_end_with_the_funding_itself_counts_at_time_zero():
    curve = kaplan_meier([0, 1, 2], [1, 0, 0])

    assert [(s.time, s.at_risk) for s in curve.steps] == [(0.0, 3)]
    assert at(curve, 0).survival == pytest.approx(2 / 3)


def test_nothing_at_all_is_undefined_with_a_reason():
    curve = kaplan_meier([], [])

    assert (curve.status, curve.reasons, curve.median) == ("undefined", ("no_spells",), None)
    assert at(curve, 1).reasons == ("no_spells",)
    assert restricted_mean(curve).reasons == ("no_spells",)
    assert log_rank([], [], []).reasons == ("no_spells",)
    assert cluster_bootstrap([], [], [], times=[1]).reasons == ("no_spells",)


@pytest.mark.parametrize(
    "columns",
    [
        ([1, 2], [1]),
        ([1, np.nan], [1, 0]),
        ([-1], [1]),
        ([1], [2]),
        ([1], [np.nan]),
        ([[1]], [[1]]),
    ],
)
def test_bad_columns_are_refused(columns):
    with pytest.raises(AnalysisError):
        kaplan_meier(*columns)


@pytest.mark.parametrize("level", [0, 1, 95, np.nan])
def test_level_outside_zero_to_one_is_refused(level):
    with pytest.raises(ScaleError):
        kaplan_meier([1], [1], level=level)


# --- late entries -----------------------------------------------------------------------------


def test_late_entry_is_at_risk_only_afterwards():
    curve = kaplan_meier([2, 4, 6], [1, 1, 0], entry=[0, 3, 0])

    assert [(s.time, s.at_risk) for s in curve.steps] == [(2.0, 2), (4.0, 2)]
    assert (curve.n_late, curve.steps[-1].survival) == (1, 0.25)


def test_entry_at_the_end_of_its_own_duration_is_refused():
    with pytest.raises(ScaleError) as caught:
        kaplan_meier([2], [1], entry=[2])

    assert caught.value.where.argument == "entry"


def test_curve_that_is_empty_before_others_enter_says_so():
    curve = kaplan_meier([1, 5], [1, 0], entry=[0, 3])

    assert curve.status == "limited"
    assert "emptied_early" in curve.reasons


# --- brute force ------------------------------------------------------------------------------

Z = 1.959963984540054
ROWS = st.lists(
    st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 11)), min_size=1, max_size=30
).map(lambda rows: [(t, int(e), s if s < t else 0) for t, e, s in rows])


def by_hand(rows):
    """The definition, one time after the other."""
    survival, total, found = 1.0, 0.0, []
    for t in sorted({t for t, e, _ in rows if e}):
        n = sum((s < t or s == 0) and t <= d for d, _, s in rows)
        d = sum(e and one == t for one, e, _ in rows)
        survival *= 1 - d / n
        total = total + d / (n * (n - d)) if n > d else float("inf")
        if 0 < survival < 1:
            spread = exp(Z * sqrt(total) / abs(log(survival)))
            ends = (survival * sqrt(total), survival**spread, survival ** (1 / spread))
        else:
            ends = (None, None, None)
        found.append((t, n, d, survival, *ends))
        if survival == 0:
            break
    return found


@given(ROWS)
def test_estimate_is_what_the_definition_says(rows):
    time, event, entry = zip(*rows, strict=True)
    expected = by_hand(rows)

    curve = kaplan_meier(time, event, entry=entry)

    for step, row in zip(curve.steps, expected, strict=False):
        assert (step.time, step.at_risk, step.n_events) == row[:3]
        assert (step.survival, step.se, step.low, step.high) == pytest.approx(row[3:])
    assert len(curve.steps) >= len(expected)


@given(ROWS, st.randoms())
def test_order_of_the_rows_does_not_matter(rows, random):
    mixed = random.sample(rows, len(rows))

    assert _curve(mixed).as_record() == _curve(rows).as_record()


def _curve(rows):
    time, event, entry = zip(*rows, strict=True)
    return kaplan_meier(time, event, entry=entry)


@given(ROWS)
def test_survival_falls_and_intervals_hold_it(rows):
    steps = _curve(rows).steps

    assert all(a.survival >= b.survival for a, b in pairwise(steps))
    assert all(s.low <= s.survival <= s.high for s in steps if s.low is not None)


@given(ROWS)
def test_without_censoring_the_share_is_that_of_the_counts(rows):
    time = [t for t, _, _ in rows]

    curve = kaplan_meier(time, [1] * len(time))

    for step in curve.steps:
        assert step.survival == pytest.approx(sum(t > step.time for t in time) / len(time))


@given(ROWS)
def test_every_row_twice_leaves_the_curve_and_narrows_it(rows):
    once, twice = _curve(rows), _curve(rows * 2)

    assert [s.survival for s in twice.steps] == pytest.approx([s.survival for s in once.steps])
    for one, two in zip(once.steps, twice.steps, strict=True):
        if one.se:
            assert two.se < one.se


@given(ROWS)
def test_unit_of_time_does_not_matter(rows):
    weeks = _curve(rows)

    days = _curve([(7 * t, e, 7 * s) for t, e, s in rows])

    assert [s.survival for s in days.steps] == [s.survival for s in weeks.steps]
    assert [s.time for s in days.steps] == [7 * s.time for s in weeks.steps]


@given(ROWS)
def test_mean_without_censoring_is_the_mean(rows):
    time = [t for t, _, _ in rows]

    found = restricted_mean(kaplan_meier(time, [1] * len(time)))

    assert found.value == pytest.approx(np.mean(time))
    # Greenwood's kind of error is then the standard deviation over the root of n.
    assert found.se == pytest.approx(np.std(time) / sqrt(len(time)), abs=1e-12)


# --- groups -----------------------------------------------------------------------------------


def test_same_group_twice_differs_by_nothing():
    time, event = read(TREATED)

    found = log_rank(time * 2, event * 2, [0] * 21 + [1] * 21)

    assert found.statistic == pytest.approx(0, abs=1e-9)
    assert found.p == pytest.approx(1)


def test_one_group_or_no_event_is_undefined():
    assert log_rank([1, 2], [1, 1], ["a", "a"]).reasons == ("one_group",)
    assert log_rank([1, 2], [0, 0], ["a", "b"]).reasons == ("no_events",)
    assert log_rank([1, 5], [1, 1], ["a", "b"], entry=[0, 3]).reasons == ("never_together",)


@given(ROWS, st.integers(2, 4))
def test_expected_events_add_up_and_names_do_not_matter(rows, n_groups):
    time, event, entry = zip(*rows, strict=True)
    group = [k % n_groups for k in range(len(rows))]

    found = log_rank(time, event, group, entry=entry)
    other = log_rank(time, event, [n_groups - k for k in group], entry=entry)

    assert sum(g.expected for g in found.groups) == pytest.approx(sum(event))
    if found.statistic is not None:
        assert other.statistic == pytest.approx(found.statistic)
        assert 0 <= found.p <= 1


# --- clusters ---------------------------------------------------------------------------------


def test_interval_over_projects_is_wider_where_their_pairs_agree():
    random = np.random.default_rng(1)
    cluster = np.repeat(np.arange(40), 10)
    time = np.repeat(random.integers(1, 9, 40), 10)
    event = np.ones(400)

    whole = cluster_bootstrap(time, event, cluster, times=[4], draws=300).readings[0]
    single = cluster_bootstrap(time, event, np.arange(400), times=[4], draws=300).readings[0]

    assert whole.value == single.value
    assert whole.high - whole.low > 2 * (single.high - single.low)


def test_single_rows_resampled_come_near_the_formula():
    time, event = read(TREATED)
    step = at(treated(), 13)

    found = cluster_bootstrap(time * 20, event * 20, range(420), times=[13], draws=500)

    low, high = found.readings[0].low, found.readings[0].high
    assert (high - low) / 2 == pytest.approx(Z * step.se / sqrt(20), rel=0.12)


def test_difference_of_groups_is_that_of_their_curves():
    (time, event), (time2, event2) = read(TREATED), read(PLACEBO)
    group = ["6-MP"] * 21 + ["placebo"] * 21

    found = cluster_difference(
        time + time2, event + event2, range(42), group, times=[10, 30, 60], draws=200
    )

    placebo = kaplan_meier(time2, event2)
    assert found.groups == ("6-MP", "placebo")
    assert found.readings[0].value == pytest.approx(
        at(treated(), 10).survival - at(placebo, 10).survival
    )
    assert found.readings[0].low > 0
    assert found.readings[1].value == pytest.approx(at(treated(), 30).survival)
    assert found.readings[2].reasons == ("beyond_follow_up",)


def test_difference_needs_two_groups():
    found = cluster_difference([1, 2], [1, 1], [0, 1], ["a", "a"], times=[1])

    assert (found.status, found.reasons) == ("undefined", ("not_two_groups",))


def test_one_cluster_has_no_interval():
    found = cluster_bootstrap([1, 2], [1, 0], [5, 5], times=[1])

    assert (found.readings[0].value, found.readings[0].low) == (0.5, None)
    assert found.readings[0].reasons == ("interval_no_width",)
    assert found.reasons == ("few_clusters",)
