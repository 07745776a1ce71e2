"""Which tests run on PostgreSQL too, and which files begin first.

``--database`` leaves out what never asks the configured database: on another one it is the same
test. Nobody has to say so, since pytest-django forbids the database to a test that does not ask
for it; a test that hands it to a process of its own carries the mark ``database``.
"""

import gc
from pathlib import Path
from typing import Final

import pytest

FIXTURES: Final = {"db", "transactional_db", "django_db_setup", "live_server"}
MARKS: Final = ("django_db", "database", "trail")
# Longest first, by CPU time: otherwise a worker is alone with one of them at the end.
LONG: Final = (
    # Servers of their own, then pages, dealt out; what changes the server of all pages comes last.
    *("e2e/test_whole_event.py", "e2e/test_offline.py", "e2e/test_phone.py", "e2e/test_trail.py"),
    *("e2e/test_pages.py", "e2e/test_workspace_pages.py"),
    *("permissions/test_permissions.py", "permissions/test_leaks.py", "live/test_processes.py"),
    *("cli/test_evaluate.py", "platform/test_migrations.py", "permissions/test_headers.py"),
    *("reports/test_protocol.py", "www/workspace/test_preparation.py"),
)
HERE: Final = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--database``."""
    parser.addoption(
        "--database", action="store_true", help="only tests that ask the configured database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, then begin with the long files."""
    if config.getoption("--database"):
        others = [item for item in items if not asks_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if asks_database(item)]
    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Take what is there now, and stays, out of the search for rings of objects."""
    gc.collect()
    gc.freeze()


def asks_database(item: pytest.Item) -> bool:
    """Say whether a test may ask the configured database."""
    is_marked = any(item.get_closest_marker(name) for name in MARKS)
    return is_marked or not FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def place(item: pytest.Item) -> int:
    """Return where a test's file stands among the long ones; all others come after them."""
    path = item.path
    name = path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else ""
    return LONG.index(name) if name in LONG else len(LONG)
