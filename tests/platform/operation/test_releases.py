"""What an earlier release left is upgraded, shown and restored by this version.

The archives are made by ``tools/keep_release.py``, one for each release.
"""

import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.e2e.serving import Server, free_port
from tests.platform.operation.test_backup import alpclusters
from tests.postgres_homes import address_of, drop, maintain, run_program

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ARCHIVES = sorted((Path(__file__).parents[2] / "fixtures").glob("release-*.tar.xz"))
DATABASE = "alpclusters.sqlite3"
# Rows that the program makes anew, throws away in time, or writes about its own work.
OF_THE_PROGRAM = ("django_", "sqlite_", "actors_index", "evidence_search", "operation_", "caches")
# Page, and what of the release stands on it: rows and their column with a name.
PAGES = {
    "measures": ("measures_measure", "name"),
    "projects": ("partnership_project", "name"),
    "cafes": ("cafe_alpcafe WHERE state <> 'draft'", "title"),
    "plans": ("policy_actionplan", "title"),
    "consultations": ("policy_consultation", "title"),
}
OTHERS = ("directory", "initiatives", "evidence", "recommendations", "funding", "network")


@pytest.fixture(scope="module", params=ARCHIVES, ids=lambda path: path.name.removesuffix(".tar.xz"))
def release(request, tmp_path_factory):
    """The folder of a release: ``home``, the data directory, and ``backup.zip``."""
    folder = tmp_path_factory.mktemp("release")
    with tarfile.open(request.param) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def upgraded(release, tmp_path_factory):
    """A server of this version on a copy of the data directory."""
    home = tmp_path_factory.mktemp("upgraded")
    shutil.copytree(release / "home", home, dirs_exist_ok=True)
    server = Server(home, free_port(), {"DATABASE_URL": ""}, ("--no-demonstration",))
    server.start()
    yield server
    server.stop()


def rows(home):
    """How many rows each table has that people fill."""
    with closing(sqlite3.connect(home / DATABASE)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in names
            if not name.startswith(OF_THE_PROGRAM)
        }


def ask(home, sql):
    with closing(sqlite3.connect(home / DATABASE)) as database:
        return database.execute(sql).fetchall()


def test_a_release_is_kept():
    assert ARCHIVES


def test_nothing_that_people_entered_is_lost(release, upgraded):
    before, after = rows(release / "home"), rows(upgraded.home)

    assert sum(before.values()) > 5_000
    assert {name: n for name, n in before.items() if after.get(name, 0) < n} == {}


@pytest.mark.parametrize("name", PAGES)
def test_its_content_is_shown(name, release, upgraded):
    rows_shown, column = PAGES[name]
    names = ask(release / "home", f"SELECT json_extract({column}, '$.de') FROM {rows_shown}")

    with override("de"):
        text = unescape(upgraded.page(reverse(f"public:{name}")))

    assert names
    assert [said for (said,) in names if said and said not in text] == []


@pytest.mark.parametrize("name", OTHERS)
def test_its_other_pages_open(name, upgraded):
    with override("sl"):
        assert "<h1" in upgraded.page(reverse(f"public:{name}"))


def test_nothing_is_wrong_with_what_was_upgraded(upgraded):
    examined = alpclusters(upgraded.home, "doctor", "--json")

    checks = json.loads(examined.stdout)
    assert [check for check in checks if check["state"] == "error"] == []


def test_its_backup_is_good_and_comes_back(release, tmp_path):
    home = tmp_path / "back"
    verified = alpclusters(tmp_path, "backup", "--verify", str(release / "backup.zip"))
    restored = alpclusters(home, "restore", str(release / "backup.zip"), "--into", str(home))
    written = alpclusters(home, "export", "evidence", str(tmp_path / "evidence.zip"))

    assert (verified.returncode, restored.returncode) == (0, 0), restored.stderr
    assert written.returncode == 0, written.stderr
    before, after = rows(release / "home"), rows(home)
    assert {name: n for name, n in before.items() if after.get(name, 0) < n} == {}
    assert json.loads(written.stdout)["rows"]["initiatives"] == before["evidence_initiative"]


@pytest.mark.database
def test_its_backup_comes_back_on_postgresql(release, tmp_path):
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("needs a PostgreSQL server (DATABASE_URL)")
    name = f"release_{os.getpid()}"
    maintain("CREATE DATABASE {}", name)
    try:
        home, address = tmp_path / "home", address_of(name)
        restored = run_program(home, address, "restore", str(release / "backup.zip"))
        upgraded = run_program(home, address, "export", "evidence", str(tmp_path / "evidence.zip"))
    finally:
        drop(name)

    assert restored.returncode == 0, restored.stderr
    assert upgraded.returncode == 0, upgraded.stderr
