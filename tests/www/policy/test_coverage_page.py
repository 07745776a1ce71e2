"""What the checks find of a plan, in the workspace, and what can be done about it."""

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.models import ActionPlan
from tests.factories.accounts import make_user_with
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def signed_in(client, plan, role=Role.POLICY_MAKER):
    client.force_login(make_user_with(role, project=plan.project))
    return client


def page_of(client, plan, language="en"):
    return client.get(f"/{language}/workspace/plans/{plan.pk}/").content.decode()


def test_issues_are_grouped_and_lead_to_where_they_are_mended(client):
    plan = make_plan()
    plan.actions.update(responsible="")
    action = plan.actions.get()

    page = page_of(signed_in(client, plan), plan)

    assert 'id="coverage-error"' in page
    assert 'id="coverage-warning"' in page
    assert f'href="/en/workspace/actions/{action.pk}/#players"' in page
    assert "1 error stops publication." in page


def test_policy_maker_lets_errors_pass_with_a_reason_that_is_shown(client):
    plan = make_plan()
    plan.actions.update(responsible="")
    desk = signed_in(client, plan)
    address = f"/en/workspace/plans/{plan.pk}/sign-off/"

    desk.post(address, {"reason": " "})
    assert ActionPlan.objects.get().signed_off_keys == []
    desk.post(address, {"reason": "The ministry is being formed."})
    page = page_of(desk, plan)
    desk.post(f"/en/workspace/plans/{plan.pk}/publish/")

    assert "The ministry is being formed." in page
    assert ActionPlan.objects.get().is_published


def test_coordinator_writes_the_plan_but_lets_no_error_pass(client):
    plan = make_plan()
    plan.actions.update(responsible="")
    desk = signed_in(client, plan, Role.PARTNER_COORDINATOR)

    answer = desk.post(f"/en/workspace/plans/{plan.pk}/sign-off/", {"reason": "Because."})

    assert answer.status_code == 403
    assert 'id="sign-off"' not in page_of(desk, plan)


def test_signing_off_is_taken_back(client):
    plan = make_plan()
    plan.actions.update(responsible="")
    desk = signed_in(client, plan)
    address = f"/en/workspace/plans/{plan.pk}/sign-off/"

    desk.post(address, {"reason": "Known."})
    desk.post(address, {"decision": "take_back"})

    assert ActionPlan.objects.get().signed_off_keys == []


def test_measure_is_left_out_with_a_reason(client):
    plan = make_plan()
    address = f"/en/workspace/plans/{plan.pk}/left-out/"

    signed_in(client, plan).post(address, {"measure": "pilot", "reason": "Others do it."})

    assert ActionPlan.objects.get().left_out == {"pilot": "Others do it."}
    assert "Others do it." in page_of(client, plan)


def test_published_plan_is_not_signed_off_any_more(client):
    plan = make_plan(published=True)

    signed_in(client, plan).post(
        f"/en/workspace/plans/{plan.pk}/sign-off/", {"reason": "Too late."}
    )

    assert ActionPlan.objects.get().signed_off_reason == ""
