import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.reports.blocks import Column, Table
from alpclusters.reports.typefaces import BODY_SEMIBOLD, text_width
from alpclusters.reports.writers.widths import column_widths, crowding

pytestmark = pytest.mark.unit

FULL = 470.0
NAMES = ("Grenzüberschreitendes Förderprogramm", "Studienbesuch und Personalaustausch")


def table(n_numbers: int, head: str) -> Table:
    columns = (Column("Maßnahme"), *(Column(head, kind="number") for _ in range(n_numbers)))
    return Table(columns=columns, rows=tuple((name, *([0.5] * n_numbers)) for name in NAMES))


def widest_word(text: str) -> float:
    return max(text_width(word, 9.0, BODY_SEMIBOLD) for word in text.split())


def test_a_table_that_fits_is_not_crowded():
    assert crowding(table(3, "Punkte"), FULL, "de") == 1.0


@given(n_numbers=st.integers(1, 12), head=st.sampled_from(["n", "Übereinstimmung davor"]))
def test_no_word_of_a_text_column_breaks_once_the_letters_are_smaller(n_numbers, head):
    crowded = table(n_numbers, head)

    name, *numbers = column_widths(crowded, FULL, "de")

    factor = crowding(crowded, FULL, "de")
    assert sum((name, *numbers)) == pytest.approx(FULL, abs=0.1)
    assert all(widest_word(text) / factor <= name for text in NAMES)
