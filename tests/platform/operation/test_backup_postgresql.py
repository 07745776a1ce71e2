import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest

from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.operation.backup import connection_arguments, find_postgresql_program

pytestmark = [pytest.mark.integration, pytest.mark.database]

ADDRESS = os.environ.get("DATABASE_URL", "")


def another(name: str) -> str:
    """Return the address of another database on the same server."""
    return urlunsplit(urlsplit(ADDRESS)._replace(path=f"/{name}"))


def alpclusters(home, address, *arguments):
    environment = {**os.environ, "ALPCLUSTERS_HOME": str(home), "DATABASE_URL": address}
    environment |= {"ALPCLUSTERS_STATIC": "finders", "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "alpclusters", "--language", "en", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


@pytest.fixture
def two_databases(tmp_path):
    if not ADDRESS.startswith("postgres"):
        pytest.skip("needs a PostgreSQL server (DATABASE_URL)")
    database = load_configuration({"ALPCLUSTERS_HOME": str(tmp_path)} | dict(os.environ)).database
    place = connection_arguments(database)[:-2]
    names = [f"backup_{os.getpid()}_{number}" for number in (1, 2)]
    for name in names:
        subprocess.run([find_postgresql_program("createdb"), *place, name], check=True)
    yield [another(name) for name in names]
    for name in names:
        subprocess.run([find_postgresql_program("dropdb"), *place, name], check=True)


def test_restored_database_equals_the_saved_one(two_databases, tmp_path):
    saved, fresh = two_databases
    archive = tmp_path / "one.zip"
    made = alpclusters(tmp_path / "old", saved, "demo")
    assert made.returncode == 0, made.stderr
    made = alpclusters(tmp_path / "old", saved, "backup", str(archive))
    assert made.returncode == 0, made.stderr

    restored = alpclusters(tmp_path / "new", fresh, "restore", str(archive))

    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.startswith("Restored and compared")
    again = alpclusters(tmp_path / "new", fresh, "restore", str(archive))
    assert again.returncode == 1
