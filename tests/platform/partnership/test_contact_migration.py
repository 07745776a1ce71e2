"""The person whom the first seed named as contact stands in no history any more."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from alpclusters.platform.partnership.domain.seeding import HISTORIC_SLUG
from alpclusters.platform.partnership.models import Project, ProjectFact
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True), pytest.mark.slow]
NAME = "Ida Invented"
LANGUAGES = ("de", "en", "fr", "it", "sl")


def told(value, label):
    return {f"value_{code}": value for code in LANGUAGES} | {"label_en": label}


def seeded(slug):
    """Return a project and its contact as the first seed stored them, then as today's does."""
    project = Project(slug=slug, acronym=slug, contact_name=NAME)
    bulk_create_with_history([project], Project, default_change_reason="seed")
    project = Project.objects.get(slug=slug)
    fact = ProjectFact(
        project=project, section="contact", key="contact_person", **told(NAME, "Contact person")
    )
    bulk_create_with_history([fact], ProjectFact, default_change_reason="seed")
    fact = project.facts.get()
    for name, value in told("The body", "Contact").items():
        setattr(fact, name, value)
    project.contact_name = "The body"
    names = [*told("", "")]
    bulk_update_with_history([fact], ProjectFact, names, default_change_reason="seed")
    bulk_update_with_history([project], Project, ["contact_name"], default_change_reason="seed")
    return project


def everything_kept():
    models = [apps.get_model("partnership", name) for name in ("HistoricalProject",
              "HistoricalProjectFact")]  # fmt: skip
    return [str(row) for model in models for row in model.objects.order_by("pk").values()]


@pytest.fixture
def forgotten():
    """Go back before the migration, let a test store what an installation has, and go forward."""
    MigrationExecutor(connection).migrate([("partnership", "0001_initial")])

    def go_forward():
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    yield go_forward
    go_forward()


def test_the_name_of_the_first_seed_leaves_both_histories(forgotten):
    seeded(HISTORIC_SLUG)
    assert sum(NAME in row for row in everything_kept()) == 2

    forgotten()

    assert not any(NAME in row for row in everything_kept())
    assert sum("The body" in row for row in everything_kept()) == 2
    assert Project.objects.get().contact_name == "The body"


def test_what_a_person_entered_and_what_other_projects_keep_stays(forgotten):
    seeded("another-project")
    project = seeded(HISTORIC_SLUG)
    project.contact_name = "Office of the region"
    project._history_user = make_user()
    project.save()

    forgotten()

    kept = everything_kept()
    assert sum(NAME in row for row in kept) == 2
    assert sum("Office of the region" in row for row in kept) == 1
