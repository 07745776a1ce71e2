"""The worked examples of the methods pages run."""

import doctest
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
PAGES = sorted(page.name for page in METHODS.glob("*.md") if ">>> " in page.read_text("utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_worked_examples_of_the_page_hold(name):
    result = doctest.testfile(str(METHODS / name), module_relative=False)

    assert result.failed == 0
    assert result.attempted > 0
