"""One consistent state of a database in a file, and what was counted in that very state."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.database_address import Database
from alpclusters.platform.operation.archive import COPIES
from alpclusters.platform.operation.postgresql import DumpedTable, read_dump, run_postgresql

type Fetch = Callable[[str], Sequence[tuple[Any, ...]]]

_TABLES: Final = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ),
    # Not those of an extension, such as PostGIS brings.
    "postgresql": (
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE relkind IN ('r', 'p') AND nspname NOT IN ('pg_catalog', 'information_schema') "
        "AND nspname NOT LIKE 'pg!_%' ESCAPE '!' AND NOT EXISTS (SELECT 1 FROM pg_depend d "
        "WHERE d.objid = pg_class.oid AND d.deptype = 'e')"
    ),
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of the database.

    Attributes
    ----------
    path : Path
        The copy: a file of SQLite, or what ``pg_dump`` wrote.
    rows : dict of str to int
        Rows by table in that state.
    migrations : list of str
        Applied migrations, ``app.name``.
    open_cafes : list of int
        AlpCafés that are not sealed.
    stored_segments : set of str
        Segments of the journal of which that state has every answer.
    """

    path: Path
    rows: dict[str, int]
    migrations: list[str]
    open_cafes: list[int]
    stored_segments: frozenset[str]


def take_snapshot(database: Database, folder: Path) -> Snapshot:
    """Copy a database as it is at one moment, while others write, and count in the copy.

    Raises
    ------
    SetupError
        There is no database, or ``pg_dump`` is missing or fails.
    """
    path = folder / COPIES[database.kind]
    if database.is_sqlite:
        return _take_sqlite(Path(database.name), path)
    return _take_postgresql(database, path)


def _take_sqlite(source: Path, path: Path) -> Snapshot:
    if not source.exists():
        raise SetupError("backup.no_database", values={"target": str(source)})
    with closing(sqlite3.connect(f"file:{quote(str(source))}?mode=rw", uri=True)) as database:
        # One consistent state, and what was erased is dropped.
        database.execute("VACUUM INTO ?", (str(path),))
    with closing(sqlite3.connect(path)) as copy:
        return _counted(path, "sqlite", lambda sql: copy.execute(sql).fetchall())


def _take_postgresql(database: Database, path: Path) -> Snapshot:
    values = database.connection_values()
    with psycopg.connect(**values) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        # The state must stay open while pg_dump reads it, however long that takes.
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        name = str(connection.execute("SELECT pg_export_snapshot()").fetchall()[0][0])
        options = ["-Fc", "--no-owner", f"--snapshot={name}", "-f", str(path)]
        run_postgresql("pg_dump", options, database)
        return _counted(path, "postgresql", lambda sql: connection.execute(sql).fetchall())


def _counted(path: Path, kind: str, fetch: Fetch) -> Snapshot:
    rows = _count(kind, fetch)
    migrations = cafes = segments = []
    if "django_migrations" in rows:
        migrations = [f"{app}.{name}" for app, name in fetch(_MIGRATIONS)]
    if "cafe_alpcafe" in rows:
        cafes = [row[0] for row in fetch("SELECT id FROM cafe_alpcafe WHERE sealed_at IS NULL")]
        segments = [row[0] for row in fetch(_SEGMENTS)]
    return Snapshot(path, rows, sorted(migrations), sorted(cafes), frozenset(segments))


_MIGRATIONS: Final = "SELECT app, name FROM django_migrations"
_SEGMENTS: Final = "SELECT key FROM cafe_receipt WHERE cafe_id IS NULL AND kind = 'segment'"


def count_rows(database: Database) -> dict[str, int]:
    """Count the rows of every table; none where there is no database yet."""
    with reading(database) as fetch:
        return _count(database.kind, fetch)


@contextmanager
def reading(database: Database) -> Iterator[Fetch]:
    """Open a database for questions; a file that is not there has no tables."""
    if database.is_sqlite:
        name = database.name if Path(database.name).exists() else ":memory:"
        with closing(sqlite3.connect(name)) as file:
            yield lambda sql: file.execute(sql).fetchall()
        return
    with psycopg.connect(**database.connection_values()) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def _count(kind: str, fetch: Fetch) -> dict[str, int]:
    names = sorted(row[0] for row in fetch(_TABLES[kind]))
    return {name: int(fetch(f'SELECT COUNT(*) FROM "{name}"')[0][0]) for name in names}  # noqa: S608 - their own names


def count_in_copy(path: Path, kind: str) -> dict[str, int]:
    """Count the rows in a copy, without a server.

    Raises
    ------
    SetupError
        ``backup.damaged``, ``setup.program_failed``: the copy cannot be read.
    """
    return _count_file(path) if kind == "sqlite" else _count_dump(path)


def _count_file(path: Path) -> dict[str, int]:
    try:
        with closing(sqlite3.connect(path)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            broken = copy.execute("PRAGMA foreign_key_check").fetchall()
            rows = _count("sqlite", lambda sql: copy.execute(sql).fetchall())
    except sqlite3.DatabaseError:
        verdict, broken, rows = "unreadable", [], {}
    if verdict != "ok" or broken:
        raise SetupError("backup.damaged", values={"file": path.name, "member": path.name})
    return rows


def _count_dump(path: Path) -> dict[str, int]:
    rows: dict[str, int] = {}
    name = ""
    for part in read_dump(path):
        if isinstance(part, DumpedTable):
            name = part.name
            rows[name] = 0
        else:
            rows[name] += 1
    return rows
