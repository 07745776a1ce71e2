"""The words of the index in the database: one interface over FTS5 and PostgreSQL's vectors."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from alpclusters.platform.actors.domain.directory.queries import Needle, Way
from alpclusters.platform.actors.domain.directory.schema import TEXTS

type Ids = NDArray[np.int64]
# Words of the names, and all words, of organisations.
type Words = Mapping[int, tuple[frozenset[str], frozenset[str]]]
# All of these, each by one of its ways.
type Expression = Sequence[Sequence[Way]]

BATCH: Final = 500


class Texts(Protocol):
    """What both databases can do."""

    def store(self, words: Words) -> None:
        """Write the words of organisations, over what was there."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget organisations."""

    def clear(self) -> None:
        """Forget all."""

    def tokens_of(self, ids: Sequence[int]) -> Words:
        """Read the words back."""

    def matching(self, expression: Expression, *, in_names: bool) -> Ids:
        """Return the organisations that an expression fits, in no order."""


def texts(table: str = TEXTS, key: str = "organisation_id") -> Texts:
    """Return the words of the database that is in use.

    Parameters
    ----------
    table : str
        Of the words; made by `schema.create_texts`.
    key : str
        Its column on PostgreSQL; FTS5 calls it ``rowid``.
    """
    return _PostgreSql(table, key) if connection.vendor == "postgresql" else _Sqlite(table)


class _Sqlite:
    def __init__(self, table: str) -> None:
        self.table = table

    def store(self, words: Words) -> None:
        self.remove(list(words))
        rows = [
            (pk, " ".join(sorted(names)), " ".join(sorted(every - names)))
            for pk, (names, every) in words.items()
        ]
        _many(f"INSERT INTO {self.table} (rowid, names, others) VALUES (%s, %s, %s)", rows)  # noqa: S608

    def remove(self, ids: Sequence[int]) -> None:
        _many(f"DELETE FROM {self.table} WHERE rowid = %s", [(pk,) for pk in ids])  # noqa: S608

    def clear(self) -> None:
        _execute(f"DELETE FROM {self.table}")  # noqa: S608

    def tokens_of(self, ids: Sequence[int]) -> Words:
        sql = f"SELECT rowid, names, others FROM {self.table} WHERE rowid IN"  # noqa: S608
        return {
            pk: (frozenset(names.split()), frozenset(f"{names} {others}".split()))
            for pk, names, others in _rows_of(sql, ids)
        }

    def matching(self, expression: Expression, *, in_names: bool) -> Ids:
        asked = " AND ".join(f"({_joined(ways, ' OR ')})" for ways in expression)
        asked = f"names : ({asked})" if in_names else asked
        return _ids(f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s", [asked])  # noqa: S608


def _joined(ways: Iterable[Way], between: str) -> str:
    return between.join(f"({' AND '.join(map(_fts_needle, way.needles))})" for way in ways)


def _fts_needle(needle: Needle) -> str:
    return f'"{needle.text}"{"*" if needle.is_prefix else ""}'


class _PostgreSql:
    def __init__(self, table: str, key: str) -> None:
        self.table, self.key = table, key

    def store(self, words: Words) -> None:
        rows = [(pk, sorted(names), sorted(every)) for pk, (names, every) in words.items()]
        _many(
            f"INSERT INTO {self.table} ({self.key}, names, words) VALUES "  # noqa: S608
            "(%s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[])) "
            f"ON CONFLICT ({self.key}) DO UPDATE "
            "SET names = EXCLUDED.names, words = EXCLUDED.words",
            rows,
        )

    def remove(self, ids: Sequence[int]) -> None:
        _execute(f"DELETE FROM {self.table} WHERE {self.key} = ANY(%s)", [list(ids)])  # noqa: S608

    def clear(self) -> None:
        _execute(f"TRUNCATE {self.table}")

    def tokens_of(self, ids: Sequence[int]) -> Words:
        sql = (
            f"SELECT {self.key}, tsvector_to_array(names), tsvector_to_array(words) "  # noqa: S608
            f"FROM {self.table} WHERE {self.key} IN"
        )
        return {pk: (frozenset(names), frozenset(every)) for pk, names, every in _rows_of(sql, ids)}

    def matching(self, expression: Expression, *, in_names: bool) -> Ids:
        column = "names" if in_names else "words"
        asked = " & ".join(
            "(" + " | ".join(f"({' & '.join(map(_ts_needle, w.needles))})" for w in ways) + ")"
            for ways in expression
        )
        sql = f"SELECT {self.key} FROM {self.table} WHERE {column} @@ %s::tsquery"  # noqa: S608
        return _ids(sql, [asked])


def _ts_needle(needle: Needle) -> str:
    return f"'{needle.text}'{':*' if needle.is_prefix else ''}"


def _execute(sql: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def _many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def _ids(sql: str, values: Sequence[Any]) -> Ids:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return np.array(cursor.fetchall(), dtype=np.int64).reshape(-1)


def _rows_of(sql: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(ids), BATCH):
            part = list(ids[start : start + BATCH])
            cursor.execute(f"{sql} ({', '.join(['%s'] * len(part))})", part)
            found += cursor.fetchall()
    return found
