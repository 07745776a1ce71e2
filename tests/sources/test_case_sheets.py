"""Workbooks of partners, work packages and costs: heads in five languages, errors by cell."""

import datetime as dt

import pytest
import xlsxwriter  # noqa: TID253 - the test's own workbooks

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.case_sheets import read_case_sheets
from alpclusters.sources.case_values import cents_of, in_euro, quarter_of, rate_of
from alpclusters.sources.case_words import CATEGORIES, HEADS, KINDS, SHEETS, SIZES, meant

pytestmark = pytest.mark.integration

COSTS = ("Partner", "Work package", "Cost category", "Amount", "From", "To")


def write(path, **sheets):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(line, column, value)
    return path


def read(tmp_path, **sheets):
    return read_case_sheets(write(tmp_path / "case.xlsx", **sheets), name="case.xlsx")


def places(sheets):
    return [(e.code, e.where.sheet, e.where.line, e.where.column) for e in sheets.errors]


@pytest.mark.parametrize("language", range(5))
def test_heads_and_words_of_each_language_are_understood(tmp_path, language):
    heads = {kind: [names[language] for names in HEADS[kind].values()] for kind in HEADS}
    partner = dict.fromkeys(HEADS["partners"])
    partner |= {
        "name": "Cluster Nord",
        "kind": KINDS["cluster"][language],
        "size": SIZES["small"][language],
        "nuts": "AT32",
        "own": 60_000,
    }
    cost = dict.fromkeys(HEADS["costs"])
    cost |= {
        "partner": "Cluster Nord",
        "package": "WP1",
        "category": CATEGORIES["external"][language],
        "amount": 1234.5,
        "first": "2026-Q3",
        "last": "2027-Q1",
    }

    sheets = read(
        tmp_path,
        **{
            SHEETS["partners"][language]: [heads["partners"], list(partner.values())],
            SHEETS["costs"][language]: [heads["costs"], list(cost.values())],
        },
    )

    assert sheets.errors == ()
    (one,), (other,) = sheets.partners, sheets.costs
    assert (one.name, one.kind, one.size, one.nuts, one.own_ct) == (
        "Cluster Nord",
        "cluster",
        "small",
        "AT32",
        6_000_000,
    )
    assert (other.category, other.amount_ct, other.first, other.last) == (
        "external",
        123_450,
        dt.date(2026, 7, 1),
        dt.date(2027, 1, 1),
    )


def test_every_word_of_a_list_means_one_thing():
    for words in (SHEETS, KINDS, SIZES, CATEGORIES):
        for key, names in words.items():
            assert {meant(name, words) for name in names} == {key}


def test_no_head_stands_for_two_fields_of_a_sheet():
    for fields in HEADS.values():
        for field, names in fields.items():
            assert {meant(name, fields) for name in names} == {field}


def test_errors_name_sheet_row_and_column(tmp_path):
    rows = [
        COSTS,
        ("A", "WP1", "staff", 100, "Q3 2026", None),
        ("A", "WP1", "stuff", "many", "soon", None),
        (None, "WP1", "staff", 100, "Q3 2026", "Q1 2026"),
    ]

    sheets = read(tmp_path, Costs=rows)

    assert places(sheets) == [
        ("case_sheets.bad_quarter", "Costs", 3, "E"),
        ("case_sheets.unknown_word", "Costs", 3, "C"),
        ("case_sheets.bad_amount", "Costs", 3, "D"),
        ("case_sheets.reversed", "Costs", 4, "F"),
        ("table.no_value", "Costs", 4, "A"),
    ]
    assert len(sheets.costs) == 1


def test_formula_counts_by_its_stored_value_and_is_refused_without_one(tmp_path):
    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Costs")
        for column, head in enumerate(COSTS):
            sheet.write(0, column, head)
        for line, value in ((1, 250.25), (2, "")):
            sheet.write_row(line, 0, ["A", "WP1", "staff"])
            sheet.write_formula(line, 3, "=SUM(Z1:Z9)", None, value)
            sheet.write(line, 4, "2026-07-01")

    sheets = read_case_sheets(path, name="case.xlsx")

    assert [cost.amount_ct for cost in sheets.costs] == [25_025]
    assert ("case_sheets.no_stored_value", "Costs", 3, "D") in places(sheets)


def test_francs_need_rate_and_day(tmp_path):
    heads = (*COSTS, "Currency", "Rate", "Rate date")
    rows = [
        heads,
        ("A", "WP1", "staff", 1000, "Q3 2026", None, "CHF", "0,9412", "2026-01-02"),
        ("A", "WP1", "staff", 1000, "Q3 2026", None, "CHF", "0,9412", None),
        ("A", "WP1", "staff", 1000, "Q3 2026", None, "USD", None, None),
    ]

    sheets = read(tmp_path, Costs=rows)

    (cost,) = sheets.costs
    assert (cost.currency, cost.rate, cost.rate_on) == ("CHF", "0.9412", dt.date(2026, 1, 2))
    assert places(sheets) == [
        ("case_sheets.no_rate", "Costs", 3, "D"),
        ("case_sheets.unknown_currency", "Costs", 4, "G"),
    ]


def test_sheet_is_found_by_its_heads_and_others_are_left_alone(tmp_path):
    sheets = read(
        tmp_path,
        Overview=[("Our project",)],
        Sheet7=[("What we plan",), COSTS, ("A", None, "travel", 5, 2026, None)],
    )

    assert sheets.unread == ("Overview",)
    (cost,) = sheets.costs
    assert (cost.first, cost.last) == (dt.date(2026, 1, 1), dt.date(2026, 10, 1))


def test_named_sheet_without_its_heads_says_which_it_needs(tmp_path):
    sheets = read(tmp_path, Costs=[("Partner", "Amount"), ("A", 5)])

    assert places(sheets) == [("case_sheets.no_heads", "Costs", None, None)]


def test_errors_name_the_words_in_the_wanted_language(tmp_path):
    path = write(tmp_path / "x.xlsx", Costs=[COSTS, ("A", "WP1", "stuff", 5, 2026, None)])

    (error,) = read_case_sheets(path, name="x.xlsx", language="sl").errors

    assert error.expected.startswith("osebje, posredni stroški, ")


def test_example_rows_are_no_data(tmp_path):
    sheets = read(
        tmp_path,
        Partners=[("Name", "Country"), ("Example Ltd (simulated)", "AT"), ("Real body", "SI")],
    )

    assert [partner.name for partner in sheets.partners] == ["Real body"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"name;amount\nA;5\n"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "case.xlsx"
    path.write_bytes(content)

    with pytest.raises(FileFormatError) as caught:
        read_case_sheets(path, name="case.xlsx")

    assert caught.value.code in {"case_sheets.no_workbook", "file.empty"}


def test_workbook_without_any_of_the_three_sheets_is_refused(tmp_path):
    with pytest.raises(FileFormatError) as caught:
        read(tmp_path, Notes=[("Remember", "this")])

    assert caught.value.code == "case_sheets.nothing"


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12.500,75", 1_250_075),
        ("12'500.75", 1_250_075),
        ("12 500", 1_250_000),
        ("12,5", 1_250),
        ("12,05 €", 1_205),
        (0.1 + 0.2, 30),
        (1.006, 101),
        (1.005, 100),
        (1.015, 102),
        (-5, None),
        ("5 %", None),
        (float("nan"), None),
        (float("inf"), None),
        (10**14, None),
    ],
)
def test_amounts(text, cents):
    assert cents_of(text) == cents


def test_quarters_rates_and_conversion():
    assert quarter_of("T4 2026") == dt.date(2026, 10, 1)
    assert quarter_of("Č2 2026") == dt.date(2026, 4, 1)
    assert quarter_of("2026", is_end=True) == dt.date(2026, 10, 1)
    assert quarter_of("Q5 2026") is None
    assert quarter_of("Q1 0000") is None
    assert rate_of("1000") is None
    assert in_euro(33_333, "0.9412") == 31_373


@pytest.mark.parametrize(
    ("francs_ct", "rate", "euro_ct"),
    [(1, "0.5", 0), (3, "0.5", 2), (1, "0.51", 1), (1_001, "0.9412", 942)],
)
def test_francs_become_whole_cents_of_euro_rounded_half_to_even(francs_ct, rate, euro_ct):
    assert in_euro(francs_ct, rate) == euro_ct
