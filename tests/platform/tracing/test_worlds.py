"""Invented and real never mix, although both hang on one measure of the catalogue."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from alpclusters.analysis.errors import InputError
from alpclusters.platform.evidence.models import Bearing
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.operation.checkup import examine
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.tracing.domain.stations import stations_for, stations_of
from alpclusters.platform.trail.domain.edges import tie, tie_all
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
from tests.factories.findings import state_lesson
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


def bearing_across():
    make_bearing(make_activity(make_initiative(is_simulated=True)), make_lesson())


def initiative_that_follows_one():
    real = make_initiative()
    real.follows = make_initiative(is_simulated=True)
    real.save()


def document_about_one():
    make_document(is_simulated=True).initiatives.add(make_initiative())


def document_of_one():
    make_initiative().documents.add(make_document(is_simulated=True))


def finding_from_a_lesson():
    make_plan(project=make_project(kind="demonstration"))
    finding = Finding.objects.first()
    finding.lesson = make_lesson()
    finding.save(update_fields=["lesson"])


TIES = [
    bearing_across,
    initiative_that_follows_one,
    document_about_one,
    document_of_one,
    finding_from_a_lesson,
]


@pytest.mark.parametrize("tie_across", TIES, ids=lambda tie_across: tie_across.__name__)
def test_no_row_that_names_the_other_world_can_be_saved(tie_across):
    with pytest.raises(InputError, match=r"worlds\.mixed"), transaction.atomic():
        tie_across()

    # The people of the factory bear no mark; an AlpCafé has its own.
    assert [one for one in crossings() if not one.field.startswith("cafe.")] == []


def test_things_of_one_world_and_reference_data_are_tied_as_before():
    for world in WORLDS:
        make_chain(make_measure("fair"), is_simulated=world)

    assert crossings() == []
    assert make_measure("fair").lessons.count() == 2


def test_saving_what_no_tie_has_to_do_with_asks_nothing_more(django_assert_num_queries):
    invented = make_initiative(is_simulated=True)

    with django_assert_num_queries(1):
        invented.save_without_historical_record(update_fields=["title"])


def store_bearing_across(invented):
    """Store a tie as older versions could, past the check of every save."""
    return Bearing.objects.bulk_create(
        [Bearing(activity=make_activity(invented), lesson=make_lesson())]
    )


def test_ties_across_that_were_stored_before_are_found():
    real, invented = (make_initiative(is_simulated=world) for world in WORLDS)
    (bearing,) = store_bearing_across(invented)
    document = make_document(is_simulated=True)
    through = document.initiatives.through
    through.objects.bulk_create([through(document=document, initiative=real)])
    type(real).objects.filter(pk=real.pk).update(follows=invented)

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
    (bearing,) = store_bearing_across(make_initiative(is_simulated=True))
    after = worlds()

    assert before.state == "ok"
    assert after.state == "warning"
    assert f"evidence.Bearing.activity-lesson: {bearing.pk}" in after.finding
    assert after.remedy
