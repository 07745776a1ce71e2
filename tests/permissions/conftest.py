"""The world is built once a file; every cell is asked in a savepoint that is rolled back."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.permissions.world import World, build_world


# Not scope="package": in a folder without __init__.py that means the whole session, and the world
# would stay in the database for every test that comes later.
@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:  # noqa: ARG001 - made before
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def without_a_line_per_refusal() -> Iterator[None]:
    """Write no line to the log for each of twenty thousand refusals that are asked for here."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(before)
