"""Findings that people state, and those in whose place newer ones stand."""

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.network.models import NetworkSnapshot
from alpclusters.platform.policy.domain.statements import (
    edit_finding,
    ground_recommendation,
    state_finding,
    supersede_finding,
)
from alpclusters.platform.policy.models import Consultation, Finding
from alpclusters.platform.tracing.domain.stations import Station, stations_of
from alpclusters.platform.trail.models import Edge
from tests.factories.evaluation import NOW, make_project
from tests.factories.evidence import make_lesson
from tests.factories.findings import state_lesson
from tests.factories.mixes import make_case, make_run
from tests.factories.policy import make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def source_of(kind, project):
    if kind == "lesson":
        return make_lesson("stated")
    if kind == "network":
        return NetworkSnapshot.objects.create(
            basis="links", grouping="nuts2", digest="0" * 64, made_at=NOW
        )
    if kind == "funding":
        return make_run(make_case(project))
    return Consultation.objects.create(project=project, title="Asked")


@pytest.mark.parametrize("kind", ["lesson", "network", "funding", "consultation"])
def test_finding_of_every_kind_is_tied_to_its_source(kind):
    project = make_project()
    source = source_of(kind, project)

    found = state_finding(
        project, kind, source, statement={"sl": "Izjava"}, direction="supports", by=None, now=NOW
    )

    edge = Edge.objects.get(kind="states")
    assert (found.code, found.kind, found.statement.inside("sl")) == ("F1", kind, "Izjava")
    assert (edge.from_kind, edge.from_id) == (source._meta.model_name, source.pk)
    assert found.valid_from == NOW.date()


def test_lesson_brings_its_words_and_its_certainty():
    lesson = make_lesson("works", statement={"de": "Es wirkt"}, verdict="works")
    Lesson.objects.update(grade="B")
    lesson.refresh_from_db()

    found = state_lesson(make_project(), lesson, by=None, now=NOW)

    assert (found.statement.inside("de"), found.certainty) == ("Es wirkt", "B")


def test_finding_needs_a_sentence_and_a_written_kind():
    project = make_project()
    source = source_of("consultation", project)

    for kind, code in (("consultation", "no_statement"), ("rating", "kind")):
        with pytest.raises(InputError, match=f"finding.{code}"):
            state_finding(
                project, kind, source, statement={"en": " "}, direction="neutral", by=None, now=NOW
            )


def test_newer_finding_takes_the_place_of_an_older_one():
    (recommendation,) = make_recommendations()
    older = recommendation.findings.get()
    newer = state_lesson(recommendation.project, make_lesson("newer"), by=None, now=NOW)

    supersede_finding(older, newer, by=None, now=NOW)

    assert set(recommendation.findings.all()) == {older, newer}
    assert Finding.objects.get(pk=older.pk).superseded_by == newer
    with pytest.raises(StateError, match=r"finding\.superseded"):
        edit_finding(older, statement={"en": "x"}, direction="against", regions=[], by=None)
    with pytest.raises(InputError, match=r"finding\.successor"):
        supersede_finding(newer, older, by=None, now=NOW)
    with pytest.raises(InputError, match=r"finding\.successor"):
        supersede_finding(newer, newer, by=None, now=NOW)


def test_recommendation_rests_on_findings_of_its_own_project():
    (recommendation,) = make_recommendations()
    foreign = state_lesson(
        make_project(slug="other", acronym="Other"), make_lesson("x"), by=None, now=NOW
    )

    with pytest.raises(InputError, match=r"finding\.project"):
        ground_recommendation(recommendation, [foreign], by=None, now=NOW)


def test_trail_leads_from_a_recommendation_over_a_stated_finding_to_its_lesson():
    (recommendation,) = make_recommendations()
    lesson = make_lesson("far")
    found = state_lesson(recommendation.project, lesson, by=None, now=NOW)
    ground_recommendation(recommendation, [found], by=None, now=NOW)
    admin = User.objects.create_superuser(email="a@example.org", password="x", name="A")

    up = {stop.station: stop.refs for stop in stations_of(recommendation, seen_by=admin)}
    down = {stop.station: stop.refs for stop in stations_of(lesson, seen_by=admin)}

    assert [ref.pk for ref in up[Station.LESSON]] == [lesson.pk]
    assert up[Station.MEASURE] == ()
    assert [ref.pk for ref in down[Station.RECOMMENDATION]] == [recommendation.pk]
