"""Bring a backup back into an empty installation; nothing is touched before all checksums fit."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.database_address import Database
from alpclusters.platform.database_reach import place_of, require_reachable
from alpclusters.platform.operation.archive import Manifest, unpack_checked
from alpclusters.platform.operation.backup import JOURNAL, UPLOADS, require_equal_rows
from alpclusters.platform.operation.moving import move_database
from alpclusters.platform.operation.postgresql import run_postgresql
from alpclusters.platform.operation.sealed_keys import MEMBER, open_keys, write_keys
from alpclusters.platform.operation.snapshot import count_in_copy, count_rows
from alpclusters.platform.operation.upgrade import require_known


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens the keys in a backup: the other half of the public key, or the passphrase.

    Attributes
    ----------
    identity, passphrase : Path or None
        Files; None where it is not at hand.
    """

    identity: Path | None = None
    passphrase: Path | None = None

    @property
    def are_there(self) -> bool:
        """Say whether keys can be opened at all."""
        return self.identity is not None or self.passphrase is not None


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    Attributes
    ----------
    manifest : Manifest
    keys : list of str
        Names of the keys that came back.
    has_older_journal : bool
        Whether a journal was there already, which is newer than that of the backup and was kept.
    """

    manifest: Manifest
    keys: list[str]
    has_older_journal: bool


def restore_backup(
    archive: Path, configuration: Configuration, secrets: Secrets | None = None
) -> Restored:
    """Restore database, keys, journal and uploads; refuse a place that is in use.

    Raises
    ------
    SetupError
        The archive is damaged or a newer program's, the keys stay closed, or the target is not
        empty or not reached: nothing was changed. Or what came back differs: the target is then
        of no use.
    """
    require_reachable(configuration.database)
    keep_log(configuration.database)
    require_empty(configuration.database)
    home = configuration.home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=home) as name:
        folder = Path(name)
        manifest = unpack_checked(archive, folder)
        require_known(manifest.migrations)
        keys = _opened_keys(folder, secrets or Secrets())
        _restore_database(folder / manifest.database, manifest, configuration.database)
        write_keys(home, keys)
        has_older = _restore_journal(folder / JOURNAL, configuration.journal_folder)
        for part in (UPLOADS, "secrets"):
            if (folder / part).is_dir():
                shutil.copytree(folder / part, home / part, dirs_exist_ok=True)
    return Restored(manifest, sorted(keys), has_older)


def keep_log(database: Database) -> None:
    """Put the log of a lost file of SQLite aside, as ``…-wal.lost``.

    In it stands what was written last. Somebody may have moved the file alone; SQLite removes a
    log without its file as soon as it looks.
    """
    if not database.is_sqlite or Path(database.name).exists():
        return
    log = Path(f"{database.name}-wal")
    if log.exists():
        log.replace(log.with_name(f"{log.name}.lost"))


def require_empty(database: Database) -> None:
    """Refuse a database that has tables.

    Raises
    ------
    SetupError
        ``backup.target_not_empty``.
    """
    if count_rows(database):
        raise SetupError("backup.target_not_empty", values={"target": place_of(database)})


def _opened_keys(folder: Path, secrets: Secrets) -> dict[str, bytes]:
    sealed = folder / MEMBER
    if not sealed.exists() or not secrets.are_there:
        return {}
    return open_keys(sealed.read_bytes(), identity=secrets.identity, passphrase=secrets.passphrase)


def _restore_database(copy: Path, manifest: Manifest, database: Database) -> None:
    if database.kind != manifest.engine:
        count_in_copy(copy, manifest.engine)
        move_database(copy, manifest, database)
        return
    if database.is_sqlite:
        count_in_copy(copy, manifest.engine)
        _lay_file(copy, Path(database.name))
    else:
        options = ["--no-owner", "--exit-on-error", "--single-transaction", str(copy)]
        run_postgresql("pg_restore", options, database)
    if manifest.has_sure_counts:
        require_equal_rows(manifest.rows, count_rows(database))


def _lay_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # What a lost database left beside it must not be read into this one.
    for suffix in ("-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    temporary = target.with_name(f".{target.name}.restoring")
    shutil.copyfile(source, temporary)
    temporary.chmod(0o600)
    temporary.replace(target)


def _restore_journal(source: Path, target: Path) -> bool:
    """Lay the journal of the backup where none is; one that outlived the database knows more."""
    if any(target.glob("*.aj")):
        return True
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in source.iterdir():
            shutil.copyfile(path, target / path.name)
            (target / path.name).chmod(0o600)
    return False
