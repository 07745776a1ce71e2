"""What the database really holds, read by code that the server does not use."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

Row = tuple[str, int, int, int | None, bool]
QUERY = "SELECT key, participant_id, measure_id, criterion_id, value, cannot_judge FROM cafe_rating"


def read_ratings(home: Path, database_url: str) -> list[tuple[Any, ...]]:
    """Return key, participant, measure, criterion, value, cannot judge of every rating."""
    if database_url:
        import psycopg

        with psycopg.connect(database_url) as connection:
            return connection.execute(QUERY).fetchall()
    with closing(sqlite3.connect(home / "alpclusters.sqlite3", timeout=20)) as connection:
        return connection.execute(QUERY).fetchall()


def compare(acknowledged: Mapping[str, list[Any]], rows: list[tuple[Any, ...]]) -> dict[str, int]:
    """Compare what phones were promised with what is there.

    ``lost``: acknowledged and absent, or there with another value. ``doubled``: a key that is
    there twice. ``never_acknowledged``: stored although no phone heard so (allowed: the answer
    was lost on its way).
    """
    stored: dict[str, tuple[Any, ...]] = {}
    doubled = 0
    for key, *rest in rows:
        doubled += key in stored
        stored[key] = tuple(rest)
    lost = sum(not _is_there(what, stored.get(key)) for key, what in acknowledged.items())
    return {
        "stored": len(stored),
        "lost": lost,
        "doubled": doubled,
        "never_acknowledged": len(stored.keys() - acknowledged.keys()),
    }


def _is_there(what: list[Any], row: tuple[Any, ...] | None) -> bool:
    _, measure, criterion, value, *_ = what
    return row is not None and (row[1], row[2], row[3], bool(row[4])) == (
        measure,
        criterion,
        value,
        value is None,
    )
