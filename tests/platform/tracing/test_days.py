"""Nothing of the trail is shown as having come of what was later."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.policy.domain.plans import new_version, publish_plan
from alpclusters.platform.policy.domain.statements import ground_recommendation
from alpclusters.platform.policy.models import Recommendation
from alpclusters.platform.tracing.domain.stations import stations_of
from tests.factories.evaluation import make_measure
from tests.factories.evidence import make_lesson, make_suggestion
from tests.factories.findings import state_lesson
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VISITOR = AnonymousUser()
AFTERWARDS = datetime(2026, 9, 1, 9, tzinfo=UTC)


def reached(thing):
    return {s.station.value: s.n for s in stations_of(thing, seen_by=VISITOR) if s.refs}


def lesson_of(moment, **fields):
    lesson = make_lesson(**fields)
    Lesson.objects.filter(pk=lesson.pk).update(created_at=moment)
    make_suggestion(lesson, make_measure("fair"))
    return lesson


def test_a_lesson_of_today_has_no_consequence_in_a_plan_published_before():
    plan = make_plan(published=True)
    lesson = lesson_of(AFTERWARDS)

    assert set(reached(lesson)) == {"lesson", "measure"}
    assert "lesson" not in reached(plan.actions.get())


def test_a_lesson_written_before_the_plan_leads_to_it():
    plan = make_plan(published=True)
    lesson = lesson_of(datetime(2026, 2, 2, 9, tzinfo=UTC))

    assert reached(lesson)["action"] == 1
    assert reached(plan.actions.get())["lesson"] == 1


def test_a_lesson_that_comes_with_the_software_has_no_day():
    make_plan(published=True)

    assert reached(lesson_of(AFTERWARDS, is_seeded=True))["action"] == 1


def test_a_finding_added_to_a_published_plan_is_not_what_the_action_came_of():
    plan = make_plan(published=True)
    recommendation = Recommendation.objects.get()
    lesson = lesson_of(AFTERWARDS)
    finding = state_lesson(plan.project, lesson, by=None, now=AFTERWARDS)
    ground_recommendation(
        recommendation, [*recommendation.findings.all(), finding], by=None, now=AFTERWARDS
    )

    assert "action" not in reached(finding)
    assert reached(plan.actions.get())["finding"] == 1


def test_an_action_keeps_the_day_of_the_first_version_it_was_published_in():
    plan = make_plan(published=True)
    lesson = lesson_of(AFTERWARDS)
    draft = new_version(plan, by=None, now=AFTERWARDS)
    later = publish_plan(draft, by=None, now=datetime(2026, 12, 1, 9, tzinfo=UTC))

    assert "lesson" not in reached(later.actions.get())
    assert "action" not in reached(lesson)


def test_a_draft_can_still_follow_from_what_was_learnt_today():
    plan = make_plan()
    lesson_of(AFTERWARDS)

    assert reached(plan.actions.get())["lesson"] == 1
