"""An upgrade as an operator sees it: a backup first, a way back, and no way for older programs."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.e2e.serving import free_port
from tests.homes import copy_home
from tests.platform.operation.test_backup import alpclusters

pytestmark = [pytest.mark.integration, pytest.mark.slow]

# An app on which no other one rests, and the tables that it makes.
LAST = "DELETE FROM django_migrations WHERE app = 'operation'"
TABLES = ("operation_jobrun", "operation_queuedmail")
NEWER = (
    "INSERT INTO django_migrations (app, name, applied) "
    "VALUES ('policy', '0999_of_tomorrow', '2030-01-01')"
)


@pytest.fixture
def home(tmp_path):
    return copy_home("plain", tmp_path / "home")


def change(home, *statements):
    with closing(sqlite3.connect(home / "alpclusters.sqlite3")) as database, database:
        for statement in statements:
            database.execute(statement)


def test_an_upgrade_makes_a_good_backup_first_that_brings_the_earlier_state_back(home, tmp_path):
    change(
        home,
        LAST,
        *(f"DROP TABLE {table}" for table in TABLES),
        "UPDATE measures_measure SET key = 'earlier' WHERE id = 1",
    )

    upgraded = alpclusters(home, "demo")

    assert upgraded.returncode == 0, upgraded.stderr
    (saved,) = (home / "backups").glob("before-upgrade-*.zip")
    assert alpclusters(tmp_path, "backup", "--verify", str(saved)).returncode == 0
    back = alpclusters(tmp_path / "back", "restore", str(saved))
    assert back.returncode == 0, back.stderr
    with closing(sqlite3.connect(tmp_path / "back" / "alpclusters.sqlite3")) as database:
        for table in TABLES:
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_an_upgrade_that_fails_names_the_backup_made_before(home):
    # The step would make a table that is there already.
    change(home, LAST)

    failed = alpclusters(home, "demo")

    (saved,) = (home / "backups").glob("before-upgrade-*.zip")
    assert failed.returncode == 1
    assert str(saved) in failed.stderr.splitlines()[-1]


def test_no_backup_is_made_where_nothing_is_changed(home):
    assert alpclusters(home, "demo").returncode == 0

    assert list((home / "backups").glob("before-upgrade-*.zip")) == []


def test_an_older_program_refuses_a_newer_database_in_serve_and_doctor(home):
    change(home, NEWER)

    served = alpclusters(home, "serve", "--port", str(free_port()))
    examined = alpclusters(home, "doctor", "--json")

    assert served.returncode == 1
    assert "newer version" in served.stderr
    assert "policy.0999_of_tomorrow" in served.stderr
    (check,) = [one for one in json.loads(examined.stdout) if one["name"] == "migrations"]
    assert (check["state"], examined.returncode) == ("error", 1)
    assert "policy.0999_of_tomorrow" in check["finding"]
