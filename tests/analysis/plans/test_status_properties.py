"""What holds for the status of every action, whatever its dates."""

import datetime as dt
from dataclasses import replace
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alpclusters.analysis.plans import action_status
from tests.analysis.plans.action_cases import DATES, MILESTONES, SHARES, open_actions

pytestmark = pytest.mark.unit

READY = st.one_of(st.none(), DATES)


def severity(facts, today, ready=None):
    return action_status(facts, today=today, ready=ready).severity


@given(open_actions(), DATES, READY, SHARES.filter(lambda one: one is not None), st.floats(0, 1))
def test_more_progress_never_makes_it_worse(facts, today, ready, low, share):
    high = low + share * (1 - low)
    assume(high >= low)

    less, more = (
        action_status(replace(facts, progress=one), today=today, ready=ready) for one in (low, high)
    )

    assert more.severity <= less.severity
    assert more.forecast <= less.forecast


@given(open_actions(), DATES, READY, st.data())
def test_a_milestone_reached_never_makes_it_worse(facts, today, ready, data):
    assume(facts.milestones)
    place = data.draw(st.integers(0, len(facts.milestones) - 1))
    reached = list(facts.milestones)
    reached[place] = replace(reached[place], done_on=today)

    after = replace(facts, milestones=tuple(reached))

    assert severity(after, today, ready) <= severity(facts, today, ready)


@given(open_actions(), DATES, READY, st.integers(0, 800))
def test_a_later_day_never_makes_it_better(facts, today, ready, days):
    later = today + dt.timedelta(days=days)

    assert severity(facts, later, ready) >= severity(facts, today, ready)


@given(open_actions(), DATES, DATES, st.integers(0, 800))
def test_a_later_predecessor_never_makes_it_better(facts, today, ready, days):
    later = ready + dt.timedelta(days=days)

    assert severity(facts, today, later) >= severity(facts, today, ready)


@given(open_actions(), DATES, st.floats(-5, 5))
def test_progress_outside_its_range_is_the_clamped_one(facts, today, progress):
    clamped = min(1.0, max(0.0, progress))

    one, other = (
        action_status(replace(facts, progress=value), today=today) for value in (progress, clamped)
    )

    assert (one.progress, one.forecast, one.colour) == (
        other.progress,
        other.forecast,
        other.colour,
    )


@given(
    open_actions(), DATES, MILESTONES.flatmap(lambda m: st.tuples(st.just(m), st.permutations(m)))
)
def test_order_of_milestones_does_not_matter(facts, today, orders):
    one, other = (
        action_status(replace(facts, milestones=tuple(order)), today=today) for order in orders
    )

    assert one == other


@given(open_actions(), DATES, st.fractions(0, 1, max_denominator=1000))
def test_forecast_is_the_one_of_exact_fractions(facts, today, progress):
    duration = max(1, (facts.ends_on - facts.starts_on).days)

    found = action_status(replace(facts, progress=float(progress)), today=today)

    days = ceil((1 - progress) * duration)
    assert found.forecast == max(today, facts.starts_on) + dt.timedelta(days=days)


@given(open_actions(), DATES)
def test_grey_remembers_the_colour_and_only_stale_ones_do(facts, today):
    found = action_status(facts, today=today)

    is_stale = any(one.key == "stale" for one in found.reasons)
    assert (found.last_known is not None) == is_stale == (found.colour == "grey")
    assert (found.last_known or found.colour) == ("green", "yellow", "red")[found.severity]
