"""Connections of the live process: SQLite, PostgreSQL, and Django's own behind the same few calls.

Statements are written once, with ``%s``; what differs between the engines is decided here.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, Protocol

type Row = Sequence[Any]

AUTOCHECKPOINT: Final = 4_000
_MS: Final = 1000


class StoreBusyError(Exception):
    """The database did not take the transaction, for a reason that may pass: full, locked, gone."""


class Store(Protocol):
    """The calls of the hot path."""

    is_postgres: bool

    def fetch(self, sql: str, values: Row = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        ...

    def run(self, sql: str, values: Row = ()) -> int:
        """Run a statement and return how many rows it changed."""
        ...

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        """Run a statement for each row of values."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Do everything inside or nothing; when it is left, it is on the disk."""
        ...

    def close(self) -> None:
        """Close the connection, if it is its own."""
        ...


@cache
def with_question_marks(sql: str) -> str:
    """Return a statement in the way SQLite marks values."""
    return sql.replace("%s", "?")


class SqliteStore:
    """A connection to our file: WAL, FULL, immediate transactions."""

    is_postgres = False

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @classmethod
    def open(cls, path: str) -> "SqliteStore":
        """Open the file with the promises of the writer."""
        connection = sqlite3.connect(path, isolation_level=None, timeout=20)
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=20000",
            "foreign_keys=ON",
            # What is deleted is overwritten: whether or not SQLite was built so.
            "secure_delete=ON",
            f"wal_autocheckpoint={AUTOCHECKPOINT}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return cls(connection)

    def fetch(self, sql: str, values: Row = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        rows: list[tuple[Any, ...]] = self.connection.execute(
            with_question_marks(sql), tuple(values)
        ).fetchall()
        return rows

    def run(self, sql: str, values: Row = ()) -> int:
        """Run a statement and return how many rows it changed."""
        changed: int = self.connection.execute(with_question_marks(sql), tuple(values)).rowcount
        return changed

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        """Run a statement for each row of values."""
        self.connection.executemany(with_question_marks(sql), rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write-lock at once, so that nothing that was read can change meanwhile."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except (sqlite3.IntegrityError, sqlite3.DataError):
            # The record is to blame, not the database.
            self._rollback()
            raise
        except sqlite3.DatabaseError as error:
            self._rollback()
            raise StoreBusyError(str(error)) from error
        except BaseException:
            self._rollback()
            raise

    def _rollback(self) -> None:
        if self.connection.in_transaction:
            with suppress(sqlite3.DatabaseError):
                self.connection.execute("ROLLBACK")

    def checkpoint(self, kind: str = "PASSIVE") -> None:
        """Carry the write-ahead log over into the file."""
        try:
            self.connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchall()
        except sqlite3.OperationalError:
            return

    def is_sound(self) -> bool:
        """Ask SQLite for the state of the file after an unclean stop."""
        return bool(self.connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


class DjangoStore:
    """Django's connection, inside a transaction the caller has begun."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.is_postgres = connection.vendor == "postgresql"

    def fetch(self, sql: str, values: Row = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def run(self, sql: str, values: Row = ()) -> int:
        """Run a statement and return how many rows it changed."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            changed: int = cursor.rowcount
        return changed

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        """Run a statement for each row of values."""
        with self.connection.cursor() as cursor:
            cursor.executemany(sql, [list(row) for row in rows])

    def transaction(self) -> AbstractContextManager[None]:
        """Do nothing: the caller holds the transaction."""
        return nullcontext()

    def close(self) -> None:
        """Do nothing: the connection is the caller's."""


def moment_value(store: Store, ms: int) -> Any:
    """Return a moment as the engine takes it; SQLite has text in UTC, as Django writes it."""
    moment = datetime.fromtimestamp(ms / _MS, UTC)
    return moment if store.is_postgres else str(moment.replace(tzinfo=None))


def moment_ms(value: Any) -> int | None:
    """Return a moment an engine gave in milliseconds."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * _MS)


def json_value(value: Any) -> Any:
    """Return what a JSON column held; some connections give it as text."""
    return json.loads(value) if isinstance(value, str) else value


def json_text(value: Any) -> str:
    """Return a value as both engines take it into a JSON column."""
    return json.dumps(value, ensure_ascii=False)


def placeholders(n: int) -> str:
    """Return the marks of a list of values."""
    return ", ".join(["%s"] * n)
