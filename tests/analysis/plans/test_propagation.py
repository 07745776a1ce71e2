"""A whole plan: delays handed on, circles refused, size."""

import datetime as dt
import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError, DuplicateError
from alpclusters.analysis.plans import (
    ActionFacts,
    Colour,
    DependencyFacts,
    action_status,
    find_cycle,
    plan_statuses,
)
from tests.analysis.plans.action_cases import DATES, an_action, day, open_actions

pytestmark = pytest.mark.unit

TODAY = day("2026-07-15")
HEARD = day("2026-07-14")


def action(key, starts_on, ends_on, progress=None):
    return ActionFacts(key, day(starts_on), day(ends_on), progress, confirmed_on=HEARD)


A = action("a", "2026-01-01", "2026-06-30", 0.5)
X = action("x", "2026-03-01", "2026-09-30", 0.7)
B = action("b", "2026-07-01", "2026-12-31")
C = action("c", "2027-01-01", "2027-06-30")
TIES = [DependencyFacts("a", "b"), DependencyFacts("b", "c"), DependencyFacts("x", "c")]


def told(status):
    return (str(status.forecast), status.delay_days, status.state.value, status.colour.value)


def test_delay_is_handed_on_along_the_dependencies():
    found = plan_statuses([A, X, B, C], TIES, today=TODAY)

    assert {key: told(one) for key, one in found.items()} == {
        "a": ("2026-10-13", 105, "running", "red"),
        "x": ("2026-09-17", 0, "running", "green"),
        "b": ("2027-04-14", 104, "running", "red"),
        "c": ("2027-10-11", 103, "planned", "red"),
    }


def test_order_of_actions_does_not_matter_and_is_kept():
    found = plan_statuses([C, B, X, A], TIES[::-1], today=TODAY)

    assert list(found) == ["c", "b", "x", "a"]
    assert found == plan_statuses([A, X, B, C], TIES, today=TODAY)


@pytest.mark.parametrize(("lag", "ready"), [(10, "2026-10-23"), (-10, "2026-10-03")])
def test_lag_moves_the_day_on_which_it_can_begin(lag, ready):
    found = plan_statuses([A, B], [DependencyFacts("a", "b", lag)], today=TODAY)

    assert str(found["b"].ready) == ready


def test_done_predecessor_hands_on_the_day_it_was_done():
    done = replace(A, done_on=day("2026-07-10"))

    found = plan_statuses([done, B], TIES[:1], today=TODAY)

    assert str(found["b"].ready) == "2026-07-10"


@pytest.mark.parametrize(
    ("before", "key"),
    [
        (replace(A, stopped_on=HEARD), "predecessor_stopped"),
        (replace(A, ends_on=None), "predecessor_undated"),
    ],
)
def test_predecessor_without_forecast_is_named_and_hands_on_nothing(before, key):
    found = plan_statuses([before, B], TIES[:1], today=TODAY)["b"]

    assert found.ready is None
    assert [dict(one.params) for one in found.reasons if one.key == key] == [{"action": "a"}]


def test_circle_is_refused_with_its_path():
    with pytest.raises(AnalysisError) as caught:
        plan_statuses([A, X, B, C], [*TIES, DependencyFacts("c", "a")], today=TODAY)

    assert (caught.value.code, caught.value.found) == ("plans.cycle", "a -> b -> c -> a")


def test_action_that_waits_for_itself_is_a_circle():
    assert find_cycle([DependencyFacts("a", "a")]) == ("a", "a")


def test_diamond_is_no_circle():
    ties = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("a", "d")]

    assert find_cycle([DependencyFacts(*one) for one in ties]) is None


def test_very_long_circle_is_found():
    n = 20_000
    ties = [DependencyFacts(k, (k + 1) % n) for k in range(n)]

    assert len(find_cycle(ties)) == n + 1


def test_dependency_on_an_action_of_another_plan_is_refused():
    with pytest.raises(AnalysisError) as caught:
        plan_statuses([A], [DependencyFacts("z", "a")], today=TODAY)

    assert (caught.value.code, caught.value.found) == ("plans.unknown_action", "z")


def test_key_twice_is_refused():
    with pytest.raises(DuplicateError) as caught:
        plan_statuses([A, B, A], [], today=TODAY)

    assert (caught.value.code, caught.value.found) == ("plans.action_twice", "a")


def test_lag_cannot_leave_the_calendar():
    ties = [DependencyFacts("a", "b", 10**7), DependencyFacts("a", "c", -(10**7))]

    found = plan_statuses([A, B, C], ties, today=TODAY)

    assert (found["b"].forecast, found["c"].ready) == (dt.date.max, dt.date.min)


def random_plan(n, n_ties, seed=1):
    chance = random.Random(seed)  # noqa: S311 - data that can be repeated
    actions = [an_action(k, progress=chance.random(), confirmed_on=HEARD) for k in range(n)]
    pairs = {tuple(sorted(chance.sample(range(n), 2))) for _ in range(n_ties)}
    return actions, [DependencyFacts(*pair, chance.randint(-5, 5)) for pair in sorted(pairs)]


def test_every_status_is_the_one_of_the_action_with_its_day_to_begin():
    actions, ties = random_plan(60, 200)

    found = plan_statuses(actions, ties, today=TODAY)

    for one in actions:
        days = [
            found[tie.before].forecast + dt.timedelta(days=tie.lag_days)
            for tie in ties
            if tie.after == one.key
        ]
        alone = action_status(one, today=TODAY, ready=max(days, default=None))
        assert found[one.key] == alone


@given(st.lists(open_actions(), min_size=2, max_size=6), DATES, st.floats(0, 1))
def test_progress_of_the_first_never_harms_those_after_it(actions, today, progress):
    actions = [replace(one, key=number) for number, one in enumerate(actions)]
    ties = [DependencyFacts(k, k + 1) for k in range(len(actions) - 1)]
    slow = [replace(actions[0], progress=0.0), *actions[1:]]
    fast = [replace(actions[0], progress=progress), *actions[1:]]

    before, after = (plan_statuses(one, ties, today=today) for one in (slow, fast))

    assert all(after[key].severity <= before[key].severity for key in before)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_a_circle_is_found_exactly_where_no_order_exists(pairs):
    ties = [DependencyFacts(*pair) for pair in pairs]
    left = set(range(7))
    while free := {k for k in left if not any(a in left and b == k for a, b in pairs)}:
        left -= free

    found = find_cycle(ties)

    assert (found is None) == (not left)
    if found is not None:
        assert found[0] == found[-1]
        assert set(pairwise(found)) <= set(pairs)


def test_plan_without_actions_has_no_statuses():
    assert plan_statuses([], [], today=TODAY) == {}


def test_large_plan_has_a_status_for_each_action():
    actions, ties = random_plan(500, 2_100)

    found = plan_statuses(actions, ties, today=TODAY)

    assert len(found) == 500
    assert {one.colour for one in found.values()} <= set(Colour)
