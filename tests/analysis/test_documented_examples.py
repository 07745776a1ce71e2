"""The worked examples of the methods pages run."""

import doctest
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"


@pytest.mark.parametrize("name", ["conventions.md", "describing.md"])
def test_worked_examples_of_the_page_hold(name):
    result = doctest.testfile(str(METHODS / name), module_relative=False)

    assert result.failed == 0
    assert result.attempted > 0
