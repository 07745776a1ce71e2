"""Build the same again by the same statements.

Many tests begin with the same plan in an empty database, and real code builds it: forty
milliseconds for two hundred statements that are the same each time. What a factory sends the first
time is sent again the next time, and what it returned is handed out as it was then. Only where
that is the same: on SQLite (PostgreSQL counts on after a rollback), in a database in which nothing
was written since it was made, with arguments that are no objects. In any other case the factory
works as always, and so it does the first time in every process.
"""

import pickle
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import cache, wraps
from typing import Any

from django.db import connection, transaction

from tests.databases import original, sequences_in
from tests.statements import DIARY, is_writing

PLAIN = (str, int, bool, date, type(None))  # a moment is a date too


@dataclass
class Recording:
    """What a factory sent and left to be done after the commit, and what it returned."""

    sent: list[tuple[str, tuple]] = field(default_factory=list)
    waiting: list[tuple[Callable, bool]] = field(default_factory=list)
    made: bytes = b""

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        if is_writing(sql):
            rows = params if many else [params]
            self.sent += [(sql, tuple(row or ())) for row in rows]
        return execute(sql, params, many, context)


def replayed[**P, R](make: Callable[P, R]) -> Callable[P, R]:
    """Let a factory that only writes to the database work once for the same arguments."""
    known: dict[tuple, Recording] = {}

    @wraps(make)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        key = frozen((args, sorted(kwargs.items())))
        if not (is_plain(key) and is_untouched()):
            return make(*args, **kwargs)
        if key not in known:
            known[key] = record(lambda: make(*args, **kwargs))
        else:
            replay(known[key])
        return pickle.loads(known[key].made)  # noqa: S301 - written by this process

    return call


def record(make: Callable[[], Any]) -> Recording:
    """Let a factory work and note what it does."""
    found = Recording()
    before = len(connection.run_on_commit)
    with connection.execute_wrapper(found):
        made = make()
    found.waiting = [(do, robust) for _, do, robust in connection.run_on_commit[before:]]
    found.made = pickle.dumps(made)
    return found


def replay(recording: Recording) -> None:
    """Send the same again."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in recording.sent:
            cursor.execute(sql, params)
            if "RETURNING" in sql:
                cursor.fetchall()
    for do, robust in recording.waiting:
        transaction.on_commit(do, robust=robust)


def frozen(value: Any) -> Any:
    """Return lists as tuples, so that they can be looked up."""
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def is_plain(key: tuple) -> bool:
    """Say whether arguments are plain values all through."""
    return all(is_plain(one) if isinstance(one, tuple) else isinstance(one, PLAIN) for one in key)


def is_untouched() -> bool:
    """Say whether the database is as the first worker made it."""
    if connection.vendor != "sqlite" or DIARY.current.has_written or not connection.in_atomic_block:
        return False
    return sequences_in(connection.connection) == sequences_of_empty()


@cache
def sequences_of_empty() -> frozenset:
    """Return how many rows each table of the empty database has ever had."""
    with closing(sqlite3.connect(original())) as file:
        return sequences_in(file)
