from dataclasses import FrozenInstanceError

import pytest

from alpclusters.reports.blocks import (
    WITHHELD,
    Certainty,
    Column,
    Heading,
    LabelledPart,
    Paragraph,
    Run,
    Table,
    heading_levels,
    plain,
    tables,
    walk,
)
from alpclusters.reports.cells import column_formats, row_texts
from tests.reports.samples import make_attendance, make_document, make_plan_table

pytestmark = pytest.mark.unit


def test_a_table_without_a_head_is_refused():
    with pytest.raises(ValueError, match="head row"):
        Table((), ())


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="3 cells for 2 columns"):
        Table((Column("a"), Column("b")), (("x", "y", "z"),))


def test_blocks_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Heading("a").text = "b"


def test_walking_goes_into_parts_and_columns_in_reading_order():
    inner = Paragraph("inside")
    part = LabelledPart("Cost", (inner,))

    assert list(walk((Heading("a"), part))) == [Heading("a"), part, inner]


def test_tables_include_the_values_behind_figures():
    document = make_document("en")

    assert len(tables(document)) == 4 + 8


def test_plain_text_keeps_the_words():
    assert plain((Run("a "), Run("b", strong=True), Certainty("A", "well founded"))) == (
        "a bA well founded"
    )


def test_cells_print_in_the_language_with_equal_decimals():
    table = make_plan_table("de")
    formats = column_formats(table, "de")

    rows = [row_texts(formats, row) for row in table.value_rows]

    assert rows[0][2:] == ("geplant", "01.09.2026", "180.000", "53,8\u202f%")
    assert rows[2][3:] == ("", "unbekannt", "44,0\u202f%")
    assert rows[3][4] == "geschützt"


def test_an_interval_column_uses_the_word_in_all_rows_once_an_end_is_negative():
    table = make_attendance("sl")
    formats = column_formats(table, "sl")

    assert [formats[3].text(row[3]) for row in table.value_rows] == [
        "−0,19\u00a0do\u00a00,06",
        "0,17\u00a0do\u00a00,46",
    ]


def test_heading_levels_have_no_gaps():
    blocks = (Heading("a", 2), Heading("b", 3), Heading("c", 1), Heading("d", 3))

    assert heading_levels(blocks) == (1, 2, 1, 2)
    assert heading_levels(blocks, below=1) == (2, 3, 1, 2)


def test_a_table_knows_that_it_hides_something():
    assert make_attendance("de").has_withheld
    assert not Table((Column("a"),), (("x",),)).has_withheld
    assert Table((Column("a"),), (("x",),), total=(WITHHELD,)).has_withheld
