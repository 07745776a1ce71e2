"""A hall for the tests of the live process."""

from collections.abc import Iterator

import pytest

from tests.live.hall_server import Hall
from tests.live.small_site import site


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def hall(home) -> Iterator[Hall]:
    """The live process without a site."""
    running = Hall(home).start()
    yield running
    running.stop()


@pytest.fixture
def hall_with_site(home) -> Iterator[Hall]:
    """The live process with a small site that tells what it was asked."""
    site.reset()
    running = Hall(home, site).start()
    yield running
    running.stop()
