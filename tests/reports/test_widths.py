import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.reports.blocks import Column, Counted, Interval, Table
from alpclusters.reports.typefaces import BODY, BODY_SEMIBOLD, text_width
from alpclusters.reports.writers.pdf_tables import column_widths, crowding

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


def test_short_text_keeps_its_line_beside_long_ones():
    long = "Gemeinsame Förderaufrufe hatten Bestand, wo eine Stelle die Fristen zusammenhielt. " * 3
    columns = tuple(map(Column, ("Befund", "Quelle", "Richtung")))
    crowded = Table(columns=columns, rows=((long, long, "spricht dafür"),))

    *_, direction = column_widths(crowded, FULL, "de")

    assert direction >= text_width("spricht dafür", 9.0, BODY) + 8


def test_value_column_with_a_long_head_is_wider_than_the_others():
    heads = ("Entscheidungsträger/-in", "KMU", "Salzburg", "Tessin", "Verwaltung")
    columns = (Column("Maßnahme"), *(Column(head, "number", decimals=1) for head in heads))
    rows = tuple((name, *(Counted(4.2, 7) for _ in heads)) for name in NAMES)
    crowded = Table(columns=columns, rows=rows)

    widths = column_widths(crowded, 400.0, "de")

    factor = crowding(crowded, 400.0, "de")
    assert sum(widths) == pytest.approx(400.0, abs=0.1)
    assert text_width(heads[0], 8.5 / factor, BODY_SEMIBOLD) <= widths[1]


@given(low=st.integers(1, 999), high=st.integers(1, 999))
def test_an_interval_keeps_its_line_though_widths_are_rounded(low, high):
    columns = (Column("Aussage"), Column("Quelle"), Column("Rang", "number", decimals=0))
    long = "Gemeinsame Förderaufrufe hatten Bestand, wo eine Stelle die Fristen zusammenhielt. " * 3
    ranked = Table(columns=columns, rows=((long, long, Interval(low, high)),))

    *_, rank = column_widths(ranked, FULL, "de")

    assert rank > text_width(f"{low}–{high}", 9.0, BODY) + 8
