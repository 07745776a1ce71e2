import os

import pytest

from tests.postgres_homes import address_of, copy_installation, drop, maintain, run_program

pytestmark = [pytest.mark.integration, pytest.mark.database]


@pytest.fixture
def saved(tmp_path):
    """The address of a database with the demonstration; its data directory is ``old``."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("needs a PostgreSQL server (DATABASE_URL)")
    name = f"backup_{os.getpid()}_1"
    yield copy_installation(tmp_path / "old", name)
    drop(name)


@pytest.fixture
def fresh(saved):
    """The address of an empty database beside it."""
    assert saved
    name = f"backup_{os.getpid()}_2"
    maintain("CREATE DATABASE {}", name)
    yield address_of(name)
    drop(name)


def test_restored_database_equals_the_saved_one(saved, fresh, tmp_path):
    archive = tmp_path / "one.zip"
    made = run_program(tmp_path / "old", saved, "backup", str(archive))
    assert made.returncode == 0, made.stderr

    restored = run_program(tmp_path / "new", fresh, "restore", str(archive))

    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.startswith("Restored and compared")
    again = run_program(tmp_path / "new", fresh, "restore", str(archive))
    assert again.returncode == 1
