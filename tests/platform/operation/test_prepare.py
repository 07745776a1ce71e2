import sqlite3
from contextlib import closing

import pytest
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.operation import upgrade
from tests.homes import copy_home

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def asked(monkeypatch):
    """Which commands were asked for."""
    names = []
    monkeypatch.setattr(upgrade, "call_command", lambda name, *_, **__: names.append(name))
    return names


def test_a_database_with_all_tables_is_not_migrated_again(asked):
    upgrade.upgrade(saves=False)

    assert asked == []


def test_a_database_that_lacks_a_change_is_migrated(asked):
    graph = MigrationLoader(connection).graph
    last = next(key for key in graph.leaf_nodes() if not graph.node_map[key].children)
    MigrationRecorder(connection).record_unapplied(*last)

    upgrade.upgrade(saves=False)

    assert asked == ["migrate"]


def test_a_fresh_database_takes_what_needs_no_table_of_the_project_before_there_are_any(
    tmp_path,
):
    """Each later step would build the models of nearly all tables anew: seconds of every start."""
    home = copy_home("plain", tmp_path / "home")
    with closing(sqlite3.connect(home / "alpclusters.sqlite3")) as database:
        taken = [
            app for (app,) in database.execute("SELECT app FROM django_migrations ORDER BY id")
        ]

    assert max(n for n, app in enumerate(taken) if app in upgrade.FIRST) < taken.index("policy")


def test_a_database_of_a_newer_program_is_refused_and_left_alone(asked):
    MigrationRecorder(connection).record_applied("policy", "0999_of_tomorrow")

    with pytest.raises(SetupError, match=r"upgrade\.newer_database") as caught:
        upgrade.upgrade(saves=True)

    assert caught.value.found == "policy.0999_of_tomorrow"
    assert asked == []


def test_parts_of_joined_migrations_are_no_newer_program():
    """Their files may be gone, the database still names them."""
    loader = MigrationLoader(connection)
    joined = Migration("0002_joined", "policy")
    joined.replaces = [("policy", "0002_first_half"), ("policy", "0003_second_half")]
    loader.disk_migrations["policy", "0002_joined"] = joined

    assert upgrade.find_unknown(loader, dict.fromkeys(joined.replaces)) == []
