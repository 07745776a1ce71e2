"""Completeness, staleness and labels: weights, limits, periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.actors.domain.completeness import REQUIRED, WEIGHTS, score
from alpclusters.platform.actors.domain.judging import (
    Freshness,
    LabelState,
    Term,
    freshness,
    has_valid_label,
    is_active,
    label_state,
    proposed_term,
    years_after,
)

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 25)
ALL = [name for names in REQUIRED.values() for name in names]


def test_weights_sum_to_a_hundred_and_name_each_group():
    assert sum(WEIGHTS.values()) == 100
    assert list(WEIGHTS) == list(REQUIRED)


def test_an_empty_profile_needs_its_sectors_most_and_a_full_one_nothing():
    empty, full = score(frozenset()), score(frozenset(ALL))

    assert (empty.score, empty.field, round(empty.gain, 2)) == (0, "sectors", 6.67)
    assert (full.score, full.field, full.gain) == (100, "", 0.0)


def test_ties_go_by_the_order_of_the_groups():
    filled = frozenset(REQUIRED["what"])

    found = score(filled)

    assert (found.group, found.field) == ("international", "international_strategy")


@given(filled=st.sets(st.sampled_from(ALL)))
def test_filling_the_next_field_never_lowers_the_score(filled):
    before = score(frozenset(filled))

    if before.field:
        after = score(frozenset({*filled, before.field}))
        assert after.score >= before.score
        assert after.gain <= before.gain


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "fresh"), (365, "fresh"), (366, "ageing"), (730, "ageing"), (731, "stale")],
)
def test_limits_of_freshness_are_inclusive(days, expected):
    confirmed = TODAY - timedelta(days=days)

    assert freshness(confirmed, today=TODAY) == expected
    assert is_active(confirmed, today=TODAY) == (expected != "stale")


def test_a_profile_that_was_never_confirmed_is_not_active():
    assert freshness(None, today=TODAY) is Freshness.NEVER
    assert not is_active(None, today=TODAY)


@pytest.mark.parametrize(
    ("valid_to", "expected"),
    [
        (TODAY, LabelState.VALID),
        (TODAY - timedelta(days=1), LabelState.IN_GRACE),
        (date(2025, 11, 25), LabelState.IN_GRACE),
        (date(2025, 11, 24), LabelState.EXPIRED),
        (None, LabelState.UNKNOWN),
    ],
)
def test_a_label_may_be_renewed_for_a_year(valid_to, expected):
    assert label_state(Term(None, valid_to), today=TODAY) is expected


def test_one_valid_label_is_enough_and_one_to_come_is_none():
    old, new = Term(None, date(2020, 1, 1)), Term(date(2026, 12, 1), date(2028, 11, 30))

    assert not has_valid_label([old, new], today=TODAY)
    assert has_valid_label([old, new], today=date(2026, 12, 1))


def test_a_period_begins_with_the_month_and_ends_before_the_anniversary():
    assert proposed_term(date(2026, 5, 17)) == Term(date(2026, 5, 1), date(2028, 4, 30))
    assert proposed_term(date(2026, 1, 31)) == Term(date(2026, 1, 1), date(2027, 12, 31))


def test_a_year_after_the_leap_day_is_the_end_of_february():
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
