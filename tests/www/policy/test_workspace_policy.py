import pytest
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.policy.domain.statements import state_finding
from alpclusters.platform.policy.models import ActionPlan
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project
from tests.factories.evidence import make_lesson
from tests.factories.policy import PLAN_TEXTS, make_plan, make_recommendations
from tests.factories.rights import FIVE, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def writer(client, project):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=project))
    return client


# --- plans


def test_new_plan_suggests_title_and_summary_in_five_languages(client):
    project = make_project(acronym="Ridge")

    page = (
        writer(client, project)
        .get(f"/en/workspace/projects/{project.slug}/plans/new/")
        .content.decode()
    )

    for title in ("Aktionsplan: Ridge", "Piano d’azione: Ridge", "Akcijski načrt: Ridge"):
        assert title in page


def test_plan_without_recommendations_says_what_to_do_first(client):
    project = make_project(acronym="Ridge")
    signed_in = writer(client, project)
    signed_in.post(f"/en/workspace/projects/{project.slug}/plans/new/", PLAN_TEXTS)
    url = f"/en/workspace/plans/{ActionPlan.objects.get().pk}/"

    bare = signed_in.get(url).text
    said = {"statement": {"en": "It works"}, "direction": "supports", "by": None}
    state_finding(project, "lesson", make_lesson("fair"), now=timezone.now(), **said)
    founded = signed_in.get(url).text

    findings = f'href="/en/workspace/projects/{project.slug}/findings/"'
    begin = f'href="/en/workspace/projects/{project.slug}/recommendations/new/"'
    assert findings in bare
    assert begin not in bare
    assert begin in founded


def test_whole_way_from_recommendations_to_a_published_plan(client):
    recommendations = make_recommendations(("fair", "pilot", "label"))
    project = recommendations[0].project
    signed_in = writer(client, project)

    signed_in.post(f"/en/workspace/projects/{project.slug}/plans/new/", PLAN_TEXTS)
    plan = ActionPlan.objects.get()
    for recommendation in recommendations:
        signed_in.post(
            f"/en/workspace/plans/{plan.pk}/actions/", {"recommendations": [recommendation.pk]}
        )
    early = signed_in.post(f"/en/workspace/plans/{plan.pk}/publish/")
    for action in plan.actions.all():
        signed_in.post(f"/en/workspace/actions/{action.pk}/", action_form(action))
    signed_in.post(f"/en/workspace/plans/{plan.pk}/publish/")

    assert early.status_code == 422
    assert "X1: The responsible body is missing." in early.content.decode()
    assert ActionPlan.objects.get().is_published
    assert client.get(f"/en/plans/{plan.slug}/").status_code == 200


def action_form(action, **changes):
    names = [f"{f}_{c}" for f in ("title", "description") for c in LANGUAGE_CODES]
    return {
        **{name: read_input(action, name) for name in names},
        "level": "national",
        "responsible": "Ministry",
        "starts_on": "2026-09-01",
        "ends_on": "2027-06-30",
        "recommendations": [r.pk for r in action.recommendations.all()],
        **changes,
    }


@pytest.mark.parametrize("who", FIVE)
def test_publishing_is_for_policy_makers_and_coordinators(client, who):
    plan = make_plan()
    cafe = plan.project.cafes.get()

    sign_in(client, who, cafe).post(f"/en/workspace/plans/{plan.pk}/publish/")

    assert ActionPlan.objects.get().is_published == (who == "colleague")


def test_withdrawing_asks_once(client):
    plan = make_plan(published=True)
    signed_in = writer(client, plan.project)

    asked = signed_in.get(f"/en/workspace/plans/{plan.pk}/withdraw/").content.decode()
    signed_in.post(f"/en/workspace/plans/{plan.pk}/withdraw/")

    assert "Withdraw the plan?" in asked
    assert not ActionPlan.objects.get().is_published


def test_actions_move_with_buttons(client):
    plan = make_plan(("fair", "pilot"))
    signed_in = writer(client, plan.project)
    last = plan.actions.get(code="X2")

    signed_in.post(f"/en/workspace/actions/{last.pk}/move/", {"direction": "up"})

    assert list(plan.actions.values_list("code", flat=True)) == ["X2", "X1"]


def test_end_before_start_is_told_at_the_field(client):
    plan = make_plan()
    action = plan.actions.get()

    answer = writer(client, plan.project).post(
        f"/en/workspace/actions/{action.pk}/", action_form(action, ends_on="2026-01-01")
    )

    assert answer.status_code == 422
    assert "The end is before the start." in answer.content.decode()


def test_action_without_recommendation_is_refused(client):
    plan = make_plan()

    answer = writer(client, plan.project).post(f"/en/workspace/plans/{plan.pk}/actions/")

    assert answer.status_code == 422
    assert "without it the action has no trail" in answer.content.decode()


def test_removed_action_is_gone(client):
    plan = make_plan()
    action = plan.actions.get()

    writer(client, plan.project).post(f"/en/workspace/actions/{action.pk}/", {"decision": "remove"})

    assert not plan.actions.exists()


def test_published_plan_is_not_edited(client):
    plan = make_plan(published=True)
    signed_in = writer(client, plan.project)
    (recommendation,) = plan.actions.get().recommendations.all()

    signed_in.post(f"/en/workspace/plans/{plan.pk}/edit/", {**PLAN_TEXTS, "title_en": "Other"})
    signed_in.post(
        f"/en/workspace/plans/{plan.pk}/actions/", {"recommendations": [recommendation.pk]}
    )

    assert ActionPlan.objects.get().title.inside("en") == "Plan en"
    assert plan.actions.count() == 1


def test_next_version_begins_as_a_copy(client):
    plan = make_plan(("fair", "pilot"), published=True)

    writer(client, plan.project).post(f"/en/workspace/plans/{plan.pk}/version/")

    draft = ActionPlan.objects.get(version=2)
    assert (draft.is_published, draft.actions.count()) == (False, 2)


@pytest.mark.parametrize("n", [1, 3])
def test_list_of_one_and_three_plans_takes_the_same_queries(client, n, django_assert_num_queries):
    project = make_project()
    for _ in range(n):
        make_plan(project=project)
    signed_in = writer(client, project)

    with django_assert_num_queries(6):
        signed_in.get("/en/workspace/plans/")


@pytest.mark.parametrize("keys", [("fair",), ("fair", "pilot", "label")])
def test_plan_of_one_and_three_actions_takes_the_same_queries(
    client, keys, django_assert_num_queries
):
    plan = make_plan(keys)
    signed_in = writer(client, plan.project)

    with django_assert_num_queries(32):
        signed_in.get(f"/en/workspace/plans/{plan.pk}/")
