"""Keep the index of the directory up to date.

Triggers note what changed (`schema`); a search indexes a few noted organisations itself unless
somebody else is writing, an import indexes the rest at its end (`refresh_all`), and ``serve``
looks whether anything is left when it starts.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from alpclusters.platform.actors.domain.directory.documents import Document, read_documents
from alpclusters.platform.actors.domain.directory.texts import Words, texts
from alpclusters.platform.actors.models import (
    IndexedOrganisation,
    IndexTodo,
    IndexVersion,
    IndexWord,
    Organisation,
)

FORMAT: Final = 1
AT_ONCE: Final = 200
BATCH: Final = 2_000
KEPT_VERSIONS: Final = 500
_LOCK: Final = 7_240_561
_FIELDS: Final = tuple(f.name for f in IndexedOrganisation._meta.concrete_fields)
_UPSERT: Final = (
    f"INSERT INTO {IndexedOrganisation._meta.db_table} ({', '.join(_FIELDS)}) "  # noqa: S608
    f"VALUES ({', '.join(['%s'] * len(_FIELDS))}) ON CONFLICT (organisation_id) DO UPDATE SET "
    + ", ".join(f"{name} = EXCLUDED.{name}" for name in _FIELDS if name != "organisation_id")
)

_WORDS: Final = IndexWord._meta.db_table
_ADD_WORDS: Final = (
    f"INSERT INTO {_WORDS} (word, n) VALUES (%s, %s) "  # noqa: S608
    f"ON CONFLICT (word) DO UPDATE SET n = {_WORDS}.n + EXCLUDED.n"
)

type Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class State:
    """The version a reader finds, and whether something waits to be indexed."""

    version: int
    token: str
    has_todo: bool


@dataclass(frozen=True, slots=True)
class Completeness:
    """How the index compares with what it should hold."""

    n_listed: int
    n_indexed: int
    n_waiting: int
    is_of_this_version: bool

    @property
    def is_complete(self) -> bool:
        """Whether a search finds everything as it is now."""
        is_even = self.n_listed == self.n_indexed and not self.n_waiting
        return is_even and (self.is_of_this_version or not self.n_listed)


def touch(organisation_ids: Sequence[int]) -> None:
    """Note organisations for indexing, in the caller's transaction.

    Changes of organisations, their names, profiles and labels are noted by the database itself;
    this is for changes around them.
    """
    rows = [IndexTodo(organisation_id=pk) for pk in dict.fromkeys(organisation_ids)]
    IndexTodo.objects.bulk_create(rows, batch_size=BATCH)


def read_state() -> State:
    """Read where the index stands, with one query."""
    sql = (
        "SELECT version, token, EXISTS (SELECT 1 FROM actors_indextodo) FROM actors_indexversion "
        "UNION ALL SELECT 0, '', EXISTS (SELECT 1 FROM actors_indextodo) ORDER BY 1 DESC LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        version, token, has_todo = cursor.fetchone()
    return State(version, token, bool(has_todo))


def refresh_some() -> bool:
    """Index a few noted organisations; say no at once where somebody else is writing."""
    try:
        with _without_waiting(), transaction.atomic():
            if not _is_mine():
                return False
            return bool(_refresh(AT_ONCE))
    except OperationalError:
        return False


def refresh_all(progress: Progress | None = None) -> int:
    """Index everything noted and return how many organisations that were."""
    total, done = IndexTodo.objects.count(), 0
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
    """Make the whole index anew, batch by batch, and return how many organisations it holds.

    Nobody who writes waits longer than for a batch; a rebuild that was cut off goes on with
    `refresh_all`. Until it is done, searches find what is indexed and say that more is to come.
    """
    with transaction.atomic():
        _wait_for_lock()
        IndexTodo.objects.all().delete()
        IndexWord.objects.all().delete()
        texts().clear()
        version = _new_version(made_by=fingerprint())
        IndexedOrganisation.objects.update(is_gone=True, version=version)
        touch(list(Organisation.objects.listed().order_by("pk").values_list("pk", flat=True)))
    done = refresh_all(progress)
    _analyse()
    return done


def ensure_index(progress: Progress | None = None) -> int:
    """Bring the index to this version of code and seed facts; safe to repeat."""
    if look_at().is_of_this_version:
        return refresh_all(progress)
    return rebuild(progress)


def look_at() -> Completeness:
    """Compare the index with the organisations."""
    last = IndexVersion.objects.order_by("-version").first()
    return Completeness(
        n_listed=Organisation.objects.listed().count(),
        n_indexed=IndexedOrganisation.objects.filter(is_gone=False).count(),
        n_waiting=IndexTodo.objects.values("organisation_id").distinct().count(),
        is_of_this_version=last is not None and last.fingerprint == fingerprint(),
    )


@cache
def fingerprint() -> str:
    """Return a checksum of what the index is made from besides organisations."""
    total = hashlib.sha256(str(FORMAT).encode())
    platform = Path(__file__).resolve().parents[3]
    for folder in ("actors", "territory"):
        for path in sorted((platform / folder / "seeds").glob("*.csv")):
            total.update(path.read_bytes())
    return total.hexdigest()


# --- one batch --------------------------------------------------------------------------------


def _refresh(most: int) -> int:
    """Index up to so many noted organisations; the caller holds the lock."""
    noted = list(IndexTodo.objects.order_by("pk").values_list("pk", "organisation_id")[: 4 * most])
    ids = list(dict.fromkeys(pk for _, pk in noted))[:most]
    if not ids:
        return 0
    chosen = set(ids)
    IndexTodo.objects.filter(pk__in=[pk for pk, own in noted if own in chosen]).delete()
    version = _new_version()
    _store(ids, version)
    return len(ids)


def _store(ids: Sequence[int], version: int) -> None:
    documents = read_documents(ids)
    words = _words_of(documents)
    before = texts().tokens_of(ids)
    gone = sorted(set(ids) - set(words))
    texts().remove([pk for pk in gone if pk in before])
    texts().store(words)
    _count_words(before, words)
    IndexedOrganisation.objects.filter(pk__in=gone).update(is_gone=True, version=version)
    _upsert([_row(document, version) for document in documents])


def _words_of(documents: Sequence[Document]) -> Words:
    found = {}
    for document in documents:
        names = document.name_tokens
        found[document.id] = (names, names | document.other_tokens)
    return found


def _row(document: Document, version: int) -> tuple[Any, ...]:
    known = {**document.values, "organisation_id": document.id, "version": version}
    return tuple(known.get(name, False) for name in _FIELDS)


def _upsert(rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows over what was there; plain SQL, because a list of 100,000 passes here."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_UPSERT, rows)


def _count_words(before: Words, after: Words) -> None:
    """Add and take away one organisation for each word it gained or lost."""
    changes: Counter[str] = Counter()
    for pk in before.keys() | after.keys():
        old = before[pk][1] if pk in before else frozenset()
        new = after[pk][1] if pk in after else frozenset()
        changes.update(new - old)
        changes.subtract(old - new)
    _change_counts({word: n for word, n in changes.items() if n})


def _change_counts(changes: Mapping[str, int]) -> None:
    with connection.cursor() as cursor:
        if changes:
            cursor.executemany(_ADD_WORDS, sorted(changes.items()))
        if any(n < 0 for n in changes.values()):
            cursor.execute(f"DELETE FROM {_WORDS} WHERE n <= 0")  # noqa: S608


def _analyse() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE actors_indextext")


# --- versions and locks -----------------------------------------------------------------------


def _new_version(*, made_by: str = "") -> int:
    """Begin a version; a few new rows do not make an older index one of this code."""
    last = IndexVersion.objects.order_by("-version").first()
    version = last.version + 1 if last else 1
    IndexVersion.objects.filter(version__lte=version - KEPT_VERSIONS).delete()
    IndexVersion.objects.create(
        version=version,
        token=secrets.token_hex(16),
        fingerprint=made_by or (last.fingerprint if last else fingerprint()),
        made_at=timezone.now(),
    )
    return version


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
        before: Any = cursor.fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
