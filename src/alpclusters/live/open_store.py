"""A connection to the database of the settings, of the kind it is."""

from typing import TYPE_CHECKING

from alpclusters.live.stores import SqliteStore
from alpclusters.platform.database_address import Database

if TYPE_CHECKING:
    from alpclusters.live.postgres_store import PostgresStore


def open_store(database: Database) -> "SqliteStore | PostgresStore":
    """Open a connection to the database of the settings."""
    if database.is_sqlite:
        return SqliteStore.open(database.name)
    from alpclusters.live.postgres_store import PostgresStore  # noqa: PLC0415 - SQLite does without

    return PostgresStore.open(database)
