import json
import os
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.cafe.domain.keys import ensure_key
from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.operation.archive import MANIFEST, unpack_checked
from alpclusters.platform.operation.backup import drop_old_backups, make_backup, verify_backup
from alpclusters.platform.operation.home_lock import lock_home
from alpclusters.platform.operation.restore import restore_backup
from tests.homes import copy_home
from tests.platform.operation.bucket_server import NAME, REGION, SECRET, bucket_server

pytestmark = [pytest.mark.integration, pytest.mark.slow]


NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def alpclusters(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
    """Run a command as a user does, in a data directory of its own, on SQLite."""
    environment = {**os.environ, "ALPCLUSTERS_HOME": str(home), "ALPCLUSTERS_STATIC": "finders"}
    environment.pop("DATABASE_URL", None)
    environment |= {"PYTHONPATH": "src", **settings}
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


# --- made while others write ----------------------------------------------------------------------


@pytest.fixture
def writing(installation):
    """Somebody who writes rows without a pause, as a hall does, and has begun."""
    begun, stop = threading.Event(), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(installation / "alpclusters.sqlite3", timeout=30)) as database:
            while not stop.is_set():
                with database:
                    database.execute(INSERT)
                begun.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(timeout=60)
    yield
    stop.set()
    thread.join()


INSERT = "INSERT INTO django_session VALUES (hex(randomblob(16)), 'x', '2030-01-01 00:00:00')"


@pytest.mark.usefixtures("writing")
def test_a_backup_made_while_others_write_counts_what_it_holds(installation, tmp_path):
    configuration = load_configuration({"ALPCLUSTERS_HOME": str(installation)})

    for number in range(3):
        archive = tmp_path / f"{number}.zip"
        make_backup(configuration, archive, now=NOW)

        assert verify_backup(archive).rows["django_session"] > 0


def with_other_list(archive: Path, target: Path, change) -> Path:
    """Copy a backup and change what its list says."""
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == MANIFEST:
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
            copy.writestr(name, content)
    return target


def test_a_backup_whose_rows_differ_from_its_list_is_refused(archive, tmp_path):
    def change(manifest):
        manifest["rows"]["measures_measure"] += 1

    wrong = with_other_list(archive, tmp_path / "wrong.zip", change)

    found = alpclusters(tmp_path, "backup", "--verify", str(wrong))

    assert found.returncode == 1
    assert "measures_measure" in found.stderr


def test_a_good_backup_is_verified_without_an_installation(archive, tmp_path):
    found = alpclusters(tmp_path / "nothing", "backup", "--verify", str(archive))

    assert found.returncode == 0, found.stderr
    assert "is whole" in found.stdout
    assert not (tmp_path / "nothing").exists()


def test_a_backup_without_a_database_is_refused_and_makes_none(tmp_path):
    configuration = load_configuration({"ALPCLUSTERS_HOME": str(tmp_path / "none")})

    with pytest.raises(SetupError, match=r"backup\.no_database"):
        make_backup(configuration, tmp_path / "one.zip", now=NOW)

    assert not (tmp_path / "one.zip").exists()
    assert not Path(configuration.database.name).exists()


def test_a_backup_that_does_not_fit_is_told_and_leaves_nothing_behind(installation, tmp_path):
    """``ulimit`` stands in for a full disk: no file may be larger than 100 KB."""
    target = tmp_path / "elsewhere" / "one.zip"
    command = f"ulimit -f 100; exec {sys.executable} -m alpclusters --language en backup {target}"
    environment = {**os.environ, "ALPCLUSTERS_HOME": str(installation), "PYTHONPATH": "src"}
    environment.pop("DATABASE_URL", None)

    made = subprocess.run(
        ["bash", "-c", command], check=False, capture_output=True, text=True, env=environment
    )

    assert made.returncode == 1
    assert "Traceback" not in made.stderr
    assert str(target) in made.stderr.splitlines()[-1]
    assert list(target.parent.iterdir()) == []


# --- keys -----------------------------------------------------------------------------------------


@pytest.fixture(params=["recipient", "passphrase"])
def sealing(request, tmp_path):
    """Settings that seal keys, and options that open them again."""
    if request.param == "passphrase":
        (tmp_path / "words").write_text("vier Worte an der Wand\n")
        return {"ALPCLUSTERS_BACKUP_PASSPHRASE_FILE": str(tmp_path / "words")}, []
    made = alpclusters(tmp_path, "backup", "--make-key", str(tmp_path / "identity"))
    assert made.stdout.startswith("age1"), made.stderr
    assert (tmp_path / "identity").stat().st_mode & 0o777 == 0o600
    options = ["--identity", str(tmp_path / "identity")]
    return {"ALPCLUSTERS_BACKUP_RECIPIENT": made.stdout.strip()}, options


def test_keys_of_open_alpcafes_come_back_and_those_of_sealed_ones_are_never_in(
    installation, sealing, tmp_path
):
    settings, options = sealing
    with closing(sqlite3.connect(installation / "alpclusters.sqlite3")) as database, database:
        numbers = [row[0] for row in database.execute("SELECT id FROM cafe_alpcafe ORDER BY id")]
        sealed, *open_ones = numbers
        database.execute("UPDATE cafe_alpcafe SET sealed_at = opened_at WHERE id = ?", [sealed])
    for number in (*open_ones, sealed):
        ensure_key(installation, number)
    archive, home = tmp_path / "one.zip", tmp_path / "new"

    made = alpclusters(installation, "backup", str(archive), **settings)
    back = alpclusters(home, "restore", str(archive), "--into", str(home), *options, **settings)

    assert (made.returncode, back.returncode) == (0, 0), made.stderr + back.stderr
    names = {"django.key", *(f"cafe-{number}.key" for number in open_ones)}
    assert names > {"django.key"}
    for name in names:
        kept = (installation / "secrets" / name).read_bytes()
        assert (home / "secrets" / name).read_bytes() == kept
        with zipfile.ZipFile(archive) as packed:
            assert all(kept not in packed.read(member) for member in packed.namelist())
    assert not (home / "secrets" / f"cafe-{sealed}.key").exists()
    (installation / "secrets" / f"cafe-{sealed}.key").unlink()


def test_wrong_passphrase_is_refused_before_anything_is_restored(installation, tmp_path):
    (tmp_path / "right").write_text("one")
    (tmp_path / "wrong").write_text("two")
    archive, home = tmp_path / "one.zip", tmp_path / "new"
    name = "ALPCLUSTERS_BACKUP_PASSPHRASE_FILE"
    alpclusters(installation, "backup", str(archive), **{name: str(tmp_path / "right")})

    refused = alpclusters(home, "restore", str(archive), **{name: str(tmp_path / "wrong")})

    assert refused.returncode == 1
    assert str(tmp_path / "wrong") in refused.stderr
    assert not (home / "alpclusters.sqlite3").exists()


# --- kept for a while -----------------------------------------------------------------------------


def test_daily_backup_is_verified_copied_and_the_oldest_are_dropped(installation, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    own = installation / "backups" / "alpclusters-by-hand.zip"
    own.write_bytes(b"kept")
    for day in range(1, 4):
        (installation / "backups" / f"alpclusters-2026010{day}-030000.zip").write_bytes(b"old")
    settings = {
        "ALPCLUSTERS_BACKUP_KEEP": "2",
        "ALPCLUSTERS_BACKUP_COPY_TO": f"{tmp_path}/elsewhere",
    }

    made = alpclusters(installation, "backup", "--scheduled", **settings)

    assert made.returncode == 0, made.stderr
    found = sorted((installation / "backups").glob("alpclusters-2*.zip"))
    assert [path.name for path in found[:1]] == ["alpclusters-20260103-030000.zip"]
    assert len(found) == 2
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == [found[1].name]
    assert (tmp_path / "elsewhere" / found[1].name).read_bytes() == found[1].read_bytes()
    assert own.exists()


def test_daily_backup_goes_into_a_bucket_and_is_the_same_there(installation, tmp_path):
    keys = tmp_path / "keys"
    keys.write_text(f"{NAME}\n{SECRET}\n")
    keys.chmod(0o600)
    with bucket_server() as server:
        server.files["/alp/daily/alpclusters-20260101-030000.zip"] = b"old"
        settings = {
            "ALPCLUSTERS_BACKUP_KEEP": "1",
            "ALPCLUSTERS_BACKUP_BUCKET": f"http://127.0.0.1:{server.server_port}/alp/daily",
            "ALPCLUSTERS_BACKUP_BUCKET_KEYS": str(keys),
            "ALPCLUSTERS_BACKUP_BUCKET_REGION": REGION,
        }

        made = alpclusters(installation, "backup", "--scheduled", **settings)
        looked = alpclusters(installation, "doctor", **settings)

    assert made.returncode == 0, made.stderr
    (name, content) = server.files.popitem()
    assert not server.files
    (here,) = (installation / "backups").glob("alpclusters-2*.zip")
    assert name == f"/alp/daily/{here.name}"
    assert content == here.read_bytes()
    assert f"{settings['ALPCLUSTERS_BACKUP_BUCKET']}: 1" in looked.stdout


def test_backups_are_verified_and_restored_straight_from_the_bucket(archive, tmp_path):
    keys = tmp_path / "keys"
    keys.write_text(f"{NAME}\n{SECRET}\n")
    keys.chmod(0o600)
    newest = "alpclusters-20260102-030000.zip"
    with bucket_server() as server:
        settings = {
            "ALPCLUSTERS_BACKUP_BUCKET": f"http://127.0.0.1:{server.server_port}/alp/daily",
            "ALPCLUSTERS_BACKUP_BUCKET_KEYS": str(keys),
            "ALPCLUSTERS_BACKUP_BUCKET_REGION": REGION,
        }
        nothing = alpclusters(tmp_path / "a", "backup", "--verify", "bucket:", **settings)
        server.files["/alp/daily/alpclusters-20260101-030000.zip"] = b"damaged"
        server.files[f"/alp/daily/{newest}"] = archive.read_bytes()
        whole = alpclusters(tmp_path / "a", "backup", "--verify", "bucket:", **settings)
        damaged = alpclusters(
            tmp_path / "a",
            "backup",
            "--verify",
            "bucket:alpclusters-20260101-030000.zip",
            **settings,
        )
        back = alpclusters(tmp_path / "b", "restore", f"bucket:{newest}", **settings)

    assert nothing.returncode == damaged.returncode == 1
    assert "There is no daily backup in the bucket" in nothing.stderr
    assert "Traceback" not in damaged.stderr
    assert whole.returncode == 0, whole.stderr
    assert "bucket: is whole" in whole.stdout
    assert back.returncode == 0, back.stderr
    assert "Restored and compared" in back.stdout
    assert not (tmp_path / "a").exists()


def test_a_copy_that_cannot_be_made_fails_and_drops_nothing(installation, tmp_path):
    old = installation / "backups" / "alpclusters-20250101-030000.zip"
    old.write_bytes(b"old")
    settings = {"ALPCLUSTERS_BACKUP_KEEP": "1"}
    settings["ALPCLUSTERS_BACKUP_COPY_TO"] = str(tmp_path / "not-mounted")

    made = alpclusters(installation, "backup", "--scheduled", **settings)

    assert made.returncode == 1
    assert "not-mounted" in made.stderr
    assert old.exists()


def test_the_newest_is_never_dropped(tmp_path):
    (tmp_path / "alpclusters-20260101-030000.zip").write_bytes(b"")

    assert drop_old_backups(tmp_path, keep=1) == 0


# --- back -----------------------------------------------------------------------------------------


def test_what_a_lost_database_left_beside_it_is_not_read_into_the_restored_one(archive, tmp_path):
    home = tmp_path / "new"
    home.mkdir()
    (home / "alpclusters.sqlite3-wal").write_bytes(b"of another database")

    back = alpclusters(home, "restore", str(archive))

    assert back.returncode == 0, back.stderr


def test_a_backup_of_the_earlier_format_whose_counts_came_too_late_is_restored(archive, tmp_path):
    """Its list was counted after the dump, while a hall went on voting; what it holds is good."""

    def change(manifest):
        del manifest["keys"]
        manifest["format"] = "alpclusters-backup-1"
        manifest["rows"]["cafe_rating"] += 40

    earlier = with_other_list(archive, tmp_path / "earlier.zip", change)

    back = alpclusters(tmp_path / "new", "restore", str(earlier))

    assert back.returncode == 0, back.stderr


def test_a_backup_of_a_newer_program_is_refused_before_anything_is_filled(archive, tmp_path):
    def change(manifest):
        manifest["migrations"].append("policy.0999_of_tomorrow")

    newer = with_other_list(archive, tmp_path / "newer.zip", change)

    refused = alpclusters(tmp_path / "new", "restore", str(newer))

    assert refused.returncode == 1
    assert "policy.0999_of_tomorrow" in refused.stderr
    assert not (tmp_path / "new" / "alpclusters.sqlite3").exists()


def test_the_log_of_a_database_file_that_was_moved_away_alone_is_kept(archive, tmp_path):
    home = tmp_path / "new"
    home.mkdir()
    (home / "alpclusters.sqlite3-wal").write_bytes(b"what was written last")

    back = alpclusters(home, "restore", str(archive))

    assert back.returncode == 0, back.stderr
    kept = home / "alpclusters.sqlite3-wal.lost"
    assert kept.read_bytes() == b"what was written last"


def test_restore_refuses_a_data_directory_on_which_a_server_runs(archive, tmp_path):
    home = tmp_path / "new"
    lock = lock_home(home, port=8123)
    try:
        refused = alpclusters(home, "restore", str(archive))
    finally:
        os.close(lock)

    assert refused.returncode == 1
    assert "8123" in refused.stderr
    assert not (home / "alpclusters.sqlite3").exists()
