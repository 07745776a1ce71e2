"""A wake that was lost is made good: every half second the revisions are looked at."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final, Protocol

from alpclusters.platform.database_address import Database

EVERY_S: Final = 0.5
# Longer than a pause between two looks under load, shorter than a monitor waits.
SILENT_S: Final = 6.0
QUERY: Final = (
    "SELECT id, revision, content_revision, link_epoch, state, phase, sealed_at IS NULL"
    " FROM cafe_alpcafe WHERE state <> 'draft'"
)

log = logging.getLogger("alpclusters.live")

type Rows = dict[int, tuple[Any, ...]]


class Look(Protocol):
    """Reads the revisions."""

    def read(self) -> Rows | None:
        """Return the revisions of all AlpCafés by id, None where nothing was written since."""

    def close(self) -> None:
        """Let the connection go."""


class SqliteLook:
    """SQLite: the counter of the file says for nearly nothing whether anybody wrote."""

    def __init__(self, database: Database) -> None:
        self._path = Path(database.name)
        self._file = sqlite3.connect(database.name, timeout=5, check_same_thread=False)
        self._inode = self._path.stat().st_ino
        self._file.execute("PRAGMA query_only = ON")
        self._version = -1

    def read(self) -> Rows | None:
        """Read if somebody has written; fails where the file is gone or another one."""
        if self._path.stat().st_ino != self._inode:
            raise FileNotFoundError(self._path)
        (version,) = self._file.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return None
        self._version = version
        return _by_id(self._file.execute(QUERY).fetchall())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class PostgresqlLook:
    """PostgreSQL: one small question; a connection that broke is made anew."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Any = None

    def read(self) -> Rows | None:
        """Read."""
        import psycopg  # noqa: PLC0415 - SQLite does without

        if self._connection is None or self._connection.closed:
            values = {"connect_timeout": "5", **self._database.connection_values()}
            self._connection = psycopg.connect(**values, autocommit=True)
        with closing(self._connection.cursor()) as cursor:
            return _by_id(cursor.execute(QUERY).fetchall())

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()


def look_at(database: Database) -> Look:
    """Return what reads the revisions of a database."""
    return SqliteLook(database) if database.is_sqlite else PostgresqlLook(database)


class Watch:
    """Looks at the database again and again, and knows whether it answers.

    Parameters
    ----------
    look : Look
    reload : callable
        Reads an AlpCafé again.
    """

    def __init__(self, look: Look, reload: Callable[[int], Awaitable[None]]) -> None:
        self._look, self._reload = look, reload
        self._seen: Rows | None = None
        self._answered_at = time.monotonic()

    @property
    def answers(self) -> bool:
        """Say whether the database has answered within the last seconds."""
        return time.monotonic() - self._answered_at < SILENT_S

    async def run(self) -> None:
        """Read each AlpCafé again whose revision is another than it was; until cancelled."""
        was_away = False
        while True:
            try:
                await self._once()
            except Exception:
                # The database is away for a moment: the phones go on, this looks again.
                if not was_away:
                    log.warning("the database does not answer", exc_info=True)
                was_away = True
            else:
                if was_away:
                    log.warning("the database answers again")
                was_away = False
            await asyncio.sleep(EVERY_S)

    async def _once(self) -> None:
        rows = await asyncio.to_thread(self._look.read)
        self._answered_at = time.monotonic()
        if rows is not None:
            for event in changed(self._seen, rows):
                await self._reload(event)
            self._seen = rows


def changed(seen: Rows | None, rows: Rows) -> list[int]:
    """List what is other than it was; at the first look all that are open."""
    if seen is None:
        return sorted(event for event, row in rows.items() if "open" in row)
    return sorted(event for event in seen | rows if seen.get(event) != rows.get(event))


def _by_id(rows: list[tuple[Any, ...]]) -> Rows:
    return {row[0]: tuple(row[1:]) for row in rows}
