"""The status of indicators: the golden table of the method, and what is refused."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError, NotFiniteError
from alpclusters.analysis.plans import (
    IndicatorFacts,
    check_indicator,
    expected_value,
    indicator_status,
)
from tests.analysis.plans.action_cases import day

pytestmark = pytest.mark.unit

S0, END = day("2026-01-01"), day("2028-12-31")
MIDDLE = (day("2026-12-31"), 10.0)


def an_indicator(baseline=0.0, target=100.0, value=None, value_on=None, **known):
    usual = {
        "key": "i",
        "direction": "increase",
        "path": "linear",
        "baseline": baseline,
        "baseline_on": S0,
        "targets": ((END, target),),
        "value": value,
        "value_on": None if value_on is None else day(value_on),
    }
    return IndicatorFacts(**{**usual, **known})


WITH_STEP = {"targets": (MIDDLE, (END, 100.0))}
FALLS = {"direction": "decrease"}
# Baseline, target, value, its date, more, expected, progress, expected progress, gap, colour.
MEASURED = [
    (0, 3, 1, "2027-06-30", {}, 1.4932, 0.3333, 0.4977, 0.1644, "yellow"),
    (0, 100, 50, "2027-07-02", {}, 49.9543, 0.5, 0.4995, -0.0005, "green"),
    (0, 100, 38, "2027-07-02", {}, 49.9543, 0.38, 0.4995, 0.1195, "yellow"),
    (0, 100, 20, "2027-07-02", {}, 49.9543, 0.2, 0.4995, 0.2995, "red"),
    (200, 100, 160, "2027-07-02", FALLS, 150.0457, 0.4, 0.4995, 0.0995, "green"),
    (0, 100, 140, "2027-07-02", {}, 49.9543, 1, 0.4995, -0.5005, "green"),
    (50, 100, 40, "2027-07-02", {}, 74.9772, 0, 0.4995, 0.4995, "red"),
    (0, 100, 30, "2027-07-02", WITH_STEP, 32.5308, 0.3, 0.3253, 0.0253, "green"),
    (0, 100, 10, "2027-07-02", {**WITH_STEP, "path": "step"}, 10, 0.1, 0.1, 0, "green"),
    (0, 100, 92, "2029-01-31", {}, 100, 0.92, 1, 0.08, "green"),
]


@pytest.mark.parametrize("case", MEASURED, ids=lambda case: f"{case[2]} at {case[3]}")
def test_measured_indicator_of_the_table(case):
    baseline, target, value, on, more, *expected, colour = case
    facts = an_indicator(float(baseline), float(target), float(value), on, **more)

    found = indicator_status(facts, today=day(on))

    figures = (found.expected, found.progress, found.expected_progress, found.gap)
    assert [round(one, 4) for one in figures] == expected
    assert (found.state, found.colour, found.convention) == ("measured", colour, "ap-1")


def test_old_value_is_grey_keeps_its_figures_and_names_its_colour():
    facts = an_indicator(value=50.0, value_on="2027-07-02")

    last, after = (
        indicator_status(facts, today=day(today)) for today in ("2028-07-31", "2028-08-02")
    )

    assert (last.state, after.state, after.colour) == ("measured", "stale", "grey")
    assert after.gap == last.gap
    assert dict(after.reasons[0].params) == {"days": 397, "limit": 395, "colour": "green"}


@pytest.mark.parametrize(
    ("today", "state", "colour"),
    [("2026-06-01", "not_due", "none"), ("2027-01-31", "not_due", "none"),
     ("2027-02-01", "overdue", "grey"), ("2027-03-01", "overdue", "grey")],
)  # fmt: skip
def test_missing_value_is_first_not_due_then_grey(today, state, colour):
    found = indicator_status(an_indicator(), today=day(today))

    assert (found.state, found.colour) == (state, colour)
    assert found.reasons[0].params["due"] == day("2027-01-31")


def test_first_target_makes_a_value_due_earlier():
    facts = an_indicator(targets=((day("2026-06-30"), 5.0), (END, 100.0)))

    assert indicator_status(facts, today=day("2026-07-01")).state == "overdue"


@pytest.mark.parametrize("gap", ["baseline", "baseline_on"])
def test_without_baseline_nothing_can_be_said(gap):
    facts = replace(an_indicator(value=5.0, value_on="2026-07-01"), **{gap: None})

    found = indicator_status(facts, today=day("2026-07-02"))

    assert (found.state, found.colour, found.gap) == ("no_baseline", "grey", None)


def test_draft_without_target_is_grey_and_not_refused():
    facts = an_indicator(targets=())

    assert indicator_status(facts, today=S0).state == "no_target"
    assert expected_value(facts, S0) is None


@pytest.mark.parametrize(
    ("direction", "target", "value", "gap", "colour"),
    [
        ("hold_min", 80, 75, 0.0625, "yellow"), ("hold_min", 80, 90, 0, "green"),
        ("hold_min", 80, 76, 0.05, "green"), ("hold_min", 80, 71, 0.1125, "red"),
        ("hold_max", 80, 84, 0.05, "green"), ("hold_max", 80, 88, 0.1, "yellow"),
        ("hold_max", 80, 89, 0.1125, "red"), ("hold_min", -80, -84, 0.05, "green"),
        ("hold_max", 0, 0, 0, "green"), ("hold_min", 0, 3, 0, "green"),
    ],
)  # fmt: skip
def test_value_to_be_held(direction, target, value, gap, colour):
    facts = an_indicator(None, float(target), float(value), "2027-01-01", direction=direction)

    found = indicator_status(facts, today=day("2027-01-02"))

    assert (round(found.gap, 10), found.colour, found.expected) == (gap, colour, target)
    assert found.progress is None


def test_zero_that_is_not_held_is_red_without_a_relative_figure():
    facts = an_indicator(None, 0.0, 2.0, "2027-01-01", direction="hold_max")

    found = indicator_status(facts, today=day("2027-01-02"))

    assert (found.colour, found.gap, found.reasons[0].key) == ("red", None, "not_held")


def test_path_keeps_its_ends():
    facts = an_indicator(20.0)

    days = ("2020-01-01", "2026-01-01", "2028-12-31", "2040-01-01")
    assert [expected_value(facts, day(one)) for one in days] == [20, 20, 100, 100]


def test_path_in_steps_moves_on_the_day_of_a_target():
    facts = an_indicator(**WITH_STEP, path="step")

    days = ("2026-12-30", "2026-12-31", "2028-12-30", "2028-12-31")
    assert [expected_value(facts, day(one)) for one in days] == [0, 10, 10, 100]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"targets": ((END, 0.0),)}, "plans.target_is_baseline"),
        ({"direction": "decrease"}, "plans.target_direction"),
        ({"targets": ((END, -5.0),)}, "plans.target_direction"),
        ({"targets": ((END, 50.0), (END, 100.0))}, "plans.targets_order"),
        ({"targets": ((END, 50.0), MIDDLE)}, "plans.targets_order"),
        ({"targets": ((S0, 50.0),)}, "plans.targets_order"),
        ({"direction": "sideways"}, "plans.unknown_value"),
        ({"path": "spiral"}, "plans.unknown_value"),
    ],
)
def test_contradiction_is_refused(change, code):
    facts = replace(an_indicator(), **change)

    for function in (check_indicator, lambda one: indicator_status(one, today=S0)):
        with pytest.raises(AnalysisError) as caught:
            function(facts)
        assert caught.value.code == code


@pytest.mark.parametrize("field", ["baseline", "value", "target"])
@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_figure_that_is_none_is_refused(field, wrong):
    with pytest.raises(NotFiniteError):
        check_indicator(an_indicator(**{field: wrong}))


def test_last_day_of_the_calendar_is_a_day_like_others():
    facts = replace(an_indicator(), baseline_on=dt.date(9999, 12, 1), targets=((dt.date.max, 9.0),))

    assert indicator_status(facts, today=END).state == "not_due"


FIGURES = st.floats(-1e6, 1e6).map(lambda one: round(one, 3))
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2030, 1, 1))


@given(FIGURES, FIGURES, FIGURES, FIGURES, DAYS)
def test_a_better_value_is_never_worse(baseline, target, one, other, on):
    if baseline == target:
        return
    direction = "increase" if target > baseline else "decrease"
    low, high = sorted((one, other), reverse=direction == "decrease")

    worse, better = (
        indicator_status(
            replace(an_indicator(baseline, target, value, direction=direction), value_on=on),
            today=on,
        )
        for value in (low, high)
    )

    assert better.gap <= worse.gap
    assert 0 <= better.progress <= 1


@given(FIGURES, FIGURES, FIGURES, DAYS)
def test_turning_the_scale_round_changes_nothing(baseline, target, value, on):
    if baseline == target:
        return
    up, down = ("increase", "decrease") if target > baseline else ("decrease", "increase")

    one, other = (
        indicator_status(
            replace(
                an_indicator(sign * baseline, sign * target, sign * value, direction=direction),
                value_on=on,
            ),
            today=on,
        )
        for sign, direction in ((1, up), (-1, down))
    )

    assert one.gap == pytest.approx(other.gap, abs=1e-9)
    assert one.colour == other.colour
