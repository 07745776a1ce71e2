import pytest

from tests.permissions.page import TARGET, document

pytestmark = pytest.mark.unit


def test_page_for_developers_is_as_the_table_says():
    message = "run: python -m tests.permissions.page"

    assert TARGET.read_text(encoding="utf-8") == document(), message
