"""The demonstration, built once for a file and taken back, and a visitor who remembers pages."""

from functools import cache

import pytest

from alpclusters.www.truth.numbers import visitor
from tests.scenario.conftest import project  # noqa: F401 - the demonstration, once for a file


@pytest.fixture(scope="module")
def remembered(project):  # noqa: ARG001, F811 - the pages are those of the demonstration
    """How a visitor reads a page of the demonstration; each is read once."""
    return cache(visitor())
