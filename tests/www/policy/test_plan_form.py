"""The general part of a plan: context, regions, period, who drafted it."""

from datetime import date

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.plans import edit_plan
from alpclusters.platform.policy.models import ActionPlan
from tests.factories.accounts import make_user_with
from tests.factories.policy import PLAN_TEXTS, make_plan
from tests.www.policy.test_action_page import as_sent

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def writer(client, plan):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=plan.project))
    return client


def address(plan):
    return f"/en/workspace/plans/{plan.pk}/edit/"


def filled(answer):
    form, bodies = answer.context["form"], answer.context["bodies"]
    data = {}
    for bound in (*form, *bodies.management_form, *(b for one in bodies.forms for b in one)):
        value = bound.value()
        if value is not None and value is not False and value != "":
            data[bound.html_name] = as_sent(bound, value)
    return data


def test_all_general_fields_are_stored(client):
    plan, parent = make_plan(), None
    parent = make_plan(project=plan.project)
    region = plan.project.cafes.first().region
    desk = writer(client, plan)

    desk.post(
        address(plan),
        filled(desk.get(address(plan)))
        | {
            "policy_instrument": "ERDF programme",
            "instrument_type": "growth_jobs",
            "level": "regional",
            "kind": "strategy",
            "source_language": "de",
            "parent": parent.pk,
            "regions": [region.pk],
            "starts_on": "2026-01-01",
            "ends_on": "2029-12-31",
            "reporting_days": "90",
            "bodies-0-name": "Region A",
            "bodies-0-country": "AT",
        },
    )

    stored = ActionPlan.objects.get(pk=plan.pk)
    assert (stored.policy_instrument, stored.instrument_type) == ("ERDF programme", "growth_jobs")
    assert (stored.level, stored.kind, stored.source_language) == ("regional", "strategy", "de")
    assert (stored.parent, list(stored.regions.all())) == (parent, [region])
    assert (stored.ends_on, stored.reporting_days) == (date(2029, 12, 31), 90)
    body = stored.drafting_bodies.get()
    assert (body.name, body.country) == ("Region A", "AT")


def test_new_plan_takes_general_fields_and_bodies(client):
    plan = make_plan()
    desk = writer(client, plan)
    new = f"/en/workspace/projects/{plan.project.slug}/plans/new/"
    data = filled(desk.get(new)) | PLAN_TEXTS | {"bodies-0-name": "B", "bodies-0-country": "SI"}

    desk.post(new, data)

    assert ActionPlan.objects.first().drafting_bodies.get().country == "SI"


def test_another_body_comes_without_a_script(client):
    plan = make_plan()
    desk = writer(client, plan)

    answer = desk.post(address(plan), filled(desk.get(address(plan))) | {"more": "bodies"})

    assert answer.status_code == 200
    assert "bodies-1-name" in answer.content.decode()


def test_plan_is_not_put_above_itself(client):
    plan = make_plan()
    desk = writer(client, plan)

    answer = desk.post(address(plan), filled(desk.get(address(plan))) | {"parent": plan.pk})

    assert answer.status_code == 422


def test_body_twice_and_a_child_as_parent_are_told(client):
    plan = make_plan()
    child = make_plan(project=plan.project)
    edit_plan(child, texts={"parent": plan}, by=None)
    desk = writer(client, plan)
    data = filled(desk.get(address(plan)))

    below = desk.post(address(plan), data | {"parent": child.pk})
    twice = desk.post(
        address(plan),
        data
        | {f"bodies-{n}-name": "A" for n in (0, 1)}
        | {f"bodies-{n}-country": "AT" for n in (0, 1)}
        | {"bodies-TOTAL_FORMS": "2"},
    )

    assert (below.status_code, twice.status_code) == (422, 422)
    assert "This plan is below the one you edit." in below.content.decode()
    assert "This body stands there twice: A." in twice.content.decode()


def test_two_people_in_different_fields_keep_both(client):
    plan = make_plan()
    desk = writer(client, plan)
    mine = filled(desk.get(address(plan)))
    edit_plan(plan, texts={"policy_instrument": "Theirs"}, by=None)

    desk.post(address(plan), mine | {"publisher": "Mine"})

    stored = ActionPlan.objects.get()
    assert (stored.policy_instrument, stored.publisher) == ("Theirs", "Mine")


def test_two_people_in_one_field_see_both_texts_and_the_second_decides(client):
    plan = make_plan()
    desk = writer(client, plan)
    mine = filled(desk.get(address(plan)))
    edit_plan(plan, texts={"publisher": "Theirs", "policy_instrument": "Kept"}, by=None)

    conflict = desk.post(address(plan), mine | {"publisher": "Mine"})
    assert conflict.status_code == 409
    assert ActionPlan.objects.get().publisher == "Theirs"
    desk.post(address(plan), filled(conflict))

    stored = ActionPlan.objects.get()
    assert (stored.publisher, stored.policy_instrument) == ("Mine", "Kept")
