"""Mistakes that every test hunts for without being asked.

- a variable that a template shows but nobody filled
- a GET or HEAD that writes
- a list in pages without an order, and a date without a time zone: Django warns, and in our tests a
  warning is an error (`tests/test_hunters.py` shows it)
- rows without an order: SQLite hands them out in reverse, so that luck does not hide them
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.backends.signals import connection_created
from django.template import engines

# --- unknown variables of templates -----------------------------------------------------------

# Template (its start) -> why a variable may be missing there.
MAY_LACK_VARIABLES = {
    "django/forms/": "Django's own widgets show attributes that not every widget has",
    "account/email/": "allauth fills its mails differently for known and unknown addresses",
}
# These filters are how a template says that a variable may be missing.
DEFAULTS = {"default", "default_if_none"}


class UnknownVariables(str):
    """Stands where an unknown variable stands, and remembers it; shows nothing, as in production.

    Django asks whether the text for unknown variables is empty just when it needs it: the asking
    frame knows the expression.
    """

    __slots__ = ("found",)

    found: list[str]

    def __new__(cls) -> Self:
        new = super().__new__(cls, "")
        new.found = []
        return new

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        if frame.f_code.co_name == "resolve" and "context" in frame.f_locals:
            self._remember(frame.f_locals["self"], frame.f_locals["context"])
        return False

    def _remember(self, expression: Any, context: Any) -> None:
        filters = {function.__name__ for function, _ in getattr(expression, "filters", ())}
        render_context = getattr(context, "render_context", None)
        template = getattr(render_context, "template", None) or getattr(context, "template", None)
        name = getattr(template, "name", None) or "a template without a name"
        if filters & DEFAULTS or name.startswith(tuple(MAY_LACK_VARIABLES)):
            return
        self.found.append(f"{name}: {expression}")


@pytest.fixture(autouse=True)
def unknown_variables() -> Iterator[list[str]]:
    """Fail a test in which a template showed a variable that nobody filled."""
    engine = engines["django"].engine
    before, hunter = engine.string_if_invalid, UnknownVariables()
    engine.string_if_invalid = hunter
    yield hunter.found
    engine.string_if_invalid = before
    if hunter.found:
        pytest.fail("unknown variables: " + ", ".join(dict.fromkeys(hunter.found)), pytrace=False)


# --- writing ----------------------------------------------------------------------------------

WRITES = re.compile(
    r"\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?([\w.]+)", re.IGNORECASE
)
# Table -> why reading a page may write to it.
NO_CONTENT = {
    "django_session": "who is signed in, and messages shown once",
    "cache": "figures that can be computed again",
    "actors_indextodo": "the search index: what other tables say, in another form",
    "actors_indexversion": "likewise",
    "actors_indexword": "likewise",
    "actors_indexedorganisation": "likewise",
    "actors_indextext": "likewise",
    "evidence_searchtodo": "the search index of the evidence base",
    "evidence_searchtext": "likewise",
    "policy_givenhash": "that a document was handed out: its hash, once; no content",
}

# Address (its end) -> why reading it may write.
MAY_WRITE = {
    "/account/email/": "allauth notes the address of an account made elsewhere at first sight",
}


@dataclass
class Writes:
    """The tables a piece of work wrote to, apart from those that hold no content."""

    tables: list[str] = field(default_factory=list)

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        match = WRITES.match(sql)
        if match and match[2].lower() not in NO_CONTENT:
            self.tables.append(f"{match[1].split()[0].upper()} {match[2]}")
        return execute(sql, params, many, context)


@contextmanager
def writes_of_block() -> Iterator[Writes]:
    """Note every write to the database in a block."""
    writes = Writes()
    with connection.execute_wrapper(writes):
        yield writes


class ReadsOnly:
    """Listens to the requests of a test and notes which reading ones wrote."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._current: ExitStack | None = None
        self._writes = Writes()
        self._what = ""

    def begin(self, environ: dict[str, Any] | None = None, **_: object) -> None:
        self.end()
        if environ is None or environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            return
        if environ["PATH_INFO"].endswith(tuple(MAY_WRITE)):
            return
        self._what = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        self._writes, self._current = Writes(), ExitStack()
        self._current.enter_context(connection.execute_wrapper(self._writes))

    def end(self, **_: object) -> None:
        if self._current is None:
            return
        self._current.close()
        self._current = None
        self.found.extend(f"{self._what}: {write}" for write in self._writes.tables)


@pytest.fixture(autouse=True)
def reading_writes_nothing() -> Iterator[list[str]]:
    """Fail a test in which a GET or HEAD wrote to the database."""
    hunter = ReadsOnly()
    request_started.connect(hunter.begin)
    request_finished.connect(hunter.end)
    yield hunter.found
    request_started.disconnect(hunter.begin)
    request_finished.disconnect(hunter.end)
    hunter.end()
    if hunter.found:
        pytest.fail("reading wrote: " + ", ".join(dict.fromkeys(hunter.found)), pytrace=False)


# --- order ------------------------------------------------------------------------------------


def reverse_unordered_rows(connection: Any, **_: object) -> None:
    """Let SQLite hand out rows in reverse where a query names no order."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = ON")


connection_created.connect(reverse_unordered_rows)
