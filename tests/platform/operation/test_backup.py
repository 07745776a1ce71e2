import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.operation.backup import MANIFEST
from alpclusters.platform.operation.restore import restore_backup, unpack_checked
from tests.homes import copy_home

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def alpclusters(home: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run a command as a user does, in a data directory of its own, on SQLite."""
    environment = {**os.environ, "ALPCLUSTERS_HOME": str(home), "ALPCLUSTERS_STATIC": "finders"}
    environment.pop("DATABASE_URL", None)
    environment["PYTHONPATH"] = "src"
    return subprocess.run(
        [sys.executable, "-m", "alpclusters", "--language", "en", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """An installation with reference data and one uploaded file."""
    home = copy_home("demonstration", tmp_path_factory.mktemp("installed"))
    (home / "uploads" / "photo.txt").write_text("a picture")
    return home


@pytest.fixture(scope="module")
def archive(installation):
    target = installation / "backups" / "one.zip"
    made = alpclusters(installation, "backup", str(target))
    assert made.returncode == 0, made.stderr
    return target


@pytest.fixture(scope="module")
def restored(archive, tmp_path_factory):
    """What came out of the backup, and what the program said."""
    home = tmp_path_factory.mktemp("restored") / "new"
    done = alpclusters(home, "restore", str(archive), "--into", str(home))
    assert done.returncode == 0, done.stderr
    return home, done.stdout


def test_restored_installation_equals_the_saved_one(archive, restored):
    home, said = restored

    with zipfile.ZipFile(archive) as packed:
        rows = json.loads(packed.read(MANIFEST))["rows"]
    assert rows["measures_measure"] >= 26
    assert str(sum(rows.values())) in said
    assert (home / "uploads" / "photo.txt").read_text() == "a picture"


def test_logos_are_in_the_backup_and_come_back_under_their_names(installation, restored):
    home, _ = restored

    kept, back = (
        {path.name: path.read_bytes() for path in (place / "uploads" / "logos").iterdir()}
        for place in (installation, home)
    )
    assert len(kept) == 4
    assert back == kept


def test_secret_key_stays_out_of_the_backup(archive, installation):
    key = (installation / "secrets" / "django.key").read_bytes().strip()

    with zipfile.ZipFile(archive) as packed:
        assert not [n for n in packed.namelist() if n.startswith("secrets")]
        assert all(key not in packed.read(n) for n in packed.namelist())
    assert archive.stat().st_mode & 0o777 == 0o600


def test_restore_refuses_a_place_that_is_in_use(archive, installation):
    refused = alpclusters(installation, "restore", str(archive))

    assert refused.returncode == 1
    assert "alpclusters.sqlite3" in refused.stderr


def test_damaged_member_is_named_and_nothing_is_restored(archive, tmp_path):
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, b"another" if name == "uploads/photo.txt" else content)
    configuration = load_configuration({"ALPCLUSTERS_HOME": str(tmp_path / "new")})

    with pytest.raises(SetupError) as caught:
        restore_backup(damaged, configuration)

    assert caught.value.code == "backup.damaged"
    assert caught.value.values["member"] == "uploads/photo.txt"
    assert not Path(configuration.database.name).exists()


def test_foreign_file_is_no_backup(tmp_path):
    foreign = tmp_path / "foreign.zip"
    foreign.write_bytes(b"PK\x03\x04 not really")

    with pytest.raises(SetupError) as caught:
        unpack_checked(foreign, tmp_path)

    assert caught.value.code == "backup.unreadable"


def test_backup_of_another_database_kind_is_refused(archive, tmp_path):
    configuration = load_configuration(
        {"ALPCLUSTERS_HOME": str(tmp_path / "new"), "DATABASE_URL": "postgresql:///nowhere"}
    )

    with pytest.raises(SetupError) as caught:
        restore_backup(archive, configuration)

    assert caught.value.code == "backup.other_engine"
