"""Organisations in people's own tables: which column is what, and what becomes of the cells."""

from datetime import date

import pytest

from alpclusters.analysis.errors import FileFormatError, RecordError
from alpclusters.platform.actors.domain.importing.fields import list_fields
from alpclusters.sources.organisation_fields import country_of
from alpclusters.sources.organisation_heads import guess_fields, known_layout
from alpclusters.sources.organisation_tables import TableReader
from alpclusters.sources.organisation_values import day_of
from alpclusters.sources.user_tables import open_table
from tests.factories.lists import write_list, write_workbook

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "header",
    [
        ("Name der Organisation", "Land", "PLZ", "Ort", "Rechtsform", "Breitengrad"),
        ("Organisation name", "Country", "Postcode", "Town", "Legal form", "Latitude"),
        ("Nom de l'organisme", "Pays", "Code postal", "Ville", "Forme juridique", "Latitude"),
        ("Denominazione", "Paese", "CAP", "Comune", "Forma giuridica", "Latitudine"),
        ("Naziv", "Država", "Poštna številka", "Kraj", "Pravna oblika", "Zemljepisna širina"),
    ],
)
def test_heads_are_known_in_five_languages(header):
    guess = guess_fields(header, list_fields())

    wanted = ("name", "country", "postcode", "town", "legal_form", "latitude")
    assert guess == {name: guess[name] for name in wanted}
    assert tuple(guess[name] for name in wanted) == header


def test_every_field_is_guessed_from_its_own_key():
    names = [field.name for field in list_fields()]

    assert guess_fields(names, list_fields()) == {name: name for name in names}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (("Project Partner", "Town", "Country", "NUTS3 (or equivalent)"), "keep"),
        (("organisationID", "name", "country", "activityType"), "cordis"),
        (("Country", "Beneficiary Name"), "kohesio"),
        (("Cluster name", "Country", "Sectoral industries"), "eccp"),
    ],
)
def test_layouts_of_known_sources_are_recognised(header, kind):
    layout = known_layout(header)

    assert layout is not None
    assert layout.kind == kind
    assert guess_fields(header, list_fields())["name"] in header


def read(path, columns, **options):
    with open_table(path) as table:
        reader = TableReader(table, columns, list_fields(), country_of, **options)
        _, reader.habits = reader.look_through(lambda _: None)
        return list(reader.read())


def one(tmp_path, row, **options):
    head = list(row)
    path = write_list(tmp_path / "a.csv", [list(row.values())], head=head)
    return read(path, {name: name for name in head}, **options)[0]


def test_values_are_read_as_people_write_them(tmp_path):
    found = one(
        tmp_path,
        {
            "name": " Alp&amp;Bau ",
            "country": "EL",
            "latitude": "46,5",
            "longitude": "11.35",
            "founded": "31.12.1998",
            "staff_fte": "2,5",
            "n_sme": "1.250",
            "counted_on": "27/10/2015",
            "website": "www.example.org",
            "pic": "999905974",
        },
    )

    assert (found.name, found.country) == ("Alp&Bau", "GR")
    assert found.values == {
        "latitude": 46.5,
        "longitude": 11.35,
        "founded": 1998,
        "staff_fte": 2.5,
        "n_sme": 1250,
        "counted_on": date(2015, 10, 27),
        "website": "http://www.example.org",
        "pic": "999905974",
    }
    assert found.notes == ()


def test_numbers_with_check_digits_are_kept_in_one_form_or_left_out(tmp_path):
    found = one(
        tmp_path,
        {
            "name": "Alp",
            "country": "FR",
            "ror": "https://ror.org/02feahw73",
            "isni": "0000 0001 2348 0690",
            "gln": "7612345000001",
        },
    )

    assert found.values == {"ror": "02feahw73", "isni": "0000000123480690"}
    assert [note.code for note in found.notes] == ["organisation.left_out"]


def test_what_does_not_fit_is_left_out_with_a_note_and_the_row_stays(tmp_path):
    found = one(
        tmp_path,
        {
            "name": "Alp",
            "country": "FR",
            "postcode": "1000",
            "latitude": "460",
            "n_sme": "about 20",
            "pic": "12",
            "website": "javascript:alert(1)",
            "staff_fte": "1,500",
        },
    )

    assert found.values == {"postcode": "01000", "staff_fte": 1500.0}
    assert sorted(note.code for note in found.notes) == [
        "organisation.ambiguous_number",
        "organisation.left_out",
        "organisation.left_out",
        "organisation.no_coordinates",
        "organisation.no_website",
        "organisation.postcode_padded",
    ]


@pytest.mark.parametrize(
    ("column", "taken", "left_out"),
    [("n_sme", "10000000", "10000001"), ("founded", "2100", "2101"), ("founded", "1000", "0999")],
)
def test_a_count_or_year_beyond_all_measure_is_left_out_with_a_note(
    tmp_path, column, taken, left_out
):
    most = one(tmp_path, {"name": "Alp", "country": "FR", column: taken})
    beyond = one(tmp_path, {"name": "Alp", "country": "FR", column: left_out})

    assert (most.values, most.notes) == ({column: int(taken)}, ())
    assert beyond.values == {}
    assert [note.code for note in beyond.notes] == ["organisation.left_out"]


def test_another_number_with_a_decimal_comma_decides_what_a_comma_means(tmp_path):
    path = write_list(
        tmp_path / "a.csv", [["A", "1,500"], ["B", "2,5"]], head=["name", "staff_fte"]
    )

    first, _ = read(path, {"name": "name", "staff_fte": "staff_fte"})

    assert first.values["staff_fte"] == 1.5


def test_one_date_that_begins_with_the_month_decides_for_its_column(tmp_path):
    head = ["name", "counted_on"]
    path = write_list(tmp_path / "a.csv", [["A", "03/04/2020"], ["B", "12/31/2020"]], head=head)

    first, second = read(path, {name: name for name in head})

    assert first.values["counted_on"] == date(2020, 3, 4)
    assert second.values["counted_on"] == date(2020, 12, 31)
    assert day_of("03/04/2020") == date(2020, 4, 3)


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        ({"name": " ", "country": "AT"}, "organisation.empty", "name"),
        ({"name": "Alp", "country": "Atlantis"}, "organisation.unknown_country", "country"),
        ({"name": "Tesar s.p.", "country": "SI"}, "organisation.natural_person", "name"),
    ],
)
def test_rows_that_cannot_be_taken_say_why(tmp_path, row, code, field):
    found = one(tmp_path, row)

    assert isinstance(found, RecordError)
    assert (found.code, found.where.field, found.where.line) == (code, field, 2)
    assert found.cells == tuple(row.values())


def test_single_persons_are_taken_if_asked_for(tmp_path):
    row = {"name": "Tesar s.p.", "country": "SI"}

    assert one(tmp_path, row, natural_persons=True).name == "Tesar s.p."


def test_stored_results_of_formulas_are_taken_with_a_note_and_missing_ones_refused(tmp_path):
    path = write_workbook(
        tmp_path / "a.xlsx",
        [["name", "n_sme"], ["Alp", ("=10+2", 12)], ["Bau", ("=10+2", "")], ["Tal", 3]],
    )

    stored, missing, plain = read(path, {"name": "name", "n_sme": "n_sme"})

    assert stored.values == {"n_sme": 12}
    assert [note.code for note in stored.notes] == ["organisation.formula"]
    assert missing.code == "table.no_value"
    assert (missing.where.sheet, missing.where.line, missing.where.column) == ("List", 3, "B")
    assert plain.notes == ()


def test_a_guard_that_our_own_lists_put_before_formulas_is_taken_off_again(tmp_path):
    assert one(tmp_path, {"name": "'=Alp", "town": "'s-Hertogenbosch"}).name == "=Alp"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"name": "Nome"}, "table.missing_column"),
        ({"title": "Name"}, "import.unknown_field"),
        ({"name": "Name", "town": "Name"}, "import.column_twice"),
        ({"town": "Name"}, "import.no_name"),
    ],
)
def test_columns_that_do_not_fit_the_file_are_an_error_of_the_whole(tmp_path, columns, code):
    path = write_list(tmp_path / "a.csv", [["Alp", "AT"]], head=["Name", "Land"])

    with pytest.raises(FileFormatError) as caught:
        read(path, columns)

    assert caught.value.code == code
