"""Triggers are there after any migration, also after one that knows nothing of them."""

import shutil
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from alpclusters.platform.actors import migrations
from alpclusters.platform.actors.domain.directory.schema import trigger_name
from alpclusters.platform.actors.models import IndexTodo, Organisation
from alpclusters.platform.operation.upgrade import upgrade
from alpclusters.platform.triggers import lift_triggers, missing_triggers
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# With a value for the rows there are, SQLite makes the table anew.
TELEPHONE = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("actors", {last!r})]
    column = models.CharField(default="-", max_length=40)
    operations = [migrations.AddField("organisation", "telephone", column)]
"""
COPY = "copied_actors_migrations"


def migrate(*where: str) -> None:
    call_command("migrate", *where, verbosity=0, interactive=False)


def noted() -> set[int]:
    """Return which organisations the index has to read."""
    return set(IndexTodo.objects.values_list("organisation_id", flat=True))


def drop_one() -> str:
    name = trigger_name("actors_organisation", "update")
    suffix = " ON actors_organisation" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{suffix}")
    return name


@pytest.fixture
def timber():
    return make_organisation("Timber")


@pytest.fixture
def body_in_a_table_made_anew(timber, tmp_path, monkeypatch, settings):
    """Add a column in a copy of the migrations, with a row there; take it back at the end."""
    here = Path(migrations.__file__).parent
    last = max(path.stem for path in here.glob("0*.py"))
    shutil.copytree(here, tmp_path / COPY, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / COPY / "0999_telephone.py").write_text(TELEPHONE.format(last=last), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"actors": COPY}
    migrate("actors")
    yield timber
    migrate("actors", last)
    for name in [one for one in sys.modules if one.startswith(COPY)]:
        del sys.modules[name]


def test_after_a_new_column_a_rename_is_noted(body_in_a_table_made_anew):
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "actors_organisation")
    IndexTodo.objects.all().delete()
    changed = body_in_a_table_made_anew.pk

    Organisation.objects.filter(pk=changed).update(name="Wood")

    assert "telephone" in {column.name for column in columns}
    assert missing_triggers(connection) == []
    assert noted() == {changed}


def test_start_sets_what_is_missing_and_everything_is_read_again(timber):
    IndexTodo.objects.all().delete()
    name = drop_one()
    Organisation.objects.filter(pk=timber.pk).update(name="Nobody saw this")
    assert (missing_triggers(connection), noted()) == ([name], set())

    upgrade(saves=False)

    assert missing_triggers(connection) == []
    assert timber.pk in noted()


def test_triggers_are_lifted_where_a_table_could_not_be_made_anew_beneath_them():
    lift_triggers(connection)
    lifted = missing_triggers(connection)
    migrate()

    assert missing_triggers(connection) == []
    assert bool(lifted) == (connection.vendor == "sqlite")
