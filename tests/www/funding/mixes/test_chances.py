"""Chances of the applications, their order and plan B."""

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.domain.mixing.explaining import weigh
from tests.factories.accounts import make_user_with
from tests.factories.mixes import example_case, make_case, make_done_run
from tests.www.funding.mixes.mix_pages import address, text_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
def test_order_of_applications_marks_a_closed_call_and_names_no_past_day(client, run):
    data = run.case_data
    for offer in data["offers"]:
        offer.pop("applied_on", None)
        offer["closes"] = "2024-11-30"
    run.case_data = data
    run.save()
    weigh(run.pk)

    page = client.get(address("mix", run))

    steps = page.context["chances"]["said"].steps
    assert steps
    assert all(step.closes is None and "usable only if it opens again" in step.notes[0]
               for step in steps)  # fmt: skip


@pytest.mark.usefixtures("planner")
def test_chances_are_asked_for_and_shown_with_order_and_plan_b(client, project):
    data = example_case()
    for offer in data["offers"]:
        offer["success"] = {"granted": 30, "applied": 120, "source": "Annual report 2025"}
    run = make_done_run(make_case(project, data))

    page = text_of(client.get(address("mix", run)))
    assert "Weigh the chances" in page
    assert "Expected worth" not in page

    answer = client.post(address("mix_chances", run))
    assert answer["Location"].endswith("#chances")
    weigh(run.pk)

    page = text_of(client.get(address("mix", run)))
    assert "Expected worth: €" in page
    assert "Worst case: if all that can be refused is refused, the worth is −€14,500." in page
    assert "30 of 120 applications; 95 %: 18% to 33%. Annual report 2025" in page
    assert "In this order you apply" in page
    assert "no other offer takes its place" in page


@pytest.mark.usefixtures("planner")
def test_unknown_chance_is_named_and_no_figure_is_made_up(client, run):
    weigh(run.pk)

    page = text_of(client.get(address("mix", run)))
    assert "The expected worth is not known, because nobody entered the chance of" in page
    assert "The most likely outcomes" not in page


def test_member_cannot_ask_for_chances(client, project, run):
    client.force_login(make_user_with(Role.FACILITATOR, project=project))

    assert client.post(address("mix_chances", run)).status_code == 403
