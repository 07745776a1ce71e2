"""The worked examples of docs/methods/network-positions.md run."""

import doctest
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "network-positions.md"


def test_worked_examples_of_the_page_hold():
    result = doctest.testfile(str(PAGE), module_relative=False)

    assert result.failed == 0
    assert result.attempted > 20
