import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.policy.domain.actions import (
    add_action,
    edit_action,
    move_action,
    remove_action,
)
from alpclusters.platform.policy.domain.plans import (
    PlanIncompleteError,
    create_plan,
    edit_plan,
    new_version,
    publish_plan,
    withdraw_plan,
)
from alpclusters.platform.policy.domain.records import record_of
from alpclusters.platform.policy.domain.records.plans import text_digest_of
from alpclusters.platform.policy.domain.states import State, Step, move
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.trail.models import Edge
from tests.factories.evaluation import NOW, make_project
from tests.factories.policy import PLAN_TEXTS, make_action, make_plan, make_recommendations

TODAY = NOW.date()
pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def codes(plan):
    return list(plan.actions.values_list("code", flat=True))


def gaps(plan):
    with pytest.raises(PlanIncompleteError) as refused:
        publish_plan(plan, by=None, now=NOW)
    return {(issue.check.value, issue.code, issue.languages) for issue in refused.value.issues}


def test_complete_plan_is_published():
    plan = publish_plan(make_plan(), by=None, now=NOW)

    assert (plan.is_published, plan.published_at, plan.slug) == (True, NOW, "plan-en")


def test_empty_plan_lists_everything_it_lacks():
    plan = create_plan(make_project(), texts={"title_en": "Plan"}, by=None)

    assert gaps(plan) == {
        ("no_text", "", ("en",)),
        ("no_publisher", "", ()),
        ("no_actions", "", ()),
    }
    assert not ActionPlan.objects.get().is_published


def test_action_without_body_period_or_original_text_is_listed():
    (recommendation,) = make_recommendations()
    plan = create_plan(recommendation.project, texts=PLAN_TEXTS, by=None)
    make_action(plan, recommendation, responsible=" ", ends_on=None, title_en="")

    assert gaps(plan) == {
        ("no_text", "X1", ("en",)),
        ("no_owner", "X1", ()),
        ("no_dates", "X1", ()),
    }


def test_action_without_trail_stops_publication():
    plan = make_plan()
    Edge.objects.filter(kind=Edge.Kind.GROUNDS).delete()

    assert gaps(plan) == {("no_trail", "X1", ()), ("no_trail", "E1", ())}


def test_published_plan_refuses_changes_until_it_is_withdrawn():
    plan = make_plan(published=True)
    (recommendation,) = plan.actions.get().recommendations.all()

    with pytest.raises(StateError, match=r"plan\.published"):
        edit_plan(plan, texts={"title_en": "Other"}, by=None)
    with pytest.raises(StateError, match=r"plan\.published"):
        add_action(plan, [recommendation], by=None, now=NOW)
    withdrawn = withdraw_plan(plan, by=None)
    edit_plan(withdrawn, texts={"title_en": "Other"}, by=None)

    assert ActionPlan.objects.get().title.inside("en") == "Other"


def test_next_version_takes_the_address_when_it_is_published():
    first = make_plan(("fair", "pilot"), published=True)
    draft = new_version(first, by=None, now=NOW)
    assert (draft.version, draft.slug, codes(draft)) == (2, "plan-en-v2", ["X1", "X2"])

    publish_plan(draft, by=None, now=NOW)

    addresses = dict(ActionPlan.objects.values_list("version", "slug"))
    assert addresses == {1: "plan-en-v1", 2: "plan-en"}


def test_second_plan_of_the_same_title_gets_its_own_address():
    first, second = make_plan(), make_plan()

    assert (first.slug, second.slug) == ("plan-en", "plan-en-2")


def test_action_needs_a_recommendation_of_the_same_project_that_is_not_rejected():
    plan = make_plan()
    (foreign,) = make_recommendations()
    with pytest.raises(InputError, match=r"action\.no_recommendation"):
        add_action(plan, [], by=None, now=NOW)
    with pytest.raises(StateError, match=r"action\.recommendation_refused"):
        add_action(plan, [foreign], by=None, now=NOW)
    (own,) = make_recommendations(project=plan.project)
    rejected = move(own, Step(State.REJECTED, reason="no"), by=None, now=NOW)

    with pytest.raises(StateError, match=r"action\.recommendation_refused"):
        add_action(plan, [rejected], by=None, now=NOW)


def test_action_moves_within_its_level():
    plan = make_plan(("fair", "pilot", "label"))
    national = plan.actions.get(code="X2")
    edit_action(
        national,
        list(national.recommendations.all()),
        changes={"level": "national"},
        by=None,
        now=NOW,
    )

    move_action(plan.actions.get(code="X3"), up=True, by=None)
    move_action(plan.actions.get(code="X3"), up=True, by=None)

    regional = plan.actions.filter(level="regional").values_list("code", flat=True)
    assert list(regional) == ["X3", "X1"]


def test_removed_action_leaves_no_tie():
    plan = make_plan()

    remove_action(plan.actions.get())

    assert not Edge.objects.filter(kind=Edge.Kind.CARRIED_BY).exists()


def test_equal_texts_have_equal_hashes_and_a_change_shows():
    plan = make_plan(published=True)
    before = text_digest_of(record_of(plan, today=TODAY))
    again = text_digest_of(record_of(ActionPlan.objects.get(), today=TODAY))
    action = plan.actions.get()
    action.responsible = "Other body"
    action.save()

    after = text_digest_of(record_of(ActionPlan.objects.get(), today=TODAY))

    assert before == again != after


@pytest.mark.parametrize("keys", [("fair",), ("fair", "pilot", "label")])
def test_plan_of_one_and_three_actions_is_read_in_the_same_queries(keys, django_assert_num_queries):
    plan = ActionPlan.objects.select_related("project").get(pk=make_plan(keys).pk)

    with django_assert_num_queries(31):
        record_of(plan, today=TODAY)
