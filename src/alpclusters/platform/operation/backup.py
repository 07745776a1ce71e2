"""Backups of an installation: made while it serves, looked through, kept for a while."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from alpclusters import __version__
from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import BackupPlan, Configuration
from alpclusters.platform.files import file_digest
from alpclusters.platform.operation.archive import FORMAT, Manifest, unpack_checked, write_archive
from alpclusters.platform.operation.bucket import Bucket, read_keys
from alpclusters.platform.operation.sealed_keys import MEMBER, collect_keys, seal_keys
from alpclusters.platform.operation.snapshot import Snapshot, count_in_copy, take_snapshot

UPLOADS: Final = "uploads"
IN_BUCKET: Final = "bucket:"
JOURNAL: Final = "journal"
# What `daily_name` gives, and nothing anybody named by hand.
DAILY: Final = "alpclusters-" + "[0-9]" * 8 + "-" + "[0-9]" * 6 + ".zip"


def backups_folder(configuration: Configuration) -> Path:
    """Return where backups lie unless somebody names another place."""
    return configuration.home / "backups"


def daily_name(now: datetime) -> str:
    """Return the name of a backup made now; only files named like this are thrown away in time."""
    return f"alpclusters-{now:%Y%m%d-%H%M%S}.zip"


def make_backup(configuration: Configuration, target: Path, *, now: datetime) -> Manifest:
    """Write a backup while the installation serves: whole under its name, or not at all.

    It holds the database in one consistent state, counted in that state; then what the journal
    has beyond it, so that every answer acknowledged before is in the one or the other; the
    uploaded files; and, where the settings say for whom, the keys, sealed. Keys of sealed
    AlpCafés are destroyed and can be in no backup that is made afterwards.

    Raises
    ------
    SetupError
        There is no database, ``pg_dump`` is missing or fails, the keys cannot be sealed, or the
        target cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            return _write(configuration, Path(folder), target, now=now)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        values = {"target": str(target), "reason": reason}
        raise SetupError("backup.not_written", values=values) from error


def _write(configuration: Configuration, folder: Path, target: Path, *, now: datetime) -> Manifest:
    snapshot = take_snapshot(configuration.database, folder)
    keys = {}
    if configuration.backup.takes_keys:
        keys = collect_keys(configuration.home, snapshot.open_cafes)
    sealed = seal_keys(keys, configuration.backup) if keys else b""
    manifest = Manifest(
        format=FORMAT,
        made_at=now.isoformat(),
        version=__version__,
        engine=configuration.database.kind,
        migrations=snapshot.migrations,
        rows=snapshot.rows,
        keys=sorted(keys),
    )
    return write_archive(target, _members(configuration, snapshot, sealed), manifest)


def _members(
    configuration: Configuration, snapshot: Snapshot, sealed: bytes
) -> Iterator[tuple[str, Path | bytes]]:
    yield snapshot.path.name, snapshot.path
    if sealed:
        yield MEMBER, sealed
    # After the database: an answer is in the journal first.
    for path in sorted(configuration.journal_folder.glob("*.aj")):
        if path.name not in snapshot.stored_segments:
            yield f"{JOURNAL}/{path.name}", path
    for path in sorted((configuration.home / UPLOADS).rglob("*")):
        if path.is_file():
            yield str(path.relative_to(configuration.home)), path


def verify_backup(archive: Path) -> Manifest:
    """Open a backup as a restore would and compare everything in it; nothing is left behind.

    Every checksum; for a file of SQLite its structure, its references and its rows; for a dump of
    PostgreSQL the rows of every table, read without a server.

    Raises
    ------
    SetupError
        ``backup.*``: what is wrong with it.
    """
    with tempfile.TemporaryDirectory() as folder:
        manifest = unpack_checked(archive, Path(folder))
        rows = count_in_copy(Path(folder) / manifest.database, manifest.engine)
    if manifest.has_sure_counts:
        require_equal_rows(manifest.rows, rows)
    return manifest


def require_equal_rows(expected: dict[str, int], found: dict[str, int]) -> None:
    """Compare rows by table.

    Raises
    ------
    SetupError
        ``backup.rows_differ``.
    """
    different = sorted(name for name, n in expected.items() if found.get(name) != n)
    if different:
        raise SetupError("backup.rows_differ", found=", ".join(different))


def make_daily_backup(configuration: Configuration, *, now: datetime) -> Path:
    """Make a backup, look through it, copy it where the settings say, throw old ones away.

    Raises
    ------
    SetupError
        Any of it failed. What was made before stays, and nothing is thrown away then.
    """
    plan = configuration.backup
    target = backups_folder(configuration) / daily_name(now)
    make_backup(configuration, target, now=now)
    verify_backup(target)
    if plan.copy_to is not None:
        copy_backup(target, plan.copy_to)
        drop_old_backups(plan.copy_to, keep=plan.keep)
    if plan.bucket:
        bucket = bucket_of(plan)
        bucket.put(target)
        drop_old_in_bucket(bucket, keep=plan.keep)
    drop_old_backups(target.parent, keep=plan.keep)
    return target


def bucket_of(plan: BackupPlan) -> Bucket:
    """Return the bucket that the settings name.

    Raises
    ------
    SetupError
        ``backup.bucket_*``.
    """
    return Bucket(plan.bucket, read_keys(plan.bucket_keys), plan.bucket_region)


@contextmanager
def at_hand(named: str, plan: BackupPlan) -> Iterator[Path]:
    """Yield a backup as a file of this machine: itself, or fetched from the bucket for a while.

    Parameters
    ----------
    named : str
        A file, ``bucket:NAME``, or ``bucket:`` for the newest daily backup there.
    plan : BackupPlan
        Where the bucket is.

    Raises
    ------
    SetupError
        ``backup.bucket_*``.
    """
    if not named.startswith(IN_BUCKET):
        yield Path(named)
        return
    bucket = bucket_of(plan)
    name = named.removeprefix(IN_BUCKET) or _newest_in(bucket)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "backup.zip"
        bucket.get(name, target)
        yield target


def _newest_in(bucket: Bucket) -> str:
    names = [name for name in bucket.names() if fnmatchcase(name, DAILY)]
    if not names:
        raise SetupError("backup.bucket_empty", values={"bucket": bucket.address})
    return names[-1]


def drop_old_in_bucket(bucket: Bucket, *, keep: int) -> int:
    """Remove all but the newest daily backups from a bucket; return how many.

    Raises
    ------
    SetupError
        ``backup.bucket_fails``.
    """
    old = [name for name in bucket.names() if fnmatchcase(name, DAILY)][:-keep]
    for name in old:
        bucket.delete(name)
    return len(old)


def copy_backup(archive: Path, folder: Path) -> Path:
    """Copy a backup into a folder on another machine or disk and compare what arrived.

    The folder must be there: one that is made anew is where something else should be mounted.

    Raises
    ------
    SetupError
        ``backup.not_copied``.
    """
    target = folder / archive.name
    temporary = folder / f".{archive.name}.tmp"
    try:
        shutil.copyfile(archive, temporary)
        temporary.chmod(0o600)
        is_equal = file_digest(temporary) == file_digest(archive)
        reason = "" if is_equal else "other bytes arrived"
        if is_equal:
            temporary.replace(target)
    except OSError as error:
        reason = str(error.strerror or error)
    if reason:
        values = {"folder": str(folder), "reason": reason}
        raise SetupError("backup.not_copied", values=values)
    return target


def drop_old_backups(folder: Path, *, keep: int, names: str = DAILY) -> int:
    """Remove all but the newest daily backups; return how many. Others are left alone."""
    old = sorted(folder.glob(names))[:-keep]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
