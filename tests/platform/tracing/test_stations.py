import pytest
from django.contrib.auth.models import AnonymousUser

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.coverage.records import without_trail
from alpclusters.platform.policy.models import Finding
from alpclusters.platform.tracing.domain.stations import Station, stations_for, stations_of
from alpclusters.platform.trail.models import Edge
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_measure, make_project
from tests.factories.policy import make_plan, make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VISITOR = AnonymousUser()


def labels(stops):
    return {stop.station.value: [ref.label for ref in stop.refs] for stop in stops if stop.refs}


def test_action_leads_back_to_its_own_measure_and_not_to_its_neighbours():
    plan = make_plan(("fair", "pilot"), published=True)

    stops = stations_of(plan.actions.get(code="X2"), seen_by=VISITOR)

    assert labels(stops) == {
        "measure": ["Pilot action"],
        "card": [str(Finding.objects.first().snapshot.cafe)],
        "rating": ["1"],
        "finding": ["F2"],
        "recommendation": ["E2"],
        "action": ["X2"],
    }


def test_measure_leads_on_to_what_became_of_it():
    make_plan(("fair", "pilot"), published=True)

    found = labels(stations_of(make_measure("fair"), seen_by=VISITOR))

    assert (found["finding"], found["recommendation"], found["action"]) == (["F1"], ["E1"], ["X1"])


def test_stations_that_are_not_built_yet_are_open():
    plan = make_plan(published=True)

    stops = stations_of(plan.actions.get(), seen_by=VISITOR)

    assert [stop.station for stop in stops] == list(Station)
    assert [stop.station.value for stop in stops if stop.is_open] == [
        "source",
        "activity",
        "lesson",
        "funding",
        "value",
    ]
    assert [stop.station.value for stop in stops if stop.is_here] == ["action"]


def test_visitor_sees_no_draft_and_no_unreleased_snapshot():
    make_recommendations(released=False)

    found = labels(stations_of(make_measure("fair"), seen_by=VISITOR))

    assert set(found) == {"measure", "card"}


def test_person_of_the_project_sees_its_drafts():
    project = make_project()
    make_recommendations(released=False, project=project)
    person = make_user_with(Role.MEMBER, project=project)
    stranger = make_user_with(Role.MEMBER, project=make_project())

    own = labels(stations_of(make_measure("fair"), seen_by=person))
    foreign = labels(stations_of(make_measure("fair"), seen_by=stranger))

    assert own["recommendation"] == ["E1"]
    assert set(foreign) == {"measure", "card"}


@pytest.mark.parametrize("keys", [("fair",), ("fair", "pilot", "label")])
def test_trails_of_one_and_three_actions_take_the_same_queries(keys, django_assert_num_queries):
    actions = list(make_plan(keys, published=True).actions.all())

    # One for each link, one for each kind of things reached: which are of the other world.
    with django_assert_num_queries(22):
        stations_for(actions, seen_by=VISITOR)


def test_line_without_finding_is_listed():
    plan = make_plan(("fair", "pilot"))
    Edge.objects.filter(
        kind=Edge.Kind.GROUNDS, to_id=plan.actions.get(code="X2").recommendations.get().pk
    ).delete()

    assert [(s.thing.value, s.code) for s in without_trail(plan)] == [
        ("action", "X2"),
        ("recommendation", "E2"),
    ]


def test_complete_plan_has_no_line_without_trail():
    assert without_trail(make_plan()) == ()
