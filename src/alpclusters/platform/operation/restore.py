"""Bring a backup back into an empty installation; nothing is touched before all checksums fit."""

import json
import shutil
import sqlite3
import tempfile
import zipfile
from pathlib import Path

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.operation.backup import (
    FORMAT,
    MANIFEST,
    Manifest,
    connection_arguments,
    file_digest,
    find_postgresql_program,
    run_postgresql,
)


def restore_backup(archive: Path, configuration: Configuration) -> Manifest:
    """Restore database and uploads; refuse a damaged archive and a place that is in use.

    Raises
    ------
    SetupError
        The archive is damaged or of another kind, or the target is not empty.
    """
    _require_empty(configuration)
    home = configuration.home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        manifest = unpack_checked(archive, Path(folder))
        _restore_database(Path(folder), manifest, configuration)
        for name in ("uploads", "secrets"):
            source = Path(folder) / name
            if source.is_dir():
                shutil.copytree(source, home / name, dirs_exist_ok=True)
    return manifest


def unpack_checked(archive: Path, folder: Path) -> Manifest:
    """Unpack an archive and compare every file with its checksum."""
    try:
        with zipfile.ZipFile(archive) as packed:
            manifest = Manifest(**json.loads(packed.read(MANIFEST)))
            if manifest.format != FORMAT:
                raise SetupError("backup.unknown_format", found=manifest.format)
            for name in manifest.files:
                packed.extract(name, folder)
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise SetupError("backup.unreadable", values={"file": archive.name}) from error
    for name, digest in manifest.files.items():
        if file_digest(folder / name) != digest:
            raise SetupError("backup.damaged", values={"file": archive.name, "member": name})
    return manifest


def _require_empty(configuration: Configuration) -> None:
    database = configuration.database
    if database.is_sqlite and Path(database.name).exists():
        raise SetupError("backup.target_not_empty", values={"target": database.name})


def _restore_database(folder: Path, manifest: Manifest, configuration: Configuration) -> None:
    database = configuration.database
    engine = "sqlite" if database.is_sqlite else "postgresql"
    if engine != manifest.engine:
        raise SetupError("backup.other_engine", found=manifest.engine, expected=engine)
    if database.is_sqlite:
        _restore_sqlite(folder / "database.sqlite3", Path(database.name))
        return
    program = find_postgresql_program("pg_restore")
    options = ["--no-owner", "--exit-on-error", "--single-transaction"]
    dump = str(folder / "database.dump")
    run_postgresql([program, *options, *connection_arguments(database), dump], database)


def _restore_sqlite(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as database:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
    database.close()
    if verdict != "ok" or broken:
        raise SetupError("backup.damaged", values={"file": source.name, "member": source.name})
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o600)
