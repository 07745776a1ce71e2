"""Migrations run from nothing on the configured database, and give what the models say."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alpclusters.platform.triggers import lift_triggers
from tests.sizes import IS_FULL

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OURS = [config.label for config in apps.get_app_configs() if config.name.startswith("alpclusters.")]
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]


def tables() -> dict[str, list[str]]:
    """Every table of ours with its columns."""
    with connection.cursor() as cursor:
        read = connection.introspection.get_table_description
        return {
            model._meta.db_table: sorted(c.name for c in read(cursor, model._meta.db_table))
            for model in MODELS
        }


def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_app_with_models_has_migrations():
    with_models = {model._meta.app_label for model in MODELS}

    assert {"accounts", "partnership", "cafe", "evaluation", "policy"} <= with_models
    assert [label for label in with_models if not has_migrations(label)] == []


def has_migrations(label: str) -> bool:
    return any(Path(apps.get_app_config(label).path, "migrations").glob("0*.py"))


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_table_is_what_the_model_says(model):
    fields = {f.column: f.null for f in model._meta.local_concrete_fields}
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
        constraints = connection.introspection.get_constraints(cursor, model._meta.db_table)

    assert {c.name: bool(c.null_ok) for c in columns} == fields
    named = {c.name for c in [*model._meta.constraints, *model._meta.indexes]}
    assert named - set(constraints) == set()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_app_can_go_back_to_nothing_and_come_again():
    if connection.vendor == "postgresql" and not IS_FULL:
        pytest.skip("the way back on PostgreSQL is for ./check full; there it came from nothing")
    before = tables()

    lift_triggers(connection)
    # In one plan: a command for each app would read all migrations again and again.
    MigrationExecutor(connection).migrate(
        [(label, None) for label in OURS if has_migrations(label)]
    )
    with connection.cursor() as cursor:
        left = set(before) & set(connection.introspection.table_names(cursor))
    call_command("migrate", verbosity=0, interactive=False)

    assert left == set()
    assert tables() == before
