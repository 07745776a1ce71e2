"""Fixtures for everybody: the shared data, hypothesis profiles, ``--database=postgresql``."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.clients import one_chain_of_middleware  # noqa: F401 - for every test
from tests.databases import (  # noqa: F401 - for every test
    django_db_modify_db_settings,
    pytest_runtest_teardown,
)
from tests.draws import draws_of_the_first_cafe  # noqa: F401 - for every test
from tests.hunters import reading_writes_nothing, unknown_variables  # noqa: F401 - for every test

ROOT = Path(__file__).resolve().parents[1]
ASKING_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
ASKING_MARKS = ("django_db", "database", "trail")

settings.register_profile("fast", max_examples=20, derandomize=True, deadline=None)
settings.register_profile("ci", max_examples=100, derandomize=True, deadline=None)
settings.register_profile("full", max_examples=500, derandomize=True, deadline=None)
# Other cases each time, for whoever looks for faults; what it finds becomes an @example.
settings.register_profile("hunt", max_examples=3000, derandomize=False, deadline=None)
settings.load_profile(os.environ.get("ALPCLUSTERS_HYPOTHESIS", "fast"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--database``."""
    parser.addoption(
        "--database",
        choices=["postgresql"],
        help="only tests that use the database, on the PostgreSQL that DATABASE_URL names",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what never uses the database: on another one it is the same test."""
    if not config.getoption("--database"):
        return
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        raise pytest.UsageError("DATABASE_URL names no PostgreSQL (or run: ./check postgres-tests)")
    kept = [item for item in items if uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
    items[:] = kept


def uses_database(item: pytest.Item) -> bool:
    """Say whether a test may use the configured database.

    pytest-django forbids it to a test that does not ask for it; a test that hands it to a process
    of its own carries the mark ``database``.
    """
    is_marked = any(item.get_closest_marker(name) for name in ASKING_MARKS)
    return is_marked or not ASKING_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data for development; a clone elsewhere has none."""
    folder = Path(os.environ.get("ALPCLUSTERS_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("the shared data are not here (ALPCLUSTERS_SHARED)")
    return folder


@pytest.fixture(autouse=True)
def in_english():
    """Start every test in English: a request leaves its language active in the thread."""
    from django.utils import translation  # noqa: PLC0415 - settings are read first

    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(autouse=True)
def with_its_own_regions():
    """Forget what was built from regions: a test that is taken back frees their numbers."""
    yield
    from alpclusters.platform.territory.domain import finding, lookups  # noqa: PLC0415 - as above

    finding._known_regions.cache_clear()
    lookups._build.cache_clear()


@pytest.fixture(autouse=True)
def with_its_own_head():
    """Forget the last entry of a security log: a test that is taken back takes it with it."""
    from alpclusters.platform.trust.domain import log  # noqa: PLC0415 - as above

    log._head_path().unlink(missing_ok=True)


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):  # noqa: ARG001 - the first makes the tables
    """Let fixtures of a whole file write: its tests work in savepoints, the rest is taken back."""
    from django.db import transaction  # noqa: PLC0415 - as above

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
