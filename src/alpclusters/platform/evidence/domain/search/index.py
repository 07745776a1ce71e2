"""Keep the index of the evidence base up to date.

Triggers note what changed (`schema`); a search reads a few noted things itself unless somebody
else is writing, an import leaves the rest to the worker (`refresh_all`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import OperationalError, connection, transaction

from alpclusters.platform.actors.domain.directory.texts import Texts, texts
from alpclusters.platform.evidence.domain.search import schema
from alpclusters.platform.evidence.domain.search.texts import dependants, read_words
from alpclusters.platform.evidence.models import SearchTodo

AT_ONCE: Final = 200
BATCH: Final = 1_000
_LOCK: Final = 7_240_562

type Progress = Callable[[int, int], object]


def words_of_evidence() -> Texts:
    """Return the table of words."""
    return texts(schema.TEXTS, schema.KEY)


def n_waiting() -> int:
    """Count the things that a search does not find as they are now."""
    return SearchTodo.objects.values("row").distinct().count()


def refresh_some() -> bool:
    """Read a few noted things; say no at once where nothing is to do or somebody is writing."""
    if not SearchTodo.objects.exists():
        return False
    try:
        with _without_waiting(), transaction.atomic():
            return _is_mine() and _refresh(AT_ONCE) > 0
    except OperationalError:
        return False


def refresh_all(progress: Progress | None = None) -> int:
    """Read everything noted and return how many things that were."""
    total, done = SearchTodo.objects.count(), 0
    while True:
        with transaction.atomic():
            _wait_for_lock()
            n = _refresh(BATCH)
        if not n:
            return done
        done += n
        if progress:
            progress(done, max(total, done))


def rebuild(progress: Progress | None = None) -> int:
    """Make the whole index anew and return how many things it holds."""
    with transaction.atomic():
        _wait_for_lock()
        SearchTodo.objects.all().delete()
        words_of_evidence().clear()
        with connection.cursor() as cursor:
            for statement in schema.noting():
                cursor.execute(statement)
    return refresh_all(progress)


def _refresh(most: int) -> int:
    """Read up to so many noted things, and what is public because of them."""
    noted = list(SearchTodo.objects.order_by("pk").values_list("pk", "row")[:most])
    rows = {row for _, row in noted}
    if not rows:
        return 0
    SearchTodo.objects.filter(pk__in=[pk for pk, _ in noted]).delete()
    every = sorted(rows | dependants(rows))
    words = read_words(every)
    table = words_of_evidence()
    table.remove([row for row in every if row not in words])
    table.store(words)
    return len(rows)


def _is_mine() -> bool:
    """Take the lock of the index if nobody has it; on SQLite the transaction is the lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _wait_for_lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Let SQLite say at once that somebody is writing, instead of waiting for it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
