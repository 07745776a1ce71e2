"""What each test asks the database, so that another database is asked all of it with fewer tests.

Wherever tests run on SQLite, each statement they send is noted by its shape, one that was refused
apart from the same one that was taken. What a test itself reads or counts in one table, to compare,
is the same on every database and is not noted. How tables are made and looked at differs from
database to database, so of that is only noted which tests do it. `tests/choosing.py` takes from it
the tests that ./check runs on PostgreSQL. Loaded with ``-p tests.statements``.
"""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from django.db import DatabaseError
from django.db.backends.signals import connection_created

from alpclusters.platform.languages.codes import LANGUAGE_CODES

# It makes no difference how many values are in a list, cases are told apart, and rows are in a
# statement or an answer, nor which language a column is in. The order in which some columns stand
# hangs on PYTHONHASHSEED, which ./check sets for all processes of a run.
LISTS: Final = re.compile(r"%s(?:, %s)+")
ROWS: Final = re.compile(r"\(%s\)(?:, \(%s\))+")
CASES: Final = re.compile(r'( WHEN \("\w+"\."\w+" = %s\) THEN %s)\1+')
LANGUAGES: Final = re.compile(rf"_(?:{'|'.join(LANGUAGE_CODES)})(?=\")")
LIMITS: Final = re.compile(r"\b(LIMIT|OFFSET) \d+")
NAMES: Final = re.compile(r"\bs\d+_x\d+\b")
ABOUT_TABLES: Final = ("CREATE", "ALTER", "DROP", "PRAGMA table", "PRAGMA index")
# A statement with one of these is not plain: a second table, a function, a pattern, a sum.
BEYOND_PLAIN: Final = re.compile(
    r"(?<!^)SELECT|JOIN|DISTINCT|GROUP BY|CASE|LIKE|GLOB|MATCH|REGEXP|COLLATE|\w\(|->|\|\||[+/%] "
)
# Who looks for the product from a statement outwards comes to it, or to who called the test.
PRODUCT: Final = "alpclusters."
ENDS: Final = (PRODUCT, "_pytest.")


@dataclass
class Note:
    """What one test did; it is special if it was about tables, or was skipped."""

    seconds: float = 0.0
    shapes: set[str] = field(default_factory=set)
    is_special: bool = False
    has_written: bool = field(default=False, compare=False)

    def note(self, sql: str, outcome: str = "") -> None:
        """Keep what was sent, and what came of it."""
        if sql.startswith(ABOUT_TABLES):
            self.is_special = True
        elif not is_plain(sql) or is_product_asking():
            self.shapes.add(outcome + shape_of(sql))
        self.has_written |= is_writing(sql)


class Diary:
    """Notes of this process, and the test that runs just now."""

    def __init__(self) -> None:
        self.notes: dict[str, Note] = {}
        self.current = Note()

    def forget(self) -> None:
        """Take back what the current test has sent: the empty database was made for all."""
        self.current = Note()

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        self.current.note(str(sql))
        try:
            return execute(sql, params, many, context)
        except DatabaseError:
            self.current.note(str(sql), "refused ")
            raise


DIARY: Final = Diary()


def listen(connection: Any, **_: object) -> None:
    """Note what is sent through a new connection to SQLite."""
    if connection.vendor == "sqlite" and DIARY not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, DIARY)


connection_created.connect(listen)


def is_writing(sql: str) -> bool:
    """Say whether a statement changes rows."""
    return sql.startswith(("INSERT", "UPDATE", "DELETE", "REPLACE"))


@cache
def is_plain(sql: str) -> bool:
    """Say whether a statement only reads or counts rows of one table by what its columns are."""
    return sql.startswith("SELECT") and not BEYOND_PLAIN.search(sql.replace("COUNT(*)", ""))


def is_product_asking() -> bool:
    """Say whether something of the product led here, and not a test alone."""
    frame: FrameType | None = sys._getframe(1)
    while frame and not (name := str(frame.f_globals.get("__name__"))).startswith(ENDS):
        frame = frame.f_back
    # A thread of its own has no test around it.
    return frame is None or name.startswith(PRODUCT)


@cache
def shape_of(sql: str) -> str:
    """Return a short name for what a statement is, whatever its values."""
    plain = NAMES.sub("s", ROWS.sub("(%s)", LISTS.sub("%s", CASES.sub(r"\1", sql))))
    plain = LANGUAGES.sub("", LIMITS.sub(r"\1 n", plain))
    return sha256(plain.encode()).hexdigest()[:12]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note under a test what is sent until it is taken down."""
    DIARY.current, began = Note(), time.process_time()
    done = yield
    DIARY.current.seconds = time.process_time() - began
    if DIARY.current.shapes:
        DIARY.notes[item.nodeid] = DIARY.current
    return done


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep apart what was skipped here: it may be meant for the other database."""
    DIARY.current.is_special |= report.skipped


def pytest_sessionfinish() -> None:
    """Leave the notes to the steps that follow."""
    if DIARY.notes:
        folder().mkdir(parents=True, exist_ok=True)
        write_notes(folder() / f"{os.getpid()}.json", DIARY.notes)


def folder() -> Path:
    """Return where the notes of all processes of one run lie."""
    return Path(os.environ["ALPCLUSTERS_TEST_HOMES"], "statements")


def write_notes(path: Path, notes: dict[str, Note]) -> None:
    """Write notes into a file."""
    rows = {name: [n.seconds, n.is_special, sorted(n.shapes)] for name, n in notes.items()}
    path.write_text(json.dumps(rows), encoding="utf-8")


def read_notes(paths: Iterable[Path]) -> dict[str, Note]:
    """Read the notes of several processes; of a test that two ran, those of the last."""
    found: dict[str, Note] = {}
    for path in sorted(paths):
        for name, (seconds, is_special, shapes) in json.loads(path.read_text("utf-8")).items():
            found[name] = Note(seconds, set(shapes), is_special)
    return found
