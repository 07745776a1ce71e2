"""Migrations run from nothing on the configured database, and give what the models say."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from alpclusters.platform.triggers import lift_triggers

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OURS = [config.label for config in apps.get_app_configs() if config.name.startswith("alpclusters.")]
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models()]
SQUASHED = [
    key
    for key, migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
    # Before the first of its app there are no rows.
    if migration.replaces and key[0] in OURS and "0001" not in migration.replaces[0][1]
]


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
def test_every_app_can_go_back_to_nothing_and_come_again(request):
    if connection.vendor == "postgresql" and request.config.getoption("--database") == "chosen":
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


@pytest.mark.parametrize("key", SQUASHED, ids=lambda key: key[1])
def test_squashed_migration_moves_the_rows_that_the_replaced_ones_move(key):
    # It is taken where none of them was, also by a database with rows.
    loader = MigrationLoader(None, replace_migrations=False)
    squashed = loader.disk_migrations[key]
    wanted = [step for one in squashed.replaces for step in moves(loader.disk_migrations[one])]

    assert [step for step in wanted if step not in moves(squashed)] == []


def moves(migration: Migration) -> list[object]:
    return [step.code for step in migration.operations if isinstance(step, RunPython)]
