from datetime import timedelta

import pytest
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.operation.models import JobRun
from tests.factories.accounts import make_user, make_user_with
from tests.factories.cafe import make_draft, make_open_cafe
from tests.factories.evaluation import VARIED, fill, make_cafe, make_snapshot
from tests.factories.partnership import make_project
from tests.factories.policy import make_plan, make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
URL = "/en/workspace/"


def steps(client, person):
    client.force_login(person)
    return [step.sentence for step in client.get(URL).context["desk"].steps]


def test_visitor_is_asked_to_sign_in(client):
    assert client.get(URL).status_code == 302


def test_person_without_a_role_is_told_whom_to_ask(client):
    client.force_login(make_user())

    assert "Ask the coordination of your project" in client.get(URL).content.decode()


def test_each_state_of_an_alpcafe_has_its_next_step(client):
    project = make_project()
    facilitator = make_user_with(Role.FACILITATOR, project=project)
    assert steps(client, facilitator) == ["No AlpCafé yet. Prepare the first one."]

    draft = make_draft(project=project, title="First")
    running = make_open_cafe(project=project, title="Second")
    closed = make_cafe(project=project)

    assert set(steps(client, facilitator)) == {
        f"{draft.title} is prepared. Open it when people are in the hall.",
        f"{running.title} is open for rating.",
        f"{closed.title} is closed and not evaluated yet.",
    }


def test_evaluation_waits_for_its_release(client):
    project = make_project()
    cafe = make_cafe(project=project)
    fill(cafe, {"AT32": VARIED})
    make_snapshot(cafe=cafe)

    assert steps(client, make_user_with(Role.FACILITATOR, project=project)) == [
        f"The evaluation of {cafe.title} is not released yet."
    ]


def test_policy_maker_is_led_from_findings_to_the_plan(client):
    project = make_project()
    policy_maker = make_user_with(Role.POLICY_MAKER, project=project)
    cafe = make_cafe(project=project)
    fill(cafe, {"AT32": VARIED})
    make_snapshot(cafe=cafe, released=True)
    assert steps(client, policy_maker) == [
        "No recommendation yet. Derive the first one from a finding."
    ]

    make_recommendations(project=project)
    assert steps(client, policy_maker) == ["There are recommendations and no plan yet."]

    plan = make_plan(("pilot",), project=project)
    assert steps(client, policy_maker) == [
        f"The plan {plan.title} is a draft. Publish it when it is agreed."
    ]


def test_member_sees_the_project_but_nothing_to_do(client):
    project = make_project()
    make_draft(project=project)

    assert steps(client, make_user_with(Role.MEMBER, project=project)) == []
    assert [p.project for p in client.get(URL).context["desk"].projects] == [project]


def test_projects_of_others_do_not_appear(client):
    make_draft(project=make_project())

    assert steps(client, make_user_with(Role.FACILITATOR, project=make_project())) == [
        "No AlpCafé yet. Prepare the first one."
    ]


@pytest.mark.parametrize("item_count", [1, 3])
def test_dashboard_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    for number in range(item_count):
        project = make_project()
        make_draft(project=project, title=f"Draft {number}")
        make_plan(project=project)
    client.force_login(make_user_with(Role.ADMINISTRATOR))

    with django_assert_num_queries(17):
        client.get(URL)


def test_administrators_see_that_daily_work_is_not_done_and_others_do_not(client):
    long_ago = timezone.now() - timedelta(days=5)
    JobRun.objects.create(name="forget_invited", known_since=long_ago, finished_at=long_ago)
    JobRun.objects.create(name="links", known_since=timezone.now(), n_failures=2)

    client.force_login(make_user_with(Role.ADMINISTRATOR))
    seen = client.get("/en/workspace/").content.decode()
    client.force_login(make_user())
    hidden = client.get("/en/workspace/").content.decode()

    assert "For more than two days: Deleting names of invited people." in seen
    assert "Questions about links" in seen
    assert "Daily work" not in hidden
