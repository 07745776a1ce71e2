"""Which tests run on PostgreSQL too, and which files begin first.

``--database`` leaves out what never asks the configured database: on another one it is the same
test. Nobody has to say so, since pytest-django forbids the database to a test that does not ask
for it; a test that hands it to a process of its own carries the mark ``database``.

What asks it runs there too, unless its folder stands below with a reason: a new test is in until
somebody says why not. ``--database all`` (./check full) asks nothing of the folders.
"""

import gc
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

FIXTURES: Final = {"db", "transactional_db", "django_db_setup", "live_server"}
MARKS: Final = ("django_db", "database", "trail")
# Folder -> why none of it can differ on another database.
SAME_THERE: Final = {
    "permissions": "who may do what is decided in Python, from rows that test_queries.py reads too",
}
# Folder -> why one test function of three, with its first parameters, is enough there.
SAMPLED_THERE: Final = {
    "www": "domain/ asks the database and is tried there; test_queries.py reads every page there",
    "reports": "documents show what domain/ has read",
}
ONE_OF: Final = 3
# Longest first, by CPU time: otherwise a worker is alone with one of them at the end.
LONG: Final = (
    # Servers of their own, then pages, dealt out; what changes the server of all pages comes last.
    *("e2e/test_offline.py", "e2e/test_phone.py", "e2e/test_pages.py"),
    *("e2e/test_workspace_pages.py", "e2e/test_whole_event.py", "e2e/test_trail.py"),
    *("permissions/test_permissions.py", "permissions/test_leaks.py", "live/test_processes.py"),
    *("cli/test_evaluate.py", "platform/test_migrations.py", "reports/test_protocol.py"),
    "www/workspace/test_preparation.py",
)
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
        kept = asking if which == "all" else chosen(asking)
        left_out = set(items) - set(kept)
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = kept
    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Take what is there now, and stays, out of the search for rings of objects."""
    gc.collect()
    gc.freeze()


def asks_database(item: pytest.Item) -> bool:
    """Say whether a test may ask the configured database."""
    is_marked = any(item.get_closest_marker(name) for name in MARKS)
    return is_marked or not FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def chosen(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return those that can differ on another database, by what their folders say."""
    seen: Counter[str] = Counter()
    return [item for item in items if _is_chosen(item, seen)]


def _is_chosen(item: pytest.Item, seen: Counter[str]) -> bool:
    """Count the functions of each sampled file; the first of three is taken, once."""
    folder = name_of(item).partition("/")[0]
    if item.get_closest_marker("database"):
        return True
    if folder not in SAMPLED_THERE:
        return folder not in SAME_THERE
    function = item.nodeid.partition("[")[0]
    seen[function] += 1
    if seen[function] > 1:
        return False
    seen[name_of(item)] += 1
    return seen[name_of(item)] % ONE_OF == 1


def name_of(item: pytest.Item) -> str:
    """Return the path of a test's file from here; nothing for a file elsewhere."""
    path = item.path
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else ""


def place(item: pytest.Item) -> int:
    """Return where a test's file stands among the long ones; all others come after them."""
    name = name_of(item)
    return LONG.index(name) if name in LONG else len(LONG)
