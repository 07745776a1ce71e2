"""Numbers on a page, read back."""

import pytest

from alpclusters.www.truth.marks import shows

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "value", "language"),
    [
        ("62", 62, "de"),
        ("1.234 Quellen", 1234, "de"),
        ("1,234 sources", 1234, "en"),
        ("1\u202f234 sources", 1234, "fr"),
        ("2 von 12 Aktionen", 12, "de"),
        ("19 %", 14 / 72, "de"),
        ("19,4 %", 14 / 72, "sl"),
        ("100%", 1, "it"),
        ("0,23", 0.2299, "de"),
        ("\u22120.12", -0.118, "en"),
    ],
)
def test_a_number_is_found_as_its_language_writes_it(text, value, language):
    assert shows(text, value, language)


@pytest.mark.parametrize(
    ("text", "value", "language"),
    [
        ("63", 62, "de"),
        ("620", 62, "de"),
        ("1.234", 1.234e6, "de"),
        ("10 %", 14 / 72, "de"),
        ("19,6 %", 14 / 72, "de"),
        ("no number", 0, "en"),
        ("6 of 6", 27, "en"),
    ],
)
def test_another_number_is_not_taken_for_it(text, value, language):
    assert not shows(text, value, language)
