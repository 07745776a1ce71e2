import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from alpclusters.platform.operation import prepare

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Squashed: the database knows either it or the parts.
SQUASHED = ("policy", "0004_squashed_0008_comments_not_shown")


@pytest.fixture
def asked(monkeypatch):
    """Which commands were asked for."""
    names = []
    monkeypatch.setattr(prepare, "call_command", lambda name, *_, **__: names.append(name))
    return names


def test_a_database_with_all_tables_is_not_migrated_again(asked):
    prepare.make_tables()

    assert asked == []


def test_a_database_that_lacks_a_change_is_migrated(asked):
    graph = MigrationLoader(connection).graph
    last = next(key for key in graph.leaf_nodes() if not graph.node_map[key].children)
    MigrationRecorder(connection).record_unapplied(*last)

    prepare.make_tables()

    assert asked == ["migrate"]


def test_a_squashed_migration_is_noted_where_its_parts_are_applied(asked):
    recorder = MigrationRecorder(connection)
    assert SQUASHED in recorder.applied_migrations()
    recorder.record_unapplied(*SQUASHED)

    prepare.make_tables()

    assert SQUASHED in recorder.applied_migrations()
    assert asked == []
