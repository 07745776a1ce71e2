"""Keep the index of the evidence base up to date.

Triggers note what changed (`schema`); a search reads a few noted things itself unless somebody
else is writing, an import leaves the rest to the worker (`refresh_all`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.db.models import Model, Q

from alpclusters.platform.actors.domain.directory.documents import tokens
from alpclusters.platform.actors.domain.directory.texts import Texts, texts
from alpclusters.platform.evidence.domain.search import schema
from alpclusters.platform.evidence.domain.search.schema import Kind, row_of, thing_at
from alpclusters.platform.evidence.models import (
    Activity,
    Document,
    DocumentPage,
    Initiative,
    Lesson,
    Participation,
    SearchTodo,
)
from alpclusters.platform.measures.models import Measure

# --- What is searched in each kind of thing, read for many at once --------------------------------


type Tokens = frozenset[str]
# Words of the names, and all words.
type Words = dict[int, tuple[Tokens, Tokens]]

# Nobody types these as words: a digit in front, then letters.
PUBLIC: Final = "0public"
_LONGEST: Final = 20_000


def read_words(rows: Iterable[int]) -> Words:
    """Read the words of the things at some rows; what is gone is missing in the answer."""
    by_kind: dict[Kind, list[int]] = defaultdict(list)
    for row in rows:
        kind, number = thing_at(row)
        by_kind[kind].append(number)
    return {row: words for kind, pks in by_kind.items() for row, words in _READ[kind](pks).items()}


def _texts(row: dict[str, Any], fields: Sequence[str]) -> Iterator[str]:
    """Yield the texts of some fields in all languages."""
    for field in fields:
        yield from row[field].by_language.values()


def _words(
    names: Sequence[Any], others: Sequence[Any], *, is_public: bool
) -> tuple[Tokens, Tokens]:
    named = tokens(*(str(text) for text in names if text))
    every = named | tokens(*(str(text)[:_LONGEST] for text in others if text))
    return named, every | {PUBLIC} if is_public else every


def _rows(model: type[Model], pks: Sequence[int], *fields: str) -> list[dict[str, Any]]:
    found: Any = model._default_manager.filter(pk__in=pks).order_by()
    return list(found.values("pk", *fields))


def _initiatives(pks: Sequence[int]) -> Words:
    partners = _partners(pks)
    names, others = ("title",), ("topic", "aims")
    rows = _rows(
        Initiative,
        pks,
        *("acronym", "is_published", "keywords", "reference", "call", "programme__name"),
        *names,
        *others,
    )
    return {
        row_of(Kind.INITIATIVE, row["pk"]): _words(
            [row["acronym"], *_texts(row, names)],
            [
                *_texts(row, others),
                *row["keywords"],
                row["reference"],
                row["call"],
                row["programme__name"],
                *partners[row["pk"]],
            ],
            is_public=row["is_published"],
        )
        for row in rows
    }


def _partners(pks: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Participation.objects.filter(initiative__in=pks).order_by()
    for pk, name in rows.values_list("initiative_id", "name"):
        found[pk].append(name)
    return found


def _activities(pks: Sequence[int]) -> Words:
    names, others = ("name",), ("what", "output", "result")
    kinds = _type_names()
    rows = _rows(
        Activity, pks, "measure_type", "state", "initiative__is_published", *names, *others
    )
    return {
        row_of(Kind.ACTIVITY, row["pk"]): _words(
            [*_texts(row, names)],
            [*_texts(row, others), *kinds.get(row["measure_type"], ())],
            is_public=row["initiative__is_published"] and row["state"] != Activity.State.OPEN,
        )
        for row in rows
    }


def _type_names() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the types of measures in all languages."""
    rows = Measure.objects.filter(project__isnull=True).order_by()
    named: Iterable[tuple[str, Any]] = rows.values_list("type_key", "name")
    return {type_key: tuple(name.by_language.values()) for type_key, name in named}


def _lessons(pks: Sequence[int]) -> Words:
    names, others = ("statement",), ("condition", "answer")
    rows = _rows(Lesson, pks, "is_published", *names, *others)
    return {
        row_of(Kind.LESSON, row["pk"]): _words(
            [*_texts(row, names)],
            [*_texts(row, others)],
            is_public=row["is_published"],
        )
        for row in rows
    }


def _documents(pks: Sequence[int]) -> Words:
    shown = _shown_documents(pks)
    rows = _rows(Document, pks, "title", "authors", "locator", "year")
    return {
        row_of(Kind.DOCUMENT, row["pk"]): _words(
            [row["title"]],
            [row["authors"], row["locator"], row["year"]],
            is_public=row["pk"] in shown,
        )
        for row in rows
    }


def _shown_documents(pks: Sequence[int]) -> set[int]:
    """Return the documents that something published rests on."""
    rests = (
        Q(initiatives__is_published=True)
        | Q(quotations__lesson__is_published=True)
        | Q(measures__is_published=True)
    )
    rows = Document.objects.filter(rests, pk__in=pks).order_by()
    return set(rows.values_list("pk", flat=True))


def _pages(pks: Sequence[int]) -> Words:
    """The text of a page is public where the file is."""
    rows = _rows(DocumentPage, pks, "text", "document__is_open")
    return {
        row_of(Kind.PAGE, row["pk"]): _words([], [row["text"]], is_public=row["document__is_open"])
        for row in rows
    }


_READ: Final[Mapping[Kind, Callable[[Sequence[int]], Words]]] = {
    Kind.INITIATIVE: _initiatives,
    Kind.ACTIVITY: _activities,
    Kind.LESSON: _lessons,
    Kind.DOCUMENT: _documents,
    Kind.PAGE: _pages,
}


def dependants(rows: Iterable[int]) -> set[int]:
    """Return what is public or not because of these things: it is read anew with them."""
    initiatives = [n for kind, n in map(thing_at, rows) if kind is Kind.INITIATIVE]
    documents = [n for kind, n in map(thing_at, rows) if kind is Kind.DOCUMENT]
    found = {
        row_of(Kind.ACTIVITY, pk)
        for pk in Activity.objects.filter(initiative__in=initiatives).values_list("pk", flat=True)
    }
    about = Document.objects.filter(initiatives__in=initiatives).values_list("pk", flat=True)
    found |= {row_of(Kind.DOCUMENT, pk) for pk in about}
    pages = DocumentPage.objects.filter(document__in=documents).values_list("pk", flat=True)
    return found | {row_of(Kind.PAGE, pk) for pk in pages}


# --- Keep the index of the evidence base up to date -----------------------------------------------


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
