"""One file that holds an installation: database, uploads, and a list with checksums."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from alpclusters import __version__
from alpclusters.analysis.errors import SetupError
from alpclusters.platform.configuration import Configuration, Database

FORMAT: Final = "alpclusters-backup-1"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes
    ----------
    format : str
        Version of this layout.
    made_at : str
        ISO 8601.
    version : str
        Version of the program.
    engine : str
        ``sqlite`` or ``postgresql``.
    migrations : list of str
        Applied migrations, ``app.name``.
    rows : dict of str to int
        Rows per table, to compare after a restore.
    files : dict of str to str
        SHA-256 by name inside the archive.
    """

    format: str
    made_at: str
    version: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, str]


def make_backup(
    configuration: Configuration, target: Path, *, now: datetime, with_secrets: bool = False
) -> Manifest:
    """Write a backup under a temporary name, check it, then give it its name.

    The key that signs cookies stays out unless asked for: a backup that falls into wrong hands
    then opens no session.

    Raises
    ------
    SetupError
        ``pg_dump`` is missing or fails, or the target cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        database = _dump_database(configuration.database, Path(folder))
        members = dict(_members(configuration.home, database, with_secrets=with_secrets))
        manifest = _manifest(configuration.database, members, now=now)
        try:
            _write(temporary, members, manifest)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    temporary.chmod(0o600)
    temporary.replace(target)
    return manifest


def _dump_database(database: Database, folder: Path) -> Path:
    if not database.is_sqlite:
        return _dump_postgresql(database, folder / "database.dump")
    path = folder / "database.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(database.name) as source:
        # VACUUM INTO copies one consistent state and drops what was erased.
        source.execute("VACUUM INTO ?", (str(path),))
    source.close()
    return path


def _dump_postgresql(database: Database, path: Path) -> Path:
    program = find_postgresql_program("pg_dump")
    command = [program, "-Fc", "--no-owner", "-f", str(path), *connection_arguments(database)]
    run_postgresql(command, database)
    return path


def find_postgresql_program(name: str) -> str:
    """Find a program of PostgreSQL, also where Debian hides it."""
    found = shutil.which(name)
    if found:
        return found
    hidden = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if hidden:
        return str(hidden[-1])
    raise SetupError("setup.program_missing", values={"program": name})


def run_postgresql(command: list[str], database: Database) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, never by the arguments."""
    environment = {**os.environ, "PGPASSWORD": database.password}
    result = subprocess.run(  # noqa: S603 - found program, own arguments
        command, check=False, capture_output=True, text=True, env=environment
    )
    if result.returncode:
        message = result.stderr.strip().splitlines()[-1:] or [""]
        raise SetupError(
            "setup.program_failed", found=message[0], values={"program": Path(command[0]).name}
        )


def connection_arguments(database: Database) -> list[str]:
    """Return host, port, user and database as options of PostgreSQL's programs."""
    pairs = [("-h", database.host), ("-p", database.port), ("-U", database.user)]
    given = [part for option, value in pairs if value for part in (option, value)]
    return [*given, "-d", database.name]


def _members(home: Path, database: Path, *, with_secrets: bool) -> Iterator[tuple[str, Path]]:
    yield database.name, database
    for folder in ("uploads", "secrets") if with_secrets else ("uploads",):
        for path in sorted((home / folder).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(home)), path


def _manifest(database: Database, members: dict[str, Path], *, now: datetime) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        format=FORMAT,
        made_at=now.isoformat(),
        version=__version__,
        engine="sqlite" if database.is_sqlite else "postgresql",
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        rows=count_rows(),
        files={name: file_digest(path) for name, path in members.items()},
    )


def count_rows() -> dict[str, int]:
    """Count the rows of every table."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        counts = {}
        for name in sorted(names):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            counts[name] = int(cursor.fetchone()[0])
    return counts


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(temporary: Path, members: dict[str, Path], manifest: Manifest) -> None:
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
        for name, path in members.items():
            archive.write(path, name)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
