"""The status of one action: the golden table of the method, and what lies at its edges."""

import datetime as dt

import pytest

from alpclusters.analysis.errors import AnalysisError, ScaleError
from alpclusters.analysis.plans import (
    ActionFacts,
    ActionState,
    Colour,
    MilestoneFacts,
    PlanRules,
    action_status,
)
from tests.analysis.plans.action_cases import END, START, an_action, day

pytestmark = pytest.mark.unit

DAY = dt.timedelta(days=1)
LATE = MilestoneFacts(day("2026-05-22"))
LATE_CRITICAL = MilestoneFacts(day("2026-05-22"), critical=True)
# Two of five by weight are reached.
FIVE = (
    MilestoneFacts(day("2026-03-01"), 2, day("2026-03-01")),
    MilestoneFacts(day("2026-10-01"), 2),
    MilestoneFacts(day("2026-11-01"), 1),
)

# Number, today, progress, what else is known, forecast, delay, state, colour.
OPEN = [
    (1, "2026-07-01", 0.50, {}, "2026-12-30", 0, "running", "green"),
    (2, "2026-07-01", 0.42, {}, "2027-01-29", 29, "running", "green"),
    (3, "2026-07-01", 0.35, {}, "2027-02-23", 54, "running", "yellow"),
    (4, "2026-07-01", 0.20, {}, "2027-04-19", 109, "running", "red"),
    (5, "2026-07-01", 0.90, {}, "2026-08-07", 0, "running", "green"),
    (6, "2026-07-01", 1.30, {}, "2026-07-01", 0, "running", "green"),
    (7, "2025-11-01", 0, {}, "2026-12-31", 0, "planned", "green"),
    (8, "2026-01-11", 0, {}, "2027-01-10", 10, "running", "green"),
    (9, "2026-03-02", 0, {}, "2027-03-01", 60, "running", "yellow"),
    (10, "2026-09-01", 0.50, {"c": "2026-01-15"}, "2027-03-02", 61, "running", "grey"),
    (11, "2026-08-15", 0.50, {"c": "2026-01-15"}, "2027-02-13", 44, "running", "yellow"),
    (12, "2026-08-16", 0.50, {"c": "2026-01-15"}, "2027-02-14", 45, "running", "grey"),
    (13, "2027-01-15", 0.95, {}, "2027-02-03", 34, "running", "yellow"),
    (14, "2027-04-10", 0.95, {}, "2027-04-29", 119, "running", "red"),
    (18, "2026-07-01", 0.50, {"m": (LATE,)}, "2026-12-30", 0, "running", "yellow"),
    (19, "2026-07-01", 0.50, {"m": (LATE_CRITICAL,)}, "2026-12-30", 0, "running", "red"),
    (20, "2026-07-01", None, {"m": FIVE}, "2027-02-05", 36, "running", "green"),
    (21, "2025-12-01", 0, {"ready": "2026-02-01"}, "2027-01-31", 31, "planned", "green"),
    (22, "2025-12-01", 0, {"ready": "2026-03-01"}, "2027-02-28", 59, "planned", "yellow"),
    (23, "2025-12-01", 0, {"ready": "2026-05-01"}, "2027-04-30", 120, "planned", "red"),
    (24, "2026-06-16", 0.20, {"s": "2026-06-01", "e": "2026-07-01"}, "2026-07-10", 9, "running",
     "green"),
    (25, "2027-07-02", 0.30, {"e": "2028-12-31"}, "2029-08-07", 219, "running", "red"),
    (26, "2026-06-10", 0, {"s": "2026-06-01", "e": "2026-06-01"}, "2026-06-11", 10, "running",
     "yellow"),
    (27, "2026-07-01", 0.60, {"ready": "2027-02-01"}, "2027-02-01", 32, "running", "green"),
]  # fmt: skip


def keys(status):
    return [one.key for one in status.reasons]


def told(status, key):
    return next(dict(one.params) for one in status.reasons if one.key == key)


@pytest.mark.parametrize("case", OPEN, ids=lambda case: f"case {case[0]}")
def test_open_action_of_the_table(case):
    _, today, progress, known, forecast, delay, state, colour = case
    facts = ActionFacts(
        "a",
        day(known.get("s", "2026-01-01")),
        day(known.get("e", "2026-12-31")),
        progress=progress,
        milestones=known.get("m", ()),
        confirmed_on=day(known["c"]) if "c" in known else day(today) - DAY,
    )

    ready = day(known["ready"]) if "ready" in known else None
    found = action_status(facts, today=day(today), ready=ready)

    assert (str(found.forecast), found.delay_days) == (forecast, delay)
    assert (found.state, found.colour) == (state, colour)
    assert found.convention == "ap-1"


@pytest.mark.parametrize(
    ("done_on", "today", "days", "state"),
    [("2026-12-20", "2027-02-01", 0, "done"), ("2027-03-01", "2027-04-01", 60, "done_late")],
)
def test_done_action_of_the_table(done_on, today, days, state):
    found = action_status(an_action(done_on=day(done_on)), today=day(today))

    assert (found.state, found.colour, found.severity) == (state, Colour.BLUE, None)
    assert (str(found.forecast), found.delay_days, found.progress) == (done_on, days, 1.0)


def test_stopped_action_has_no_colour_and_no_forecast():
    found = action_status(an_action(stopped_on=day("2026-06-01")), today=day("2026-07-01"))

    assert (found.state, found.colour, found.forecast) == (ActionState.STOPPED, Colour.NONE, None)
    assert told(found, "stopped") == {"on": day("2026-06-01")}


def test_what_was_done_cannot_be_stopped_any_more():
    facts = an_action(done_on=day("2026-06-01"), stopped_on=day("2026-05-01"))

    assert action_status(facts, today=day("2026-07-01")).state is ActionState.DONE


@pytest.mark.parametrize(("starts_on", "ends_on"), [(None, END), (START, None), (None, None)])
def test_open_action_without_dates_is_undated_and_grey(starts_on, ends_on):
    found = action_status(an_action("a", starts_on, ends_on), today=START)

    assert (found.state, found.colour, found.last_known) == ("undated", Colour.GREY, None)


def test_action_without_dates_can_be_done():
    found = action_status(an_action("a", None, None, done_on=START), today=END)

    assert (found.state, found.delay_days, keys(found)) == ("done", None, ["done_undated"])


def test_end_before_start_is_refused_with_both_dates():
    with pytest.raises(AnalysisError) as caught:
        action_status(an_action("A7", END, START), today=START)

    assert (caught.value.code, caught.value.found) == ("plans.ends_before_start", "2026-01-01")
    assert (caught.value.expected, caught.value.values["action"]) == ("2026-12-31", "A7")


def test_stale_action_tells_what_was_last_known():
    facts = an_action(progress=0.5, confirmed_on=day("2026-01-15"))

    found = action_status(facts, today=day("2026-09-01"))

    assert (found.colour, found.last_known) == (Colour.GREY, Colour.YELLOW)
    assert told(found, "stale") == {"days": 229, "limit": 212}


def test_action_that_never_reported_turns_grey_after_its_start():
    limit = START + dt.timedelta(days=212)

    colours = [action_status(an_action(), today=one).colour for one in (limit, limit + DAY)]

    assert colours == [Colour.RED, Colour.GREY]


def test_planned_action_is_never_stale():
    found = action_status(an_action(), today=day("2020-01-01"))

    assert (found.state, found.colour) == ("planned", Colour.GREEN)


def test_report_wins_over_milestones_and_the_difference_is_told():
    found = action_status(
        an_action(progress=0.9, milestones=FIVE, confirmed_on=day("2026-06-30")),
        today=day("2026-07-01"),
    )

    assert (found.progress, found.progress_source) == (0.9, "report")
    assert told(found, "progress_differs") == {"reported": 0.9, "milestones": 0.4}


def test_difference_of_exactly_a_fifth_is_not_told():
    found = action_status(
        an_action(progress=0.6, milestones=FIVE, confirmed_on=day("2026-06-30")),
        today=day("2026-07-01"),
    )

    assert "progress_differs" not in keys(found)


@pytest.mark.parametrize("reported", [None, float("nan"), "half", float("inf")])
def test_what_is_no_number_counts_as_missing(reported):
    facts = an_action(progress=reported, milestones=FIVE, confirmed_on=day("2026-06-30"))

    found = action_status(facts, today=day("2026-07-01"))

    assert (found.progress, found.progress_source) == (0.4, "milestones")


def test_without_report_and_milestones_nothing_is_done():
    found = action_status(an_action(), today=day("2026-01-02"))

    assert (found.progress, found.progress_source) == (0.0, "none")
    assert "progress_missing" in keys(found)


def test_milestones_without_weight_say_nothing_of_progress():
    facts = an_action(milestones=(MilestoneFacts(END, 0, START),))

    assert action_status(facts, today=START).progress_source == "none"


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf")])
def test_weight_below_nothing_is_refused(weight):
    with pytest.raises(ScaleError) as caught:
        action_status(an_action(milestones=(MilestoneFacts(END, weight),)), today=START)

    assert caught.value.code == "plans.weight"


def test_finished_by_report_is_asked_to_be_marked_as_done():
    facts = an_action(progress=1.3, confirmed_on=day("2026-06-30"))

    found = action_status(facts, today=day("2026-07-01"))

    assert (found.state, found.progress) == ("running", 1.0)
    assert {"mark_done", "progress_clamped"} <= set(keys(found))


@pytest.mark.parametrize(
    ("days", "critical", "colour"),
    [
        (14, False, "green"), (15, False, "yellow"), (60, False, "yellow"), (61, False, "red"),
        (14, True, "green"), (15, True, "yellow"), (30, True, "yellow"), (31, True, "red"),
    ],
)  # fmt: skip
def test_open_milestone_turns_yellow_then_red(days, critical, colour):
    today = day("2026-07-01")
    milestone = MilestoneFacts(today - days * DAY, 1, None, critical)
    facts = an_action(progress=0.5, milestones=(milestone,), confirmed_on=today)

    found = action_status(facts, today=today)

    assert found.colour == colour


def test_worst_of_several_late_milestones_is_told_with_their_number():
    today = day("2026-07-01")
    late = tuple(MilestoneFacts(today - days * DAY) for days in (5, 20, 70))

    found = action_status(an_action(progress=0.5, milestones=late, confirmed_on=today), today=today)

    assert told(found, "milestone_red") == {"days": 70, "due": today - 70 * DAY, "n": 2}


def test_waiting_for_others_is_told_only_where_it_matters():
    today = day("2026-07-01")
    facts = an_action(progress=0.6, confirmed_on=today)

    waits, goes = (
        action_status(facts, today=today, ready=day(ready))
        for ready in ("2027-02-01", "2026-08-01")
    )

    assert told(waits, "waiting") == {"ready": day("2027-02-01")}
    assert "waiting" not in keys(goes)


def test_forecast_ends_with_the_calendar():
    facts = an_action("a", dt.date(9999, 1, 1), dt.date.max)

    assert action_status(facts, today=dt.date(9999, 6, 1)).forecast == dt.date.max


def test_other_rules_are_another_status():
    facts = an_action(progress=0.35, confirmed_on=day("2026-06-30"))
    rules = PlanRules(green_most_days=100, green_least_days=60, convention="ours")

    found = action_status(facts, today=day("2026-07-01"), rules=rules)

    assert (found.colour, found.convention) == ("green", "ours")
    assert told(found, "delay_green") == {"days": 54, "green": 60, "yellow": 91.0}


def test_reason_is_plain_in_a_record():
    found = action_status(an_action(stopped_on=START), today=END)

    assert found.reasons[0].as_record() == {"key": "stopped", "params": {"on": "2026-01-01"}}


def test_rules_are_plain_in_a_record():
    record = PlanRules().as_record()

    assert (record["convention"], record["report_interval_days"]) == ("ap-1", 182)
    assert record["reminder_days"] == [14, 3]
