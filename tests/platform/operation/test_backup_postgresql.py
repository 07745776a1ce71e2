import os
import threading
from contextlib import closing

import psycopg
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


def test_a_backup_made_while_others_write_is_good_and_comes_back(saved, fresh, tmp_path):
    stop = threading.Event()

    def write() -> None:
        with closing(psycopg.connect(saved, autocommit=True)) as database:
            while not stop.is_set():
                database.execute(INSERT)

    thread = threading.Thread(target=write)
    thread.start()
    archives = [tmp_path / f"{number}.zip" for number in range(3)]
    try:
        made = [run_program(tmp_path / "old", saved, "backup", str(path)) for path in archives]
    finally:
        stop.set()
        thread.join()

    assert [one.returncode for one in made] == [0, 0, 0], made[0].stderr
    for archive in archives:
        verified = run_program(tmp_path / "nothing", "", "backup", "--verify", str(archive))
        assert verified.returncode == 0, verified.stderr
    restored = run_program(tmp_path / "new", fresh, "restore", str(archives[-1]))
    assert restored.returncode == 0, restored.stderr


INSERT = "INSERT INTO django_session VALUES (md5(random()::text), 'x', '2030-01-01')"


def test_a_database_in_use_is_refused_before_anything_is_done(saved, tmp_path):
    archive = tmp_path / "one.zip"
    assert run_program(tmp_path / "old", saved, "backup", str(archive)).returncode == 0

    refused = run_program(tmp_path / "new", saved, "restore", str(archive))

    assert refused.returncode == 1
    assert "There is already a database" in refused.stderr
