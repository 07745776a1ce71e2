"""NUTS codes and changes from workbooks: a tiny one of our own, and Eurostat's where they are."""

import csv
import gzip
import zipfile

import pytest
import xlsxwriter  # noqa: TID253 - the test's own workbooks

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.nuts import NutsChange, read_nuts_workbook
from alpclusters.sources.workbooks import read_workbook

pytestmark = pytest.mark.integration

MAIN = [
    ["", "Code 2030", "Code 2033", "Country", "NUTS level 1", "NUTS level 2", "Change", "level"],
    [1, "XA", "XA", "Alpland", "", "", "", 0],
    [2, "XA1", "XA1", "", "North", "", "", 1],
    [3, "XA11", "XA11", "", "", "Old name", "Name change", 2],
    [4, "XA12", "XA1B", "", "", "Valley", "Code change", 2],
    [5, "XA13", "", "", "", "West", "Merged", 2],
    [6, "XA14", "", "", "", "East", "Merged", 2],
    [7, "", "XA1C", "", "", "West and East", "New region", 2],
    [8, "XA15", "", "", "", "Lake", "Split", 2],
    [9, "XA15 (part)", "XA1D", "", "", "Upper Lake", "New region", 2],
    [10, "XA15 (part)", "XA1E", "", "", "Lower Lake", "New region", 2],
    [11, "XA16", "", "", "", "Pass", "Boundary shift", 2],
    [12, "", "XA1F", "", "", "Pass", "New region", 2],
    [13, "XA17", "XA17", "", "", "Quiet", "", 2],
    [14, "XA18", "", "", "", "Gone", "Terminated", 2],
]
CHANGES = [
    ["Code 2030", "Code 2033", "Label", "Change", "Explanation (new = old)"],
    ["", "XA1C", "West and East", "New region", "XA1C = XA13 + XA14"],
]


def make_workbook(path, **sheets):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def outcome(change: NutsChange):
    return change.relation, change.to_code, change.is_exact, change.candidates


@pytest.fixture
def tiny(tmp_path):
    return make_workbook(tmp_path / "tiny.xlsx", Main=MAIN, Changes=CHANGES, Other=[["a"], [1]])


def test_each_kind_of_change_is_told_apart(tiny):
    book = read_nuts_workbook(tiny)

    found = {change.from_code: outcome(change) for change in book.changes if change.from_code}
    assert found == {
        "XA11": ("renamed", "XA11", True, ()),
        "XA12": ("recoded", "XA1B", True, ()),
        "XA13": ("merged", "XA1C", True, ()),
        "XA14": ("merged", "XA1C", True, ()),
        "XA15": ("split", "", False, ("XA1D", "XA1E")),
        "XA16": ("boundary", "", False, ("XA1F",)),
        "XA18": ("discontinued", "", False, ()),
    }
    new = [change.to_code for change in book.changes if change.relation == "new"]
    assert new == ["XA1C", "XA1D", "XA1E", "XA1F"]


@pytest.mark.parametrize("told", ["XA1C = XA13 + XA14 (part)", "XA1C = XA13 + XA14 - XA15"])
def test_an_equation_that_does_not_add_whole_regions_makes_no_region_exact(tmp_path, told):
    changes = [CHANGES[0], ["", "XA1C", "West and East", "New region", told]]

    book = read_nuts_workbook(make_workbook(tmp_path / "a.xlsx", Main=MAIN, Changes=changes))

    found = {change.from_code: change for change in book.changes}
    assert [found[code].is_exact for code in ("XA13", "XA14")] == [False, False]
    assert [found[code].to_code for code in ("XA13", "XA14")] == ["", ""]


def test_codes_of_both_vintages_have_level_parent_and_name(tiny):
    codes = read_nuts_workbook(tiny).codes

    old = [code.code for code in codes if code.vintage == 2030]
    assert old == ["XA", "XA1", "XA11", "XA12", "XA13", "XA14", "XA15", "XA16", "XA17", "XA18"]
    valley = next(code for code in codes if code.code == "XA1B")
    assert (valley.vintage, valley.level, valley.country, valley.parent, valley.name) == (
        2033,
        2,
        "XA",
        "XA1",
        "Valley",
    )


def test_workbook_without_code_columns_is_refused(tmp_path):
    path = make_workbook(tmp_path / "other.xlsx", Sheet=[["name", "value"], ["a", 1]])

    with pytest.raises(FileFormatError) as caught:
        read_nuts_workbook(path)

    assert (caught.value.code, caught.value.where.file) == ("nuts.no_code_columns", "other.xlsx")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Code 2030,Code 2033\n", "file.wrong_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "workbook.unreadable"),
    ],
)
def test_file_that_is_no_workbook_is_refused(tmp_path, content, code):
    path = tmp_path / "book.xls"
    path.write_bytes(content)

    with pytest.raises(FileFormatError) as caught:
        read_workbook(path)

    assert caught.value.code == code


def test_workbook_that_claims_a_huge_rectangle_ends_the_child_and_not_us(tmp_path):
    """Two cells, A1 and the last one of a sheet: the reader would reserve all between."""
    path = tmp_path / "huge.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")

    with pytest.raises(FileFormatError) as caught:
        read_workbook(path)

    assert caught.value.code == "workbook.unreadable"


def test_workbook_that_inflates_beyond_reason_is_refused_unopened(tmp_path):
    path = make_workbook(tmp_path / "bomb.xlsx", Main=MAIN)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/zeros.xml", b"0" * 2_000_000)

    with pytest.raises(FileFormatError) as caught:
        read_workbook(path)

    assert caught.value.code == "workbook.unsafe"


@pytest.fixture(scope="module")
def eurostat(shared, tmp_path_factory):
    """Eurostat's six workbooks, oldest first."""
    folder = tmp_path_factory.mktemp("nuts")
    packed = shared / "data" / "classifications" / "nuts_workbooks"
    books = []
    for source in sorted(packed.glob("*.gz"), key=lambda path: path.name.removeprefix("NUTS")):
        target = folder / source.name.removesuffix(".gz")
        target.write_bytes(gzip.decompress(source.read_bytes()))
        books.append(read_nuts_workbook(target))
    return books


def table(path, *key):
    with path.open(encoding="utf-8", newline="") as stream:
        return {tuple(row[name] for name in key): row for row in csv.DictReader(stream)}


def test_codes_of_all_vintages_equal_the_checked_list(shared, eurostat):
    key = ("vintage", "code")
    known = table(shared / "data/classifications/nuts_codes.csv", *key)

    found = {}
    for code in (code for book in eurostat for code in book.codes):
        found.setdefault((str(code.vintage), code.code), code)

    assert set(found) == set(known)
    for field in ("level", "country", "parent", "kind"):
        assert [k for k in known if str(getattr(found[k], field)) != known[k][field]] == []
    # Twelve names differ in marks only, such as a stray back quote in the workbook.
    assert sum(found[k].name != known[k]["name"] for k in known) <= 12


def test_changes_equal_the_checked_list(shared, eurostat):
    key = ("from_vintage", "level", "from_code", "to_code")
    known = table(shared / "data/classifications/nuts_changes.csv", *key)

    found = {
        (str(one.from_vintage), str(one.level), one.from_code, one.to_code): one
        for book in eurostat
        for one in book.changes
    }

    # Thirteen mergers in Sachsen-Anhalt and Aachen: our reading of "(part)" finds the
    # successor, the list leaves it open.
    missing = set(known) - set(found)
    assert len(missing) == 13
    assert {k[2][:3] for k in missing} == {"DEE", "DEA"}
    both = set(known) & set(found)
    assert [k for k in both if found[k].relation != known[k]["relation"]] == []
    assert [k for k in both if found[k].is_exact != (known[k]["exact"] == "yes")] == []
    extra = {k[3][:2] for k in set(found) - set(known) if found[k].relation == "new"}
    assert extra == {"BA", "NO", "UA", "XK"}
