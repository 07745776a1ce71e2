from datetime import date, timedelta
from decimal import Decimal

import pytest

from alpclusters.analysis.plans import ActionState, Colour
from alpclusters.platform.policy.domain.records import record_of, today_of
from alpclusters.platform.policy.domain.records.plans import text_digest_of
from alpclusters.platform.policy.models import (
    ActionPlan,
    Cost,
    FundingLine,
    Indicator,
    IndicatorValue,
    Milestone,
    MonitoringRound,
    Override,
    ProgressReport,
    Target,
)
from tests.factories.evaluation import NOW
from tests.factories.policy import make_large_plan, make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = date(2027, 2, 1)  # five months into a year


def read(plan, today=TODAY, **more):
    stored = ActionPlan.objects.select_related("project", "parent").get(pk=plan.pk)
    return record_of(stored, today=today, **more)


def line_of(plan, today=TODAY):
    return read(plan, today).actions[0]


def report(plan, progress, on=TODAY):
    return ProgressReport.objects.create(
        action=plan.actions.get(), progress=progress, confirmed_on=on, reported_at=NOW, text="Met."
    )


def override(plan, shown, until_round=1, **fields):
    return Override.objects.create(
        action=plan.actions.get(),
        computed="red",
        shown=shown,
        reason="The partner has started.",
        until_round=until_round,
        made_at=NOW,
        **fields,
    )


def test_status_comes_from_the_last_report():
    plan = make_plan()
    report(plan, 0.1, on=TODAY - timedelta(days=90))
    report(plan, 0.42)

    line = line_of(plan)

    assert (line.status.state, line.shown, line.status.progress) == (
        ActionState.RUNNING,
        Colour.GREEN,
        0.42,
    )
    assert (line.report.text, line.report.progress) == ("Met.", 0.42)


def test_action_without_a_report_turns_grey_after_the_interval_of_its_plan():
    plan = make_plan()
    assert line_of(plan, date(2026, 9, 1) + timedelta(days=212)).shown is not Colour.GREY

    assert line_of(plan, date(2026, 9, 1) + timedelta(days=213)).shown is Colour.GREY

    ActionPlan.objects.update(reporting_days=365)
    assert line_of(plan, date(2026, 9, 1) + timedelta(days=213)).shown is not Colour.GREY


def test_override_is_shown_beside_the_computed_status_until_its_round_closes():
    plan = make_plan()
    report(plan, 0.0)
    override(plan, "yellow")
    round_ = MonitoringRound.objects.create(
        plan=plan, number=1, opens_on=TODAY, closes_on=TODAY + timedelta(days=14)
    )
    line = line_of(plan)
    assert (line.status.colour, line.shown, line.override.shown) == (
        Colour.RED,
        Colour.YELLOW,
        "yellow",
    )

    MonitoringRound.objects.filter(pk=round_.pk).update(closed_at=NOW)

    line = line_of(plan)
    assert (line.shown, line.override) == (Colour.RED, None)


def test_override_does_not_turn_grey_into_a_colour():
    plan = make_plan()
    override(plan, "green")

    assert line_of(plan, date(2027, 8, 1)).shown is Colour.GREY


def test_milestones_money_and_indicators_come_with_the_line():
    plan = make_plan()
    action = plan.actions.get()
    Milestone.objects.create(action=action, title={"en": "Call"}, due=date(2026, 12, 1))
    Cost.objects.create(action=action, year=2026, type="staff", amount_cents=500)
    Cost.objects.create(action=action, year=2026, type="staff", amount_cents=70, currency="CHF")
    FundingLine.objects.create(action=action, source="ERDF", amount_cents=250, status="spent")
    indicator = Indicator.objects.create(
        plan=plan, action=action, name={"en": "Firms"}, baseline=0, baseline_on=date(2026, 1, 1)
    )
    Target.objects.create(indicator=indicator, due=date(2027, 12, 31), value=10)
    values = {"reported": 9, "confirmed": 5, "rejected": 1}
    for status, value in values.items():
        IndicatorValue.objects.create(
            indicator=indicator, refers_to=TODAY, value=value, reported_at=NOW, status=status
        )

    record = read(plan)

    (line,) = record.actions
    assert [m.title["en"] for m in line.milestones] == ["Call"]
    assert [(v.value, v.refers_to) for v in line.indicators[0].values] == [(Decimal(5), TODAY)]
    assert line.indicators[0].status.colour is Colour.GREEN
    assert [(m.currency, m.planned_cents, m.spent_share) for m in record.money_sums] == [
        ("EUR", 500, 0.5),
        ("CHF", 70, 0.0),
    ]


def test_report_late_in_the_evening_belongs_to_the_date_of_the_plan():
    plan = make_plan()
    late = NOW.replace(hour=22, minute=30)

    assert today_of(plan, late) == date(2026, 7, 2)


def test_own_summary_stands_beside_the_joint_one_and_a_published_plan_hides_drafts_below():
    parent, child, draft = make_plan(published=True), make_plan(published=True), make_plan()
    ActionPlan.objects.filter(pk__in=[child.pk, draft.pk]).update(parent=parent)

    record = read(parent)

    assert [ref.pk for ref in record.children] == [child.pk]
    assert sum(record.progress.counts_by_state.values()) == 1
    assert sum(record.joint.counts_by_state.values()) == 2
    assert [sum(one.counts_by_state.values()) for one in record.below] == [1]
    assert read(child).parent.pk == parent.pk


def test_reports_and_values_leave_the_hash_of_the_text_as_it_is():
    plan = make_plan(published=True)
    before = text_digest_of(read(plan))

    report(plan, 0.9)

    assert text_digest_of(read(plan, TODAY + timedelta(days=500))) == before


def test_some_actions_come_in_full_and_all_as_outlines():
    plan = make_plan(("fair", "pilot", "label"))
    wanted = plan.actions.get(code="X2").pk

    record = read(plan, only=[wanted])

    assert [line.code for line in record.actions] == ["X2"]
    assert [line.code for line in record.outlines] == ["X1", "X2", "X3"]


@pytest.mark.parametrize("n", [2, 20])
def test_large_plan_is_read_in_the_same_queries(n, django_assert_num_queries):
    plan = make_large_plan(n, 5 * n)
    stored = ActionPlan.objects.select_related("project", "parent").get(pk=plan.pk)

    with django_assert_num_queries(31):
        record = record_of(stored, today=TODAY)

    assert len(record.actions) == n
    assert sum(len(i.values) for a in record.actions for i in a.indicators) == 5 * n
