"""Postal code points in the exact columns of GISCO's file; every row is made up (synthetic)."""

import pytest

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.postcodes import PostalCode, PostcodeReader, normalise_postcode

pytestmark = pytest.mark.unit

HEAD = "FID,POSTCODE,CNTR_ID,PC_CNTR,LAU_NAME,GISCO_2021,NUTS3_2024,CODE,DGURBA,FUA_ID,CITY_ID\n"
ALPS = frozenset({"AT", "CH", "DE", "FR", "IT", "LI", "SI"})


def row(postcode: str, country: str, nuts3: str, town: str = "SYNTHETIC") -> str:
    return f'1,{postcode},{country},{country}_{postcode},"{town}",X,{nuts3},Y,2,,\n'


def reader(tmp_path, *rows: str, head: str = HEAD, countries=ALPS) -> PostcodeReader:
    path = tmp_path / "PCODE_PT_2024_4326.csv"
    path.write_text(head + "".join(rows), encoding="utf-8")
    return PostcodeReader(path, countries)


def test_rows_are_read_with_the_vintage_of_the_column(tmp_path):
    (found,) = reader(tmp_path, row("5020", "AT", "'AT323'", "Salzburg, Stadt"))

    assert found == PostalCode("AT", "5020", "AT323", 2024, "Salzburg, Stadt")


@pytest.mark.parametrize("written", ["AT323", "'AT323'", '"""AT323"""', " at323 "])
def test_quotation_marks_around_codes_are_taken_off(tmp_path, written):
    (found,) = reader(tmp_path, row("5020", "AT", written))

    assert found.nuts3 == "AT323"


def test_every_row_is_a_record_or_counted(tmp_path):
    rows = reader(
        tmp_path,
        row("5020", "AT", "AT323"),
        row("1000", "BE", "BE100"),
        row("", "AT", "AT323"),
        row("6020", "AT", ""),
        "1,6020\n",
    )

    n_records = len(list(rows))

    assert (rows.n_rows, n_records, rows.n_elsewhere, rows.n_rejected) == (5, 1, 1, 3)
    assert rows.first_rejected == 4


def test_newest_of_several_vintages_counts_and_columns_may_move(tmp_path):
    head = "NUTS3_2021,CNTR_ID,NUTS3_2024,POSTCODE\n"

    (found,) = reader(tmp_path, "DE111,DE,DE112,70173\n", head=head)

    assert (found.nuts3, found.vintage, found.town) == ("DE112", 2024, "")


def test_greece_is_written_as_iso_writes_it(tmp_path):
    (found,) = reader(tmp_path, row("10431", "EL", "EL303"), countries={"GR"})

    assert found.country == "GR"


@pytest.mark.parametrize("head", ["POSTCODE,CNTR_ID\n", "CNTR_ID,NUTS3_2024\n", "a;b\n"])
def test_missing_column_is_one_clear_error(tmp_path, head):
    with pytest.raises(FileFormatError) as caught:
        list(reader(tmp_path, row("5020", "AT", "AT323"), head=head))

    assert caught.value.code == "table.missing_column"


@pytest.mark.parametrize(
    ("country", "text", "wanted"),
    [
        ("AT", "A-5020", "5020"),
        ("SI", "SI-1000", "1000"),
        ("LI", "FL 9490", "9490"),
        ("DE", "1067", "01067"),
        ("FR", " 01 000 ", "01000"),
        ("GB", "sw1a 1aa", "SW1A1AA"),
        ("AT", "", ""),
    ],
)
def test_postcodes_are_compared_without_country_letters(country, text, wanted):
    assert normalise_postcode(country, text) == wanted
