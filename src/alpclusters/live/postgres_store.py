"""The connection of the live process to PostgreSQL."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import psycopg

from alpclusters.live.stores import Row, StoreBusyError
from alpclusters.platform.database_address import Database

PROMISED: Final = "-c synchronous_commit=on"


class PostgresStore:
    """A connection to PostgreSQL that is opened again when it broke."""

    is_postgres = True
    # What the server must keep on; the third, synchronous_commit, each connection asks for.
    PROMISES: Final = ("fsync", "full_page_writes")

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        self._connect = connect
        self.connection = connect()

    @classmethod
    def open(cls, database: Database) -> "PostgresStore":
        """Connect to the database of the settings."""
        values = database.connection_values()
        # The last word counts: what the address asks for cannot take the promise back.
        values["options"] = f"{values.get('options', '')} {PROMISED}".strip()
        return cls(lambda: psycopg.connect(**values, autocommit=True))

    def fetch(self, sql: str, values: Row = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        if self.connection.closed:
            self._reconnect()
        return self.connection.execute(_raw(sql), tuple(values)).fetchall()

    def run(self, sql: str, values: Row = ()) -> int:
        """Run a statement and return how many rows it changed."""
        return self.connection.execute(_raw(sql), tuple(values)).rowcount

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        """Run a statement for each row of values."""
        with self.connection.cursor() as cursor:
            cursor.executemany(_raw(sql), rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do everything inside or nothing."""
        if self.connection.closed:
            self._reconnect()
        try:
            with self.connection.transaction():
                yield
        except (psycopg.IntegrityError, psycopg.DataError):
            raise
        except psycopg.Error as error:
            raise StoreBusyError(str(error)) from error

    def _reconnect(self) -> None:
        try:
            self.connection = self._connect()
        except psycopg.OperationalError as error:
            raise StoreBusyError(str(error)) from error

    def broken_promises(self) -> list[str]:
        """List the settings of the server with which a commit is not durable."""
        return [name for name in self.PROMISES if self.fetch(f"SHOW {name}")[0][0] == "off"]

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def _raw(sql: str) -> Any:
    return sql
