"""Invented and real never mix, although both hang on one measure of the catalogue."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from alpclusters.analysis.errors import InputError
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.operation.checkup import examine
from alpclusters.platform.policy.domain.statements import state_lesson
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.trail.domain.edges import tie, tie_all
from alpclusters.platform.trail.domain.stations import stations_for, stations_of
from alpclusters.platform.trail.models import Edge
from alpclusters.platform.worlds import crossings
from tests.factories.evaluation import NOW, make_measure, make_project
from tests.factories.evidence import (
    make_activity,
    make_bearing,
    make_document,
    make_initiative,
    make_lesson,
    make_quotation,
    make_suggestion,
)
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VISITOR = AnonymousUser()
WORLDS = {False: "real", True: "simulated"}


def labels(stops):
    return {stop.station.value: [ref.label for ref in stop.refs] for stop in stops if stop.refs}


def make_chain(measure, *, is_simulated):
    """Tie a document, an activity and a lesson of one world to a measure."""
    word, mark = WORLDS[is_simulated], {"is_simulated": is_simulated}
    initiative = make_initiative(f"{word}-initiative", **mark)
    document = make_document(word, initiatives=[initiative], **mark)
    activity = make_activity(initiative, name=f"Did {word}", measure_type=measure.type_key, **mark)
    lesson = make_lesson(word, **mark)
    make_quotation(document, activity=activity)
    make_bearing(activity, lesson)
    make_suggestion(lesson, measure)
    return document, activity, lesson


@pytest.fixture
def plans():
    """Return a real and a simulated plan about the same measure, with evidence of both worlds."""
    measure = make_measure("fair")
    made = {
        world: make_plan(
            published=True, project=make_project(kind="demonstration" if world else "active")
        )
        for world in WORLDS
    }
    for world in WORLDS:
        make_chain(measure, is_simulated=world)
    return made


@pytest.mark.parametrize("world", WORLDS)
def test_trail_of_an_action_counts_evidence_of_its_own_world_only(plans, world):
    found = labels(stations_of(plans[world].actions.get(), seen_by=VISITOR))

    assert found["source"] == [f"Report {WORLDS[world]}"]
    assert found["activity"] == [f"Did {WORLDS[world]}"]
    assert found["lesson"] == [f"Statement {WORLDS[world]}"]
    assert len(found["finding"]) == len(found["recommendation"]) == 1


def test_trails_of_both_worlds_asked_for_at_once_stay_apart(plans):
    actions = [plans[world].actions.get() for world in WORLDS]

    found = stations_for(actions, seen_by=VISITOR)

    assert [labels(found[action.pk])["lesson"] for action in actions] == [
        ["Statement real"],
        ["Statement simulated"],
    ]


@pytest.mark.parametrize("world", WORLDS)
def test_lesson_leads_on_to_actions_of_its_own_world_only(plans, world):
    lesson = make_measure("fair").lessons.get(is_simulated=world)

    stops = stations_of(lesson, seen_by=VISITOR)

    actions = next(stop for stop in stops if stop.station == "action")
    assert [ref.pk for ref in actions.refs] == [plans[world].actions.get().pk]


def test_measure_of_the_catalogue_shows_the_real_trail_and_the_other_one_when_asked(plans):
    measure = make_measure("fair")

    shown = labels(stations_of(measure, seen_by=VISITOR))
    other = labels(stations_of(measure, seen_by=VISITOR, is_simulated=True))

    assert (shown["lesson"], other["lesson"]) == (["Statement real"], ["Statement simulated"])
    assert [len(found["action"]) for found in (shown, other)] == [1, 1]
    assert len(plans) == 2


@pytest.mark.parametrize("world", WORLDS)
def test_finding_of_one_world_does_not_state_a_lesson_of_the_other(plans, world):
    foreign = make_measure("fair").lessons.get(is_simulated=not world)

    with pytest.raises(InputError, match=r"worlds\.mixed"):
        state_lesson(plans[world].project, foreign, by=None, now=NOW)

    assert not Finding.objects.filter(lesson=foreign).exists()


def test_edge_across_is_refused_in_both_directions_and_nothing_is_stored(plans):
    n_edges = Edge.objects.count()
    real, simulated = (Finding.objects.get(project=plans[world].project) for world in WORLDS)
    wanted = Recommendation.objects.get(project=plans[False].project)

    with pytest.raises(InputError, match=r"worlds\.mixed"):
        tie(Edge.Kind.GROUNDS, simulated, wanted, now=NOW)
    with pytest.raises(InputError, match=r"worlds\.mixed"):
        tie_all(
            Edge.Kind.GROUNDS,
            [simulated, real],
            Recommendation.objects.get(project=plans[True].project),
            now=NOW,
        )

    assert Edge.objects.count() == n_edges


def test_ties_across_that_were_stored_before_are_found():
    real, invented = (make_initiative(is_simulated=world) for world in WORLDS)
    bearing = make_bearing(make_activity(invented), make_lesson())
    document = make_document(initiatives=[real], is_simulated=True)
    real.follows = invented
    real.save()

    found = {one.field: one.pks for one in crossings()}

    tie = document.initiatives.through.objects.get()
    assert found == {
        "evidence.Bearing.activity-lesson": (bearing.pk,),
        "evidence.Document_initiatives.document-initiative": (tie.pk,),
        "evidence.Initiative.follows": (real.pk,),
    }


def test_check_up_names_ties_across_that_were_stored_before():
    def worlds():
        found = examine(settings.CONFIGURATION, translator("en"))
        return next(check for check in found if check.name == "worlds")

    before = worlds()
    bearing = make_bearing(make_activity(make_initiative(is_simulated=True)), make_lesson())
    after = worlds()

    assert before.state == "ok"
    assert after.state == "warning"
    assert f"evidence.Bearing.activity-lesson: {bearing.pk}" in after.finding
    assert after.remedy
