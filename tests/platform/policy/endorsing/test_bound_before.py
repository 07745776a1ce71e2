"""The migration binds what stood before: to a text where it is known, else to none."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from alpclusters.platform.policy.domain.endorsing.bindings import is_about_current_text
from alpclusters.platform.policy.domain.monitoring.snapshots import take_snapshot
from alpclusters.platform.policy.domain.monitoring.verifying import verify_plan
from alpclusters.platform.policy.models import (
    Endorsement,
    EndorsementStep,
    GivenHash,
    Recommendation,
)
from tests.factories.evaluation import NOW, make_project
from tests.factories.policy import adopt, make_plan, make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
MIGRATION = import_module("alpclusters.platform.policy.migrations.0012_texts_endorsed_before")
DAY = timedelta(days=1)


def unbound(at, **thing):
    row = Endorsement.objects.create(
        body="Chamber", state="endorsed", applies="yes", recorded_at=at, **thing
    )
    EndorsementStep.objects.create(endorsement=row, after="endorsed", recorded_at=at)
    return row


def bound(row):
    MIGRATION.bind(apps, None)
    row.refresh_from_db()
    return row.version, row.text_on


def test_what_was_said_after_a_plan_was_published_belongs_to_that_version():
    plan = make_plan(published=True)
    row = unbound(NOW + DAY, plan=plan)

    assert bound(row) == (1, NOW.date())
    step = row.steps.get()
    assert (step.version, step.text_on) == (1, NOW.date())
    assert is_about_current_text(row, plan)


def test_what_was_said_about_a_draft_belongs_to_no_version():
    row = unbound(NOW - DAY, plan=make_plan(published=True))

    assert bound(row) == (None, None)


def test_what_was_said_about_a_recommendation_belongs_to_the_version_of_its_history():
    one = adopt(make_recommendations()[0])
    row = unbound(one.history.latest().history_date + DAY, recommendation=one)

    assert bound(row) == (one.version, one.decided_on)
    assert is_about_current_text(row, one)

    Recommendation.objects.filter(pk=one.pk).update(text_en="Another text")
    one.refresh_from_db()
    assert not is_about_current_text(row, one)


def test_what_was_said_before_any_history_belongs_to_no_version():
    one = make_recommendations()[0]
    row = unbound(one.history.earliest().history_date - DAY, recommendation=one)

    assert bound(row) == (None, None)


def test_hashes_of_reports_that_are_there_are_noted():
    plan = make_plan(published=True, project=make_project(kind="demonstration"))
    for _ in range(2):
        take_snapshot(plan, now=NOW)
    # Those of simulated plans may go: as it was before there was a list.
    GivenHash.objects.all().delete()
    assert verify_plan(plan).fault == "unnoted"

    MIGRATION.note_reports(apps, None)

    assert verify_plan(plan).is_whole
