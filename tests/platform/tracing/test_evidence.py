import pytest
from django.contrib.auth.models import AnonymousUser

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.models import Finding
from alpclusters.platform.tracing.domain.stations import (
    MOST_NAMED,
    stations_of,
    stations_of_initiative,
)
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_measure
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


def labels(stops):
    return {stop.station.value: [ref.label for ref in stop.refs] for stop in stops if stop.refs}


def make_chain(measure, *, document="report", **activity):
    """Tie a document, an activity and a lesson to a measure."""
    source = make_document(document, initiatives=[make_initiative(f"about-{document}")])
    done = make_activity(name=f"Did {document}", **activity)
    lesson = make_lesson(f"lesson-{document}")
    make_quotation(source, activity=done, page=41)
    make_bearing(done, lesson)
    make_suggestion(lesson, measure)
    return source, done, lesson


def test_action_leads_back_to_the_document_behind_it():
    plan = make_plan(("fair", "pilot"), published=True)
    make_chain(make_measure("pilot"))

    first = labels(stations_of(plan.actions.get(code="X1"), seen_by=VISITOR))
    second = labels(stations_of(plan.actions.get(code="X2"), seen_by=VISITOR))

    assert set(first) == {"measure", "card", "rating", "finding", "recommendation", "action"}
    assert second["source"] == ["Report report"]
    assert second["activity"] == ["Did report"]
    assert second["lesson"] == ["Statement lesson-report"]


@pytest.mark.parametrize("end", range(3))
def test_document_activity_and_lesson_lead_on_to_the_action_of_their_measure(end):
    make_plan(("fair", "pilot"), published=True)
    thing = make_chain(make_measure("pilot"))[end]

    found = labels(stations_of(thing, seen_by=VISITOR))

    assert found["measure"] == ["Pilot action"]
    assert found["finding"] == [Finding.objects.get(measure__key="pilot").code]
    assert found["action"] == ["X2"]


def test_initiative_has_the_trail_of_all_its_activities():
    make_plan(("fair", "pilot"), published=True)
    initiative = make_initiative()
    for key in ("fair", "pilot"):
        lesson = make_lesson()
        make_bearing(make_activity(initiative), lesson)
        make_suggestion(lesson, make_measure(key))

    stops = stations_of_initiative(initiative, seen_by=VISITOR)

    assert len(labels(stops)["lesson"]) == 2
    assert labels(stops)["action"] == ["X1", "X2"]


def test_measure_knows_activities_of_its_type_before_anybody_drew_a_lesson():
    measure = make_measure("pilot")
    done = make_activity(name="Built a pilot", measure_type=measure.type_key)
    make_activity(measure_type="another_type")
    make_activity(measure_type=measure.type_key, state="open")

    assert labels(stations_of(measure, seen_by=VISITOR))["activity"] == ["Built a pilot"]
    assert labels(stations_of(done, seen_by=VISITOR))["measure"] == ["Pilot action"]


def test_document_that_describes_a_type_is_a_source_of_its_measure():
    measure = make_measure("pilot")
    document = make_document("guide")
    document.measures.add(measure)

    assert labels(stations_of(measure, seen_by=VISITOR))["source"] == ["Report guide"]
    assert labels(stations_of(document, seen_by=VISITOR))["measure"] == ["Pilot action"]


def test_stance_on_which_coders_differ_ties_nothing():
    measure = make_measure("pilot")
    lesson = make_lesson()
    make_bearing(make_activity(), lesson, stance="")
    make_suggestion(lesson, measure)

    assert "activity" not in labels(stations_of(measure, seen_by=VISITOR))


def test_visitor_sees_nothing_of_unpublished_evidence():
    measure = make_measure("pilot")
    hidden = make_initiative(is_published=False)
    lesson = make_lesson(is_published=False)
    make_bearing(make_activity(hidden), lesson)
    make_suggestion(lesson, measure)

    seen = labels(stations_of(measure, seen_by=VISITOR))
    own = labels(stations_of(measure, seen_by=make_user_with(Role.EVIDENCE_CODER)))

    assert {"activity", "lesson"} & set(seen) == set()
    assert {"activity", "lesson"} <= set(own)


def test_many_activities_are_counted_and_the_first_are_named():
    measure = make_measure("pilot")
    initiative = make_initiative()
    for _ in range(MOST_NAMED + 3):
        make_activity(initiative, measure_type=measure.type_key)

    stop = next(s for s in stations_of(measure, seen_by=VISITOR) if s.station == "activity")

    assert (len(stop.refs), stop.n) == (MOST_NAMED, MOST_NAMED + 3)
