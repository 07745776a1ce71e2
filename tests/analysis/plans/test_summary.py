"""A plan as a whole: golden values, complete and ended plans, weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import ScaleError
from alpclusters.analysis.plans import (
    ActionState,
    ActionStatus,
    Colour,
    SummaryItem,
    plan_summary,
)

pytestmark = pytest.mark.unit

ENDED = {"blue": ActionState.DONE, "none": ActionState.STOPPED}


def items(colour, n=1, *, weight=1, critical=False, state=None):
    of = state or ENDED.get(colour, ActionState.RUNNING)
    status = ActionStatus(key="a", state=of, colour=Colour(colour), convention="ap-1")
    return [SummaryItem(status, weight, critical)] * n


@pytest.mark.parametrize(
    ("counts", "colour"),
    [
        ({"green": 8, "yellow": 2}, "green"),
        ({"green": 7, "yellow": 3}, "yellow"),
        ({"green": 9, "red": 1}, "yellow"),
        ({"green": 6, "red": 2}, "red"),
        ({"green": 4, "grey": 6}, "grey"),
        ({"green": 5, "grey": 5}, "green"),
        ({"blue": 3}, "complete"),
        ({"blue": 3, "none": 1}, "ended"),
        ({"none": 2}, "ended"),
        ({"green": 1, "blue": 9}, "green"),
        ({"red": 1, "blue": 9, "none": 3}, "red"),
        ({"grey": 2}, "grey"),
        ({}, "grey"),
    ],
)
def test_colour_of_a_plan(counts, colour):
    found = plan_summary([one for name, n in counts.items() for one in items(name, n)])

    assert found.colour == colour
    assert found.n == sum(counts.values())
    assert len(found.reasons) == 1


def test_critical_red_makes_the_plan_red():
    found = plan_summary([*items("green", 9), *items("red", critical=True)])

    assert (found.colour, found.reasons[0].key) == ("red", "critical_red")


def test_critical_grey_does_not_count_as_red():
    assert plan_summary([*items("green", 9), *items("grey", critical=True)]).colour == "green"


def test_counts_have_every_state_and_colour():
    found = plan_summary([*items("green", 2), *items("grey", weight=3), *items("blue")])

    assert found.counts_by_state == {
        "planned": 0, "running": 3, "done": 1, "done_late": 0, "stopped": 0, "undated": 0,
    }  # fmt: skip
    assert found.counts_by_colour == {
        "green": 2, "yellow": 0, "red": 0, "grey": 1, "blue": 1, "none": 0,
    }  # fmt: skip
    assert found.weight_by_colour["grey"] == 3


def test_share_with_a_report_is_of_planned_and_running_actions():
    undated = items("grey", state=ActionState.UNDATED)
    planned = items("green", state=ActionState.PLANNED)

    found = plan_summary([*planned, *items("grey"), *items("blue", 5), *undated])

    assert found.reported_share == 0.5
    assert plan_summary(items("blue")).reported_share is None


def test_action_without_dates_is_open_and_grey():
    found = plan_summary([*items("blue"), *items("grey", state=ActionState.UNDATED)])

    assert found.colour == "grey"


def test_weights_decide_and_not_numbers():
    assert plan_summary([*items("green", 9), *items("red", weight=3)]).colour == "red"
    assert plan_summary([*items("green", 9), *items("yellow", weight=0)]).colour == "green"


def test_without_any_weight_all_count_alike():
    found = plan_summary([*items("green", weight=0), *items("yellow", weight=0)])

    assert found.colour == "yellow"


def test_weight_below_nothing_is_refused():
    with pytest.raises(ScaleError):
        plan_summary(items("green", weight=-1))


RANKS = {"green": 0, "yellow": 1, "red": 2}
COLOURS = st.lists(st.sampled_from(sorted(RANKS)), min_size=1, max_size=12)


@given(COLOURS, st.data())
def test_an_action_that_gets_worse_never_makes_the_plan_better(colours, data):
    place = data.draw(st.integers(0, len(colours) - 1))
    worse = [*colours[:place], "red", *colours[place + 1 :]]

    before, after = (
        plan_summary([one for name in names for one in items(name)]).colour
        for names in (colours, worse)
    )

    assert RANKS[after] >= RANKS[before]


@given(COLOURS.flatmap(lambda names: st.tuples(st.just(names), st.permutations(names))))
def test_order_does_not_matter(orders):
    one, other = (
        plan_summary([item for name in names for item in items(name)]) for names in orders
    )

    assert one == other
