"""What ``./check fast`` asks before a commit, in less than two minutes.

``--quick`` keeps every unit test, and the first of each file that needs database, files or
processes, each in one case. What needs a second of processor time carries the mark ``slow`` and is
left to the whole ``./check``; what every change can break carries the mark ``gate`` and runs whole.
Loaded with ``-p tests.quick``.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pytest

FIRST_OF_A_FILE: Final = 3


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--quick``."""
    parser.addoption(
        "--quick", action="store_true", help="one case of the first tests of each file"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is long, and what asks once more."""
    if config.getoption("--quick"):
        kept = quick(items)
        left_out = set(items) - set(kept)
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = kept


def quick(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the first case of each unit test, and of the first other ones of each file."""
    kept = []
    asked: set[str] = set()
    n_of_file: Counter[str] = Counter()
    for item in items:
        name = item.nodeid.split("[", 1)[0]
        file = name.split("::", 1)[0]
        is_new = name not in asked and not item.get_closest_marker("slow")
        is_early = bool(item.get_closest_marker("unit")) or n_of_file[file] < FIRST_OF_A_FILE
        if item.get_closest_marker("gate") or (is_new and is_early):
            asked.add(name)
            n_of_file[file] += 1
            kept.append(item)
    return kept
