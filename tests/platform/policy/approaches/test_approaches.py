"""Steps of regions in their order with ascending dates, and the rate that never stands alone."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.approaches import (
    SIDE,
    TABLE,
    Aim,
    NextStep,
    Task,
    add_region,
    change_approach,
    create_approach,
    read_approach,
    record_step,
    remove_region,
    take_back_step,
)
from alpclusters.platform.policy.models import Adoption, AdoptionStep, JointApproach
from tests.factories.evaluation import NOW, make_project, make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = NOW.date()
ORDER = ["informed", "under_review", "adopted", "implementing", "implemented"]


@pytest.fixture
def approach():
    return create_approach(make_project(), Aim({"title": {"en": "One window"}}), by=None)


@pytest.fixture
def region(approach):
    return add_region(approach, Task(make_region("AT32"), "Land Salzburg", "A decree"))


def step(adoption, state, on=TODAY, **changes):
    values = {"document": "https://example.org/decree", "reason": "Why", **changes}
    return record_step(adoption, NextStep(state, on, **values), by=None, now=NOW)


def to(adoption, state):
    for one in ORDER[: ORDER.index(state) + 1]:
        step(adoption, one)


def test_codes_are_counted_per_project(approach):
    other = create_approach(approach.project, Aim({"title": {"sl": "Okno"}}), by=None)

    assert (approach.code, other.code) == ("J1", "J2")


def test_without_a_title_nothing_is_stored(approach):
    with pytest.raises(InputError):
        change_approach(approach, Aim({"title": {"en": " "}}), by=None)

    assert JointApproach.objects.get().title.inside("en") == "One window"


def test_a_region_takes_part_once(approach, region):
    with pytest.raises(InputError):
        add_region(approach, Task(region.region))


def test_a_region_with_steps_stays(region):
    step(region, "informed")
    with pytest.raises(StateError):
        remove_region(region)
    take_back_step(region)
    remove_region(region)

    assert not Adoption.objects.exists()


def test_all_steps_in_their_order(region):
    to(region, "implemented")

    assert list(AdoptionStep.objects.values_list("state", flat=True)) == ORDER
    assert Adoption.objects.get().state == "implemented"


@pytest.mark.parametrize("state", Adoption.State.values)
def test_what_cannot_follow_is_refused_with_what_can(region, state):
    Adoption.objects.update(state=state)
    for other in sorted(set(Adoption.State.values) - set(TABLE[state])):
        with pytest.raises(StateError) as found:
            step(region, other)
        assert found.value.expected == ", ".join(TABLE[state])

    assert Adoption.objects.get().state == state
    assert not AdoptionStep.objects.exists()


def test_adopting_needs_the_decision(region):
    to(region, "under_review")
    with pytest.raises(InputError) as found:
        step(region, "adopted", document=" ")

    assert found.value.code == "adoption.no_document"


@pytest.mark.parametrize("side", SIDE)
def test_what_is_beside_the_order_needs_a_reason(region, side):
    to(region, "adopted" if side == "discontinued" else "informed")
    with pytest.raises(InputError) as found:
        step(region, side, reason="")
    assert found.value.code == "adoption.no_reason"

    assert step(region, side).state == side


def test_dates_ascend_and_lie_in_the_past(region):
    step(region, "informed", TODAY - timedelta(days=5))
    for day, code in (
        (TODAY - timedelta(days=6), "adoption.dates"),
        (TODAY + timedelta(days=1), "adoption.future"),
    ):
        with pytest.raises(InputError) as found:
            step(region, "under_review", day)
        assert found.value.code == code

    assert Adoption.objects.get().state == "informed"


def test_only_what_was_recorded_is_taken_back(region):
    to(region, "adopted")
    assert take_back_step(region).state == "under_review"
    take_back_step(region)
    assert take_back_step(region).state == "unknown"
    with pytest.raises(StateError):
        take_back_step(region)


def test_the_rate_comes_with_the_number_unknown(approach):
    states = ["adopted", "implemented", "unknown", "not_applicable", "informed"]
    for code, state in zip(["AT32", "ITH1", "SI04", "DE21", "FRK2"], states, strict=True):
        made = add_region(approach, Task(make_region(code)))
        if state == "not_applicable":
            step(made, state)
        elif state != "unknown":
            to(made, state)
    carried_out = Adoption.objects.get(state="implemented")
    step(carried_out, "discontinued")

    rate = read_approach(approach, today=TODAY).rate

    assert (rate.n_adopted, rate.n_addressees, rate.n_unknown) == (2, 4, 1)
    assert rate.n_not_applicable == 1
    assert rate.rate == 0.5


def test_a_region_past_its_day_is_overdue_until_it_adopts(approach):
    late = add_region(approach, Task(make_region("AT32"), due=date(2020, 1, 1)))
    [line] = read_approach(approach, today=TODAY).lines
    assert line.is_overdue
    to(late, "adopted")

    [line] = read_approach(approach, today=TODAY).lines
    assert not line.is_overdue


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(wanted=st.lists(st.sampled_from(Adoption.State.values), max_size=8))
def test_whatever_is_tried_the_state_is_the_last_step(region, wanted):
    AdoptionStep.objects.all().delete()
    Adoption.objects.update(state="unknown")
    for one in wanted:
        try:
            step(region, one)
        except StateError:
            continue

    last = AdoptionStep.objects.order_by("pk").last()
    assert Adoption.objects.get().state == (last.state if last else "unknown")
