"""Deal pages out to the workers: a hand of pages stays together, and its HTML is checked as one."""

from collections.abc import Sequence
from pathlib import Path

import pytest


def dealt(names: Sequence[str], who: str, n_hands: int) -> list:
    """Return names as parameters, by turns in one of the hands."""
    return [pytest.param(name, marks=_hand(who, i % n_hands)) for i, name in enumerate(names)]


def hands(who: str, n_hands: int) -> list:
    """Return the hands themselves as parameters."""
    return [pytest.param(f"{who}-{i}", marks=_hand(who, i)) for i in range(n_hands)]


def _hand(who: str, number: int) -> pytest.MarkDecorator:
    return pytest.mark.xdist_group(f"{who}-{number}")


def folder_of_hand(request: pytest.FixtureRequest, parent: Path) -> Path:
    """Return where the HTML of a test's hand is collected."""
    folder = parent / request.node.get_closest_marker("xdist_group").args[0]
    folder.mkdir(exist_ok=True)
    return folder


def keep_files_together(items: list[pytest.Item], below: Path) -> None:
    """Let the tests of a file stay with one worker, unless they were dealt out."""
    for item in items:
        if item.path.is_relative_to(below) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(below).as_posix()))
