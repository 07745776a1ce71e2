"""Which tests run on PostgreSQL too, and which files begin first.

``--database`` leaves out what never asks the configured database: on another one it is the same
test. Nobody has to say so, since pytest-django forbids the database to a test that does not ask
for it; a test that hands it to a process of its own carries the mark ``database``.

Of those that ask it, the other database is given every statement that the tests sent to SQLite
(tests/statements.py), but not five times: tests/covering.py takes few and short tests that together
send all of them. Tests that make or examine tables, that commit or that have no notes stay. Without
notes, and with ``--database all`` (./check full), all run.
"""

import gc
from functools import cache
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

import pytest

from tests.covering import cover
from tests.databases import COMMITTING, commits
from tests.statements import Note, folder, read_notes

FIXTURES: Final = {"db", "django_db_setup", *COMMITTING}
MARKS: Final = ("django_db", "database", "trail")
# Longest first, by CPU time: otherwise a worker is alone with one of them at the end.
LONG: Final = (
    # Pages, dealt out; between them what waits, for servers of its own or for frames. What changes
    # the server of all pages comes after them.
    *("e2e/test_offline.py", "e2e/test_pages.py", "e2e/test_phone.py"),
    *("e2e/test_workspace_pages.py", "e2e/test_sameness.py", "e2e/test_whole_event.py"),
    "e2e/test_trail.py",
    *("e2e/funding/test_case_pages.py", "e2e/policy/test_plan_views.py"),
    *("e2e/policy/test_two_editors.py", "e2e/network/test_postings.py", "e2e/test_coding.py"),
    *("e2e/network/test_introduction.py", "e2e/network/test_meetings.py"),
    *("permissions/test_permissions.py", "permissions/test_leaks.py", "live/test_processes.py"),
    *("cli/test_evaluate.py", "platform/test_migrations.py", "reports/test_protocol.py"),
    "www/workspace/test_preparation.py",
)
# Of servers and streams: they wait more than they work. Dealt out among the others, they are not
# all waited for at once by workers who have nothing else left to do.
WAITING: Final = "live/"
HERE: Final = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--database``."""
    parser.addoption(
        "--database",
        nargs="?",
        const="chosen",
        choices=["chosen", "all"],
        help="only tests that can differ on another database; all: that ask the database at all",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, then begin with the long files."""
    if which := config.getoption("--database"):
        asking = [item for item in items if asks_database(item)]
        notes = read_notes(folder().glob("*.json")) if which == "chosen" else {}
        kept = chosen(asking, notes) if notes else asking
        keep_only(kept, config, items)
    items.sort(key=place)
    items[:] = spread(items)


def keep_only(kept: list[pytest.Item], config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave all other tests out, and have them counted."""
    left_out = set(items) - set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = kept


def pytest_collection_finish() -> None:
    """Take what is there now, and stays, out of the search for rings of objects."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Search once more for what was forgotten open; pytest would do it five times over."""
    gc.collect()
    gc.freeze()


def asks_database(item: pytest.Item) -> bool:
    """Say whether a test may ask the configured database."""
    is_marked = any(item.get_closest_marker(name) for name in MARKS)
    return is_marked or not FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def chosen(items: list[pytest.Item], notes: dict[str, Note]) -> list[pytest.Item]:
    """Return the tests that together send every statement in little time."""
    kept = {item.nodeid for item in items if stays(item, notes.get(item.nodeid))}
    noted = {item.nodeid: notes.get(item.nodeid, Note()) for item in items}
    wanted = cover(noted, kept)
    return [item for item in items if item.nodeid in wanted]


def stays(item: pytest.Item, note: Note | None) -> bool:
    """Say whether a test runs on the other database whatever it sends."""
    if note is None or note.is_special or item.get_closest_marker("database"):
        return True
    return commits(item)


def spread(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return tests, long files in front, with those that wait dealt out evenly among the rest."""
    files = [list(tests) for _, tests in groupby(items, key=name_of)]
    long = [file for file in files if place(file[0]) < len(LONG)]
    rest = files[len(long) :]  # the long ones stand in front
    waiting = [file for file in rest if waits(file[0])]
    others = [file for file in rest if not waits(file[0])]
    rows = [(i / len(row), file) for row in (others, waiting) for i, file in enumerate(row)]
    mixed = [file for _, file in sorted(rows, key=itemgetter(0))]
    return [*chain.from_iterable(long + mixed)]


def waits(item: pytest.Item) -> bool:
    """Say whether a test is in one of the files that wait."""
    return name_of(item).startswith(WAITING)


def name_of(item: pytest.Item) -> str:
    """Return the path of a test's file from here; nothing for a file elsewhere."""
    return _name_in(item.path)


@cache
def _name_in(path: Path) -> str:
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else ""


def place(item: pytest.Item) -> int:
    """Return where a test's file stands among the long ones; all others come after them."""
    name = name_of(item)
    return LONG.index(name) if name in LONG else len(LONG)
