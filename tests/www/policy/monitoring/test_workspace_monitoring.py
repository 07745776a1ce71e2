from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.monitoring.rounds import open_round
from alpclusters.platform.policy.domain.monitoring.snapshots import take_snapshot
from alpclusters.platform.policy.models import (
    Indicator,
    IndicatorValue,
    MonitoringRound,
    Override,
    PlanSnapshot,
    ProgressReport,
    ReportLink,
)
from tests.factories.accounts import make_user_with
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

REASON = "The partner in Trento starts in April, as agreed."


@pytest.fixture
def plan():
    """A published plan with a running action."""
    plan = make_plan(published=True)
    today = timezone.localdate()
    plan.actions.update(starts_on=today - timedelta(days=100), ends_on=today + timedelta(days=100))
    return plan


@pytest.fixture
def client(plan):
    client = Client()
    client.force_login(make_user_with(Role.POLICY_MAKER, project=plan.project))
    return client


@pytest.fixture
def round_(plan):
    today = timezone.localdate()
    return open_round(plan, opens_on=today, closes_on=today + timedelta(days=20))


def monitoring(client, plan):
    return client.get(f"/en/workspace/plans/{plan.pk}/monitoring/").content.decode()


def report_on(plan, **fields):
    return ProgressReport.objects.create(
        action=plan.actions.get(),
        confirmed_on=timezone.localdate(),
        reported_at=timezone.now(),
        **{"progress": 0.1, **fields},
    )


def test_round_is_opened_and_letters_go_out_with_the_addresses(client, plan):
    today = timezone.localdate()
    dates = {"opens_on": today, "closes_on": today + timedelta(days=30)}

    opened = client.post(f"/en/workspace/plans/{plan.pk}/monitoring/rounds/", dates)

    round_ = MonitoringRound.objects.get()
    assert opened.url == f"/en/workspace/monitoring/rounds/{round_.pk}/"
    action = plan.actions.get()
    client.post(
        opened.url,
        {f"email_{action.pk}": "ana@example.si", f"language_{action.pk}": "sl"},
    )
    (letter,) = mail.outbox
    assert letter.to == ["ana@example.si"]
    assert letter.body.startswith("Pozdravljeni")
    assert "/sl/report/" in letter.body
    assert ReportLink.objects.get().sent_at is not None


def test_round_that_closes_before_it_opens_is_refused_with_the_form(client, plan):
    today = timezone.localdate()

    page = client.post(
        f"/en/workspace/plans/{plan.pk}/monitoring/rounds/",
        {"opens_on": today, "closes_on": today},
    )

    assert page.status_code == 422
    assert "Give a day after the one on which it opens." in page.content.decode()
    assert not MonitoringRound.objects.exists()


def test_wrong_address_is_named_and_nothing_is_sent(client, plan, round_):
    action = plan.actions.get()

    page = client.post(
        f"/en/workspace/monitoring/rounds/{round_.pk}/",
        {f"email_{action.pk}": "ana", f"language_{action.pk}": "sl"},
    )

    assert page.status_code == 422
    assert 'value="ana"' in page.content.decode()
    assert mail.outbox == []


def test_dates_of_an_open_round_move(client, round_):
    later = round_.closes_on + timedelta(days=5)

    client.post(
        f"/en/workspace/monitoring/rounds/{round_.pk}/dates/",
        {"opens_on": round_.opens_on, "closes_on": later},
    )

    round_.refresh_from_db()
    assert round_.closes_on == later


def test_close_asks_first_naming_who_is_missing_then_shows_the_report(client, plan, round_):
    address = f"/en/workspace/monitoring/rounds/{round_.pk}/close/"
    asked = client.get(address).content.decode()

    closed = client.post(address)

    assert "1 action has no report" in asked
    assert closed.url == f"/en/plans/{plan.slug}/monitoring/1/"
    page = client.get(closed.url).content.decode()
    assert "Nobody answered in this round." in page
    assert PlanSnapshot.objects.get().digest in page


def test_second_close_says_so_and_keeps_one_report(client, round_):
    address = f"/en/workspace/monitoring/rounds/{round_.pk}/close/"
    client.post(address)

    again = client.post(address, follow=True).content.decode()

    assert "Round 1 is closed." in again
    assert PlanSnapshot.objects.count() == 1


def test_report_when_signed_in_belongs_to_the_open_round(client, plan, round_):
    action = plan.actions.get()

    answer = client.post(
        f"/en/workspace/actions/{action.pk}/report/", {"progress": "45.5", "text": "Call written"}
    )

    report = ProgressReport.objects.get()
    assert answer.url == f"/en/workspace/plans/{plan.pk}/monitoring/"
    assert (report.progress, report.way, report.round) == (0.455, "login", round_)
    assert report.reported_by is not None


def test_progress_is_written_as_the_reader_writes_numbers(client, plan):
    action = plan.actions.get()

    client.post(f"/de/workspace/actions/{action.pk}/report/", {"progress": "45,5"})

    assert ProgressReport.objects.get().progress == 0.455


@pytest.mark.parametrize("progress", ["150", "half", "-3"])
def test_wrong_progress_is_refused_and_kept_in_the_form(client, plan, progress):
    action = plan.actions.get()

    page = client.post(f"/en/workspace/actions/{action.pk}/report/", {"progress": progress})

    assert page.status_code == 422
    assert f'value="{progress}"' in page.content.decode()
    assert not ProgressReport.objects.exists()


def test_empty_report_says_what_to_fill_in(client, plan):
    action = plan.actions.get()

    page = client.post(f"/en/workspace/actions/{action.pk}/report/", {})

    assert page.status_code == 422
    assert "Say at least how far the action is, or what happened." in page.content.decode()


def test_correction_stands_beside_the_computed_status(client, plan):
    report_on(plan)
    action = plan.actions.get()
    address = f"/en/workspace/actions/{action.pk}/status/"
    assert "far behind" in client.get(address).content.decode()

    client.post(address, {"shown": "yellow", "reason": REASON, "rounds": "1"})

    page = monitoring(client, plan)
    assert "computed: far behind" in page
    assert REASON in page
    override = Override.objects.get()
    assert (override.shown, override.computed, override.author is None) == ("yellow", "red", False)
    client.post(f"/en/workspace/monitoring/overrides/{override.pk}/end/")
    assert REASON not in monitoring(client, plan)


def test_short_reason_and_grey_action_are_refused(client, plan):
    action = plan.actions.get()
    address = f"/en/workspace/actions/{action.pk}/status/"
    plan.actions.update(starts_on=date(2020, 1, 1))

    short = client.post(address, {"shown": "green", "reason": "short", "rounds": "1"})
    grey = client.post(address, {"shown": "green", "reason": REASON, "rounds": "1"})

    assert (short.status_code, grey.status_code) == (422, 422)
    assert "Write at least 20 characters." in short.content.decode()
    assert "Send a report; an opinion does not replace it." in grey.content.decode()
    assert not Override.objects.exists()


def make_value(plan):
    indicator = Indicator.objects.create(plan=plan, name="Calls")
    return IndicatorValue.objects.create(
        indicator=indicator,
        value=Decimal("3.5"),
        refers_to=timezone.localdate(),
        reported_at=timezone.now(),
    )


def test_value_is_confirmed(client, plan):
    value = make_value(plan)
    assert "1 reported value waits" in monitoring(client, plan)

    client.post(f"/en/workspace/monitoring/values/{value.pk}/decide/", {"decision": "confirmed"})

    value.refresh_from_db()
    assert value.status == "confirmed"
    assert "Nothing waits." in client.get(f"/en/workspace/plans/{plan.pk}/values/").content.decode()


def test_value_is_rejected_with_a_reason_only(client, plan):
    value = make_value(plan)
    address = f"/en/workspace/monitoring/values/{value.pk}/decide/"

    refused = client.post(address, {"decision": "rejected"})
    client.post(address, {"decision": "rejected", "note": "Counted twice"})

    assert refused.status_code == 422
    assert "Say why the value is rejected" in refused.content.decode()
    value.refresh_from_db()
    assert (value.status, value.note) == ("rejected", "Counted twice")


def test_report_is_kept_and_corrected_and_the_chain_is_computed_again(client, plan):
    client.post(f"/en/workspace/plans/{plan.pk}/snapshots/")
    wrong = PlanSnapshot.objects.get()
    address = f"/en/workspace/monitoring/snapshots/{wrong.pk}/correct/"

    refused = client.post(address, {"reason": "typo"})
    made = client.post(address, {"reason": "The costs stood in the wrong year."})

    assert refused.status_code == 422
    assert made.url == f"/en/plans/{plan.slug}/monitoring/2/"
    page = client.get(f"/en/plans/{plan.slug}/monitoring/1/").content.decode()
    assert "Report 2 corrects it." in page
    verified = client.get(f"/en/workspace/plans/{plan.pk}/monitoring/?verify=1").content.decode()
    assert "2 reports, none missing and none changed." in verified


def test_stranger_sees_no_draft_monitoring_and_a_member_changes_nothing(plan):
    member = Client()
    member.force_login(make_user_with(Role.MEMBER, project=plan.project))

    page = member.get(f"/en/workspace/plans/{plan.pk}/monitoring/")
    refused = member.post(f"/en/workspace/plans/{plan.pk}/snapshots/")

    assert page.status_code == 200
    assert "Keep a report now" not in page.content.decode()
    assert refused.status_code == 403
    assert not PlanSnapshot.objects.exists()


def test_kept_reports_of_a_draft_are_hidden_from_visitors(plan):
    take_snapshot(plan, now=timezone.now())
    address = f"/en/plans/{plan.slug}/monitoring/1/"
    assert Client().get(address).status_code == 200

    plan.state = "draft"
    plan.save()

    assert Client().get(address).status_code == 404
