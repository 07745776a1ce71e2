import csv
import io
import re
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook  # noqa: TID253 - reading back is what is tested

from alpclusters.reports.blocks import Column, Counted, Table
from alpclusters.reports.writers.csv import write_csv
from alpclusters.reports.writers.xlsx import write_xlsx
from tests.reports.samples import make_attendance, make_document, make_plan_table

pytestmark = pytest.mark.integration

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.example")


def reopened(document):
    return CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx(document)))


def rows_of(book, name):
    return book.get_sheet_by_name(name).to_python()


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
def test_every_table_and_figure_has_a_sheet_of_its_own(language):
    names = reopened(make_document(language)).sheet_names

    assert len(names) == len(set(names)) == 1 + 4 + 8


def test_numbers_stay_numbers_and_dates_stay_dates():
    rows = rows_of(reopened(make_document("de")), "Tabelle 1")

    assert rows[0][0] == "Was der Plan vorsieht"
    assert rows[4] == [
        "E1", "Gemeinsames Fenster für Ausschreibungen", "geplant", date(2026, 9, 1), 180000, 0.538,
    ]  # fmt: skip
    assert rows[6][4] == "unbekannt"
    assert rows[7][4] == "geschützt"


def test_intervals_and_counted_values_take_two_columns():
    rows = rows_of(reopened(make_document("de")), "Tabelle 2")

    assert rows[2][:3] == ["Maßnahme", "Baden-Württemberg", "Baden-Württemberg, n"]
    assert rows[3][1:4] == [4.1, 13, 4.3]
    assert rows_of(reopened(make_document("de")), "Tabelle 3")[3][3:5] == [-0.19, 0.06]


# Number formats that every spreadsheet knows by their number alone (ECMA-376, 18.8.30).
BUILT_IN = {"0": "General", "1": "0", "3": "#,##0", "9": "0%", "10": "0.00%"}


def patterns_of(table):
    """Return the number format of each cell in the only table of a workbook, by its place."""
    with zipfile.ZipFile(io.BytesIO(write_xlsx(make_document("en", blocks=(table,))))) as book:
        styles = book.read("xl/styles.xml").decode()
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    own = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]+)"', styles))
    used = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    cells = re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"><v>', sheet)
    return {place: (BUILT_IN | own)[used[int(style)]] for place, style in cells}


def test_shares_years_amounts_and_differences_look_like_what_they_are():
    columns = (
        Column("Share", "percent", decimals=1),
        Column("Year", "code"),
        Column("Amount", "number", decimals=0),
        Column("Change", "number", decimals=2, signed=True),
    )

    patterns = patterns_of(Table(columns, ((0.125, 2027, 180_000, -0.5),), caption="a"))

    assert patterns == {"A4": "0.0%", "B4": "0", "C4": "#,##0", "D4": "+#,##0.00;-#,##0.00;0.00"}


@pytest.mark.parametrize("is_simulated", [True, False])
def test_the_first_sheet_says_whether_data_are_simulated(is_simulated):
    document = make_document("en", simulated=is_simulated)

    first = [row[0] for row in rows_of(reopened(document), "Contents")]

    assert ("Example data (simulated)" in first) is is_simulated


def test_tables_of_one_name_get_sheets_of_their_own():
    tables = tuple(Table((Column("a"),), (), name=name) for name in ("Costs", "costs", "A/B: [c]"))

    book = reopened(make_document("en", blocks=tables))

    assert book.sheet_names == ["Contents", "Costs", "costs 2", "A B   c"]


def test_texts_that_look_like_formulas_stay_texts():
    table = Table((Column("a"),), tuple((text,) for text in FORMULAS), caption="f")

    rows = rows_of(reopened(make_document("en", blocks=(table,))), "Table 1")

    assert [row[0] for row in rows[3:]] == list(FORMULAS)


def test_the_same_document_gives_the_same_workbook():
    assert write_xlsx(make_document("sl")) == write_xlsx(make_document("sl"))


def test_csv_for_programs_is_plain_and_complete():
    data = write_csv(make_plan_table("de"), "de").decode("utf-8")

    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert data.endswith("\r\n")
    assert rows[1][3:] == ["2026-09-01", "180000", "0.538"]
    assert rows[4][4] == "withheld"
    assert rows[5][4] == "300000"


def test_csv_quotes_separators_quotes_and_line_breaks():
    table = Table((Column("a"), Column("b")), (('x,"y"', "1\n2"),))

    assert write_csv(table, "en") == b'a,b\r\n"x,""y""","1\n2"\r\n'


def test_csv_for_spreadsheets_disarms_formulas_and_speaks_the_language():
    table = Table(
        (Column("=a"), Column("b", "number", decimals=1)),
        (("=1+1", -1.5), ("@x", 2.0), ("plain", Counted(4.1, 13))),
    )

    data = write_csv(table, "de", "spreadsheet")

    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[:3] == ["'=a;b", "'=1+1;-1,5", "'@x;2,0"]


def test_withheld_cells_show_no_number_in_any_spreadsheet():
    assert "geschützt" in write_csv(make_attendance("de"), "de", "spreadsheet").decode()
    assert "withheld" in write_csv(make_attendance("de"), "de").decode()
