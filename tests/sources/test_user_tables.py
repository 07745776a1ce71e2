"""Tables that people bring: separators, encodings, head rows, formulas, and hostile files."""

import zipfile

import pytest

from alpclusters.analysis.errors import FileFormatError, RecordError
from alpclusters.sources.spooled_sheets import spool_sheet
from alpclusters.sources.user_tables import open_table
from alpclusters.sources.workbooks import check_zip
from tests.factories.lists import (
    sheet_xml,
    write_list,
    write_lying_part,
    write_parts,
    write_workbook,
)

pytestmark = pytest.mark.unit


def rows_of(path, **options):
    with open_table(path, **options) as table:
        return table, list(table.rows())


def refused(path, **options):
    with pytest.raises(FileFormatError) as caught:
        rows_of(path, **options)
    return caught.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_divides_evenly(tmp_path, delimiter):
    rows = [["1", "Alp, Bau; Holz", "AT"], ["2", 'Der "Beste"', "SI"]]
    path = write_list(tmp_path / "a", rows, head=["ID", "Name", "Country"], delimiter=delimiter)

    table, found = rows_of(path)

    assert table.delimiter == delimiter
    assert [list(row.cells) for row in found] == rows


@pytest.mark.parametrize(
    ("encoding", "code"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("cp1252", "encoding.guessed"),
    ],
)
def test_encodings_are_read_and_a_guess_is_told(tmp_path, encoding, code):
    path = write_list(tmp_path / "a.csv", [["1", "Kärnten è", "AT", "", ""]], encoding=encoding)

    table, (row,) = rows_of(path)

    assert row.cells[1] == "Kärnten è"
    assert [note.code for note in table.notes] == ([code] if code else [])


def test_lines_above_the_heads_are_left_out_and_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("List of 2026;;\n\nName;Town;\nAlp;Graz;\n", encoding="utf-8")

    table, (row,) = rows_of(path)

    assert (table.header, table.header_line, row.line) == (("Name", "Town"), 3, 4)
    assert [note.code for note in table.notes] == ["table.skipped_lines"]


def test_broken_lines_are_errors_with_their_cells_and_cost_no_other_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Name;Town\nA;Graz\nB\n"C;Linz\nD;Wien;x\n"E\ne";Bern\n', encoding="utf-8")

    _, rows = rows_of(path)

    told = [
        (row.code, row.where.line, row.cells)
        if isinstance(row, RecordError)
        else (row.line, row.cells)
        for row in rows
    ]
    assert told == [
        (2, ("A", "Graz")),
        ("table.too_few_fields", 3, ("B",)),
        ("table.bad_record", 4, ('"C;Linz',)),
        ("table.too_many_fields", 5, ("D", "Wien", "x")),
        (6, ("E\ne", "Bern")),
    ]


def test_formulas_are_marked_and_those_without_a_value_are_told_apart(tmp_path):
    path = write_workbook(
        tmp_path / "a.xlsx", [["Name", "Staff"], ["Alp", ("=1+1", 2)], ["Bau", ("=1+1", "")]]
    )

    table, (stored, unstored) = rows_of(path)

    assert (table.sheets, table.sheet) == (("List",), "List")
    assert (stored.cells, stored.formulas, stored.broken) == (("Alp", "2"), {1}, frozenset())
    assert (unstored.formulas, unstored.broken) == (frozenset(), {1})


def test_numbers_and_dates_of_a_workbook_come_as_they_are_read(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", [["Name", "PLZ", "x"], ["Alp", 1010, 0.5]])

    _, (row,) = rows_of(path)

    assert row.cells == ("Alp", "1010", "0.5")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \n", "file.empty"),
        (b"Name;Town\nA\0B;Graz\n", "file.nul"),
        (b"Name;Name\nA;B\n", "table.duplicate_head"),
        (b"1;2\n3;4\n", "table.no_header"),
        (b"%PDF-1.7", "file.wrong_kind"),
        (b"\xd0\xcf\x11\xe0old", "file.wrong_kind"),
        (b"PK\x03\x04rubbish", "file.no_table"),
        (b"Name\n\x81\n", "file.encoding"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path, content, code):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    assert refused(path).code == code


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path):
    path = write_list(tmp_path / "a.csv", [["1", "Alp", "AT", "", ""]])

    assert refused(path, max_bytes=10).code == "file.too_large"


FAR = sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>')
# Two cells within the longest row and the deepest column span ten million.
WIDE_AND_DEEP = sheet_xml(
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="100000"><c r="CW100000"><v>1</v></c></row>'
)
DEEP_ROW = sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
    b"]><sst><si><t>&b;</t></si></sst>"
)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"sheet": FAR}, "workbook.too_large"),
        ({"sheet": DEEP_ROW}, "workbook.too_large"),
        ({"sheet": WIDE_AND_DEEP}, "workbook.too_large"),
        ({"strings": ENTITIES}, "workbook.unsafe"),
        ({"sheet": b"<worksheet><sheetData>"}, "workbook.unreadable"),
        ({"sheet": sheet_xml(" " * 5_000_000)}, "workbook.unsafe"),
        ({"sheet": sheet_xml("<x>" * 60_000 + "</x>" * 60_000)}, "file.empty"),
    ],
)
def test_a_hostile_workbook_of_a_few_kilobytes_gets_a_reason(tmp_path, parts, code):
    path = write_parts(tmp_path / "a.xlsx", **parts)

    assert path.stat().st_size < 60_000
    assert refused(path).code == code


def test_a_million_cells_in_a_hundred_kilobytes_are_refused_by_the_declared_sizes(tmp_path):
    cells = ("<row>" + "<c><v>1</v></c>" * 50 + "</row>") * 20_000
    path = write_parts(tmp_path / "a.xlsx", sheet=sheet_xml(cells))

    assert path.stat().st_size < 130_000
    with pytest.raises(FileFormatError) as caught:
        check_zip(path, file="a.xlsx")
    assert caught.value.code == "workbook.unsafe"


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_holds_more_than_it_declares_is_refused(tmp_path, part):
    path = write_parts(tmp_path / "a.xlsx", sheet=sheet_xml('<row r="1"><c r="A1"/></row>'))
    unfolds = b"<x>" + b" " * 3_000_000 + b"</x>"
    write_lying_part(path, part, unfolds, declared=900)

    check_zip(path, file="a.xlsx")
    assert refused(path).code == "workbook.unsafe"


@pytest.mark.slow
def test_one_text_shown_in_very_many_cells_is_refused_before_all_are_written(tmp_path):
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><v>{n * 7919}</v></c></row>'
        for n in range(1, 30_001)
    )
    path = write_parts(
        tmp_path / "a.xlsx",
        sheet=sheet_xml(cells),
        strings=f"<sst><si><t>{'x' * 2_000}</t></si></sst>".encode(),
    )

    assert refused(path).code == "workbook.unsafe"


def test_rows_and_cells_without_a_place_follow_one_another(tmp_path):
    row = "<row>" + "<c><v>7</v></c>" * 3 + "</row>"
    path = write_parts(tmp_path / "a.xlsx", sheet=sheet_xml(row * 400))

    with spool_sheet(path, name="a.xlsx") as sheet:
        rows = list(sheet.rows())

    assert len(rows) == 400
    assert {row.cells for row in rows} == {(7, 7, 7)}


def test_a_workbook_that_is_cut_off_is_refused(tmp_path):
    whole = write_workbook(tmp_path / "a.xlsx", [["Name"], ["Alp"]]).read_bytes()
    path = tmp_path / "b.xlsx"
    path.write_bytes(whole[: len(whole) // 2])

    assert refused(path).code in {"file.no_table", "workbook.unreadable"}


def test_a_sheet_that_is_not_there_is_refused(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", [["Name"], ["Alp"]])

    assert refused(path, sheet="Other").code == "workbook.no_sheet"


def test_an_archive_that_is_no_workbook_is_no_table(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Name")

    assert refused(path).code == "file.no_table"
