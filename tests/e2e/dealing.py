"""Deal pages out to the workers: a hand of pages stays together, and its HTML is checked as one."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

# The name of a test tells its hand, since it is all that workers tell of their tests.
HAND: Final = re.compile(r"([a-z]+-\d+)~")


def dealt(names: Sequence[str], who: str, n_hands: int) -> list:
    """Return names as parameters, by turns in one of the hands."""
    return [pytest.param(name, id=f"{who}-{i % n_hands}~{name}") for i, name in enumerate(names)]


def hands(who: str, n_hands: int) -> list:
    """Return the hands themselves as parameters."""
    return [pytest.param(f"{who}-{i}", id=f"{who}-{i}~") for i in range(n_hands)]


def folder_of_hand(request: pytest.FixtureRequest, parent: Path) -> Path:
    """Return where the HTML of a test's hand is collected."""
    folder = parent / together(request.node.nodeid)
    folder.mkdir(exist_ok=True)
    return folder


def together(nodeid: str) -> str:
    """Return what a test stays together with: its hand, else its file."""
    found = HAND.search(nodeid)
    return found[1] if found else nodeid.split("::", 1)[0]


def make_scheduler(config: pytest.Config, log: object) -> object:
    """Return who gives the tests to the workers: a hand or a file to one of them."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only with several workers

    class Dealing(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return together(nodeid)

    return Dealing(config, log)
