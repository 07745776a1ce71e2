"""The demonstration, built once for a file and taken back, and a visitor who remembers pages."""

from functools import cache

import pytest

from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.www.truth.numbers import visitor
from tests.scenario.conftest import project  # noqa: F401 - the demonstration, once for a file


@pytest.fixture(scope="module")
def remembered(project):  # noqa: ARG001, F811 - the pages are those of the demonstration
    """How a visitor reads a page of the demonstration; each is read once."""
    return cache(visitor())


@pytest.fixture
def last():
    """The evaluation that was made last; what its number is depends on what came before it."""
    return Snapshot.objects.latest("pk")
