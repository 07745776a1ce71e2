"""The last two stations: what pays for an action, and what was reported."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.models import FundingLine, Indicator, IndicatorValue
from alpclusters.platform.tracing.domain.stations import stations_for, stations_of
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW, make_measure
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VISITOR = AnonymousUser()


def labels(stops):
    return {stop.station.value: [ref.label for ref in stop.refs] for stop in stops if stop.refs}


def make_line(action, source="Interreg Alpine Space"):
    return FundingLine.objects.create(action=action, source=source, amount_cents=100_00)


def make_value(action, value=4, status="confirmed", unit="regions"):
    indicator = Indicator.objects.create(
        plan=action.plan, action=action, name="Regions with a window", unit=unit, baseline=0
    )
    return IndicatorValue.objects.create(
        indicator=indicator,
        refers_to=date(2027, 1, 1),
        value=value,
        status=status,
        reported_at=NOW,
    )


def test_action_leads_to_its_money_and_to_what_was_reported():
    plan = make_plan(("fair", "pilot"), published=True)
    first, second = plan.actions.order_by("code")
    make_line(first)
    make_value(first)

    found = labels(stations_of(first, seen_by=VISITOR))

    assert (found["funding"], found["value"]) == (["Interreg Alpine Space"], ["4 regions"])
    assert {"funding", "value"} & set(labels(stations_of(second, seen_by=VISITOR))) == set()


def test_measure_leads_all_the_way_to_the_value():
    plan = make_plan(("fair", "pilot"), published=True)
    make_value(plan.actions.get(code="X2"), value="2.5", unit="")

    assert labels(stations_of(make_measure("pilot"), seen_by=VISITOR))["value"] == [
        "2.5 Regions with a window"
    ]
    assert "value" not in labels(stations_of(make_measure("fair"), seen_by=VISITOR))


@pytest.mark.parametrize("make", [make_line, make_value])
def test_money_and_value_lead_back_to_the_measure(make):
    plan = make_plan(("fair", "pilot"), published=True)
    thing = make(plan.actions.get(code="X2"))

    found = labels(stations_of(thing, seen_by=VISITOR))

    assert (found["action"], found["measure"]) == (["X2"], ["Pilot action"])


def test_visitor_sees_only_confirmed_values_and_nobody_sees_rejected_ones():
    plan = make_plan(published=True)
    action = plan.actions.get()
    make_value(action, value=1, status="reported")
    make_value(action, value=2, status="rejected")
    member = make_user_with(Role.MEMBER, project=plan.project)

    assert "value" not in labels(stations_of(action, seen_by=VISITOR))
    assert labels(stations_of(action, seen_by=member))["value"] == ["1 regions"]


def test_indicator_of_the_whole_plan_hangs_on_no_action():
    plan = make_plan(published=True)
    value = make_value(plan.actions.get())
    Indicator.objects.filter(pk=value.indicator_id).update(action=None)

    assert "value" not in labels(stations_of(plan.actions.get(), seen_by=VISITOR))


@pytest.mark.parametrize("keys", [("fair",), ("fair", "pilot", "label")])
def test_trails_with_money_and_values_take_the_same_queries(keys, django_assert_num_queries):
    actions = list(make_plan(keys, published=True).actions.all())
    for action in actions:
        make_line(action)
        make_value(action)

    with django_assert_num_queries(28):
        stations_for(actions, seen_by=VISITOR)
