"""The worked examples of the page on matching run, and its names are the public ones."""

import doctest
import re
from pathlib import Path

import pytest

from alpclusters.analysis import matching

pytestmark = pytest.mark.unit

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "matching.md"


def test_worked_examples_of_the_page_hold():
    result = doctest.testfile(str(PAGE), module_relative=False)

    assert result.failed == 0
    assert result.attempted > 20


def test_first_table_names_everything_public():
    table = PAGE.read_text(encoding="utf-8").split("## Who may")[0]
    rows = "\n".join(line for line in table.splitlines() if line.startswith("| `"))

    assert set(re.findall(r"`(\w+)`", rows)) == set(matching.__all__)
