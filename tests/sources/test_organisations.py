"""The readers of organisations from outside: what stands, what repeats, what is refused and where.

Rows named SYNTHETIC are made by hand in the exact columns of the source; no such body exists.
"""

import io
import zipfile

import pytest

from alpclusters.analysis.errors import FileFormatError, RecordError
from alpclusters.sources import cordis, keep, kohesio
from alpclusters.sources.organisation_records import OrganisationRecord, RowCounts

pytestmark = pytest.mark.integration

CORDIS_COLUMNS = (
    "projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;"
    "postCode;city;country;nutsCode;geolocation;organizationURL;contactForm;contentUpdateDate;rcn;"
    "order;role;ecContribution;netEcContribution;totalCost;endOfParticipation;active"
)
KEEP_COLUMNS = (
    "Programme;Acronym;Project Partner;Lead Partner;Street;Postal code;Town;Country;Website;"
    "Department;Legal Status;Country code;NUTS1 (or equivalent);NUTS2 (or equivalent);"
    "NUTS3 (or equivalent)"
)
KOHESIO_COLUMNS = (
    "Country;Region;Beneficiary Name;Total Budget;EU Contribution;Number of Projects;"
    "Transliterated Name;"
)
CORDIS_HEAD, KEEP_HEAD, KOHESIO_HEAD = (
    columns.split(";") for columns in (CORDIS_COLUMNS, KEEP_COLUMNS, KOHESIO_COLUMNS)
)


def cordis_row(**cells):
    row = {
        "projectID": "690001",
        "organisationID": "990000001",
        "name": "SYNTHETIC CLUSTER",
        "country": "SI",
        "contentUpdateDate": "2024-02-15 10:00:00",
        **cells,
    }
    return ";".join('"' + row.get(head, "").replace('"', '""') + '"' for head in CORDIS_HEAD)


def cordis_file(*rows, end="\r\n"):
    head = ";".join(f'"{name}"' for name in CORDIS_HEAD)
    return end.join([head, *rows, ""]).encode("utf-8-sig")


def keep_row(**cells):
    row = {
        "Programme": "SYNTHETIC programme ",
        "Project Partner": "SYNTHETIC partner",
        "Town": "Trento",
        "Country": "Italy",
        "Country code": "IT Italy / ITALIA",
        "Postal code": "38122",
        "Website": "http://programme.example.org",
        "Legal Status": "public",
        "NUTS2 (or equivalent)": "ITH2  / Provincia Autonoma di Trento",
        "NUTS3 (or equivalent)": "ITH20  / Trento",
        **cells,
    }
    return [row.get(head) for head in KEEP_HEAD]


def keep_csv(*rows):
    lines = [KEEP_HEAD, *rows]
    return "\r\n".join(";".join(cell or "" for cell in line) for line in lines).encode()


def kohesio_file(*rows):
    lines = [KOHESIO_HEAD, *rows]
    return "\n".join("\t".join(line) for line in lines).encode()


def kohesio_row(name, country="Slovenia", region="Gorenjska", latin=""):
    return [country, region, name, "3230250.56", "", "6", latin, ""]


def parted(reading):
    items = list(reading)
    records = [item for item in items if isinstance(item, OrganisationRecord)]
    errors = [item for item in items if isinstance(item, RecordError)]
    assert len(records) == reading.counts.records
    assert len(errors) == reading.counts.rejected
    return records, errors


# --- shared fixtures ----------------------------------------------------------------------

# The numbers of rows stand in SCHEMAS.md and in the README of the data.
SHARED = {
    "keep/keep_closed_1420_alpine.xlsx": (keep, RowCounts(1514, 1269, 1, 244)),
    "keep/keep_closed_1420_partnership_alpine.csv": (keep, RowCounts(500, 467, 1, 32)),
    "cordis/organization_published_10.csv": (cordis, RowCounts(10, 9, 0, 1)),
    "cordis/organization_synthetic.csv": (cordis, RowCounts(324, 72, 0, 252)),
    "cordis/cordis-synthetic-projects-csv.zip": (cordis, RowCounts(324, 72, 0, 252)),
    "kohesio/beneficiaries_2023.tsv": (kohesio, RowCounts(464, 457, 0, 7)),
}


@pytest.mark.parametrize("name", SHARED)
def test_shared_files_have_the_published_counts_from_disk_and_from_memory(shared, name):
    adapter, counts = SHARED[name]
    path = shared / "data" / "fixtures" / name

    reading = adapter.read_organisations(path)
    records, errors = parted(reading)
    again, _ = parted(adapter.read_organisations(path.read_bytes(), name=path.name))

    assert reading.counts == counts
    assert counts.rows == counts.records + counts.rejected + counts.repeats
    assert sum(record.mentions for record in records) + len(errors) == counts.rows
    assert len({record.external_id for record in records}) == counts.records
    assert reading.provenance.n_rows == counts.rows
    assert again == records


def test_archive_and_table_of_cordis_hold_the_same_bodies(shared):
    folder = shared / "data" / "fixtures" / "cordis"
    table, _ = parted(cordis.read_organisations(folder / "organization_synthetic.csv"))
    zipped, _ = parted(cordis.read_organisations(folder / "cordis-synthetic-projects-csv.zip"))

    assert [record.external_id for record in zipped] == [record.external_id for record in table]
    assert sum(not record.nuts for record in table) == 1
    assert {"GR", "GB", "XK", "LI"} <= {record.country for record in table}


def test_published_rows_of_cordis_keep_codes_and_numbers_as_given(shared):
    path = shared / "data" / "fixtures" / "cordis" / "organization_published_10.csv"

    records, _ = parted(cordis.read_organisations(path))

    by_pic = {record.external_id: record for record in records}
    swiss = by_pic["998221957"]
    assert (swiss.country, swiss.nuts, swiss.postcode) == ("CH", "CH040", "8001")
    assert swiss.identifiers == {"pic": "998221957", "vat": "CHE105833232MWST"}
    assert (swiss.latitude, swiss.longitude) == (47.3671387, 8.5475228)
    assert by_pic["999643007"].postcode == "105 61"
    assert by_pic["999654356"].mentions == 2


def test_partners_of_keep_have_regions_and_the_same_bodies_in_both_forms(shared):
    folder = shared / "data" / "fixtures" / "keep"
    book, refused = parted(keep.read_organisations(folder / "keep_closed_1420_alpine.xlsx"))
    table, _ = parted(keep.read_organisations(folder / "keep_closed_1420_partnership_alpine.csv"))

    assert {record.external_id for record in table} <= {record.external_id for record in book}
    assert all(len(record.nuts) == 5 for record in book)
    assert all(record.website == "" for record in book)
    assert [error.found for error in refused] == ["Square Bracket eU"]


def test_names_with_unbalanced_quotation_marks_stay_whole(shared):
    path = shared / "data" / "fixtures" / "kohesio" / "beneficiaries_2023.tsv"

    records, _ = parted(kohesio.read_organisations(path))

    assert sum(record.name.count('"') % 2 for record in records) == 4
    named_twice = [record for record in records if record.other_names]
    assert {record.country for record in named_twice} == {"BG"}
    assert len(named_twice) == 53


# --- CORDIS -------------------------------------------------------------------------------


def test_body_of_several_projects_is_read_once_as_it_was_updated_last():
    data = cordis_file(
        cordis_row(name="SYNTHETIC OLD NAME"),
        cordis_row(organisationID="990000002", name="SYNTHETIC OTHER"),
        cordis_row(name="SYNTHETIC NEW NAME", contentUpdateDate="2025-01-01 00:00:00"),
        cordis_row(name="SYNTHETIC OLDER NAME", contentUpdateDate="2020-01-01 00:00:00"),
    )

    reading = cordis.read_organisations(data)
    records, _ = parted(reading)

    assert reading.counts == RowCounts(4, 2, 0, 2)
    assert [(record.name, record.mentions, record.line) for record in records] == [
        ("SYNTHETIC OTHER", 1, 3),
        ("SYNTHETIC NEW NAME", 3, 4),
    ]


def test_record_names_source_licence_address_and_line():
    (record,), _ = parted(cordis.read_organisations(cordis_file(cordis_row())))

    assert (record.source, record.scheme, record.line) == ("cordis", "cordis", 2)
    assert record.licence.key == "CC-BY-4.0"
    assert record.licence.attribution == "Source: CORDIS, European Union"
    assert record.licence.address.startswith("https://cordis.europa.eu")
    assert (record.provenance.file, record.provenance.n_rows) == ("organization.csv", 1)
    assert record.nuts_vintage is None


@pytest.mark.parametrize(
    ("activity", "sme", "found"),
    [
        ("HES", "false", ("university", "research")),
        ("REC", "", ("unknown", "research")),
        ("PRC", "true", ("sme", "business")),
        ("PRC", "false", ("unknown", "business")),
        ("PUB", "false", ("unknown", "public")),
        ("OTH", "true", ("unknown", "unknown")),
        ("", "", ("unknown", "unknown")),
    ],
)
def test_type_is_guessed_only_as_far_as_the_source_says_it(activity, sme, found):
    (record,), _ = parted(
        cordis.read_organisations(cordis_file(cordis_row(activityType=activity, SME=sme)))
    )

    assert (record.type, record.helix) == found
    assert record.type_raw == activity


def test_undoubled_quotation_mark_and_line_breaks_inside_a_field_are_mended():
    broken = cordis_row(name="NAME").replace('"NAME"', '""The ""SYNTHETIC""; hub"')
    data = cordis_file(
        broken,
        cordis_row(organisationID="990000002", name="SYNTHETIC\nof two lines"),
        cordis_row(organisationID="990000003", name='SYNTHETIC "quoted"; name'),
    )

    records, errors = parted(cordis.read_organisations(data))

    assert errors == []
    assert [(record.name, record.line) for record in records] == [
        ('"The "SYNTHETIC"; hub', 2),
        ("SYNTHETIC of two lines", 3),
        ('SYNTHETIC "quoted"; name', 5),
    ]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (cordis_row(name=" "), "organisation.empty", "E"),
        (cordis_row(organisationID=""), "organisation.empty", "C"),
        (cordis_row(organisationID="12"), "organisation.not_a_pic", "C"),
        (cordis_row(country="Atlantis"), "organisation.unknown_country", "L"),
        (cordis_row(name="SYNTHETIC Novak s.p."), "organisation.natural_person", "E"),
        ('"690001";"cut off"', "table.too_few_fields", "C"),
        (cordis_row() + ';"more"', "table.too_many_fields", "Z"),
        ('"690001";"never closed;', "table.bad_record", "A"),
    ],
)
def test_damaged_row_is_refused_and_the_next_one_is_read(row, code, column):
    data = cordis_file(row, cordis_row(organisationID="990000009"))

    records, (error,) = parted(cordis.read_organisations(data))

    assert (error.code, error.where.line, error.where.column) == (code, 2, column)
    assert [(record.external_id, record.line) for record in records] == [("990000009", 3)]


def test_fields_that_make_no_sense_are_left_out_with_a_note():
    row = cordis_row(geolocation="46.5", organizationURL="javascript:alert(1)", nutsCode="FR999")

    (record,), _ = parted(cordis.read_organisations(cordis_file(row)))

    assert (record.website, record.latitude, record.nuts) == ("", None, "FR999")
    assert [note.code for note in record.notes] == [
        "organisation.no_website",
        "organisation.no_coordinates",
    ]


def test_single_persons_are_read_if_they_are_wanted():
    data = cordis_file(cordis_row(name="SYNTHETIC Novak s.p."))

    records, errors = parted(cordis.read_organisations(data, natural_persons=True))

    assert (len(records), errors) == (1, [])


def test_layout_of_before_2021_is_refused_with_its_own_words():
    with pytest.raises(FileFormatError) as caught:
        cordis.read_organisations(
            b"rcn;id;coordinator;coordinatorCountry;participants\n1;2;a;b;c\n"
        )

    assert caught.value.code == "cordis.old_layout"


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive(project_csv="x"), "archive.member_missing"),
        (archive(organization_csv=b" " * 50_000_000), "archive.unsafe"),
        (archive(organization_csv=cordis_file(cordis_row()))[:-30], "archive.unsafe"),
        (b"PK\x03\x04 and nothing", "archive.unsafe"),
        (archive(organization_csv="a;b\n1;2\n"), "table.missing_column"),
    ],
)
def test_bad_archive_is_refused_before_a_row_is_read(data, code):
    with pytest.raises(FileFormatError) as caught:
        cordis.read_organisations(data, name="projects.zip")

    assert caught.value.code == code
    assert caught.value.where.file.startswith("projects.zip")


# --- keep.eu ------------------------------------------------------------------------------


def keep_book(*rows):
    head = ["Exported from a synthetic source"]
    return workbook(**{"Cover": [], "Partners 2024": [head, KEEP_HEAD, *rows]})


def workbook(**sheets):
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_partner_sheet_is_found_by_its_columns_and_zeros_come_back():
    data = keep_book(
        keep_row(),
        keep_row(**{"Project Partner": "SYNTHETIC  Partner", "Town": "TRENTO"}),
        keep_row(
            **{
                "Project Partner": "SYNTHETIC mairie",
                "Town": "Nice",
                "Postal code": 6000,
                "Country": "FRANCE",
                "Country code": None,
                "NUTS3 (or equivalent)": None,
                "NUTS2 (or equivalent)": "FRL0  / Provence",
            }
        ),
    )

    reading = keep.read_organisations(data, name="export.xlsx")
    records, _ = parted(reading)

    assert reading.counts == RowCounts(3, 2, 0, 1)
    first, second = records
    assert (first.mentions, first.nuts, first.sheet, first.line) == (2, "ITH20", "Partners 2024", 3)
    assert (first.type, first.type_raw, first.website) == ("unknown", "public", "")
    assert (second.country, second.postcode, second.nuts) == ("FR", "06000", "FRL0")
    assert [note.code for note in second.notes] == ["organisation.postcode_padded"]


def test_partner_rows_as_csv_are_read_in_every_encoding():
    name = "SYNTHETIC Größe"
    text = keep_csv(keep_row(**{"Project Partner": name})).decode()

    for encoding, notes in (("utf-8", []), ("utf-16", []), ("cp1252", ["encoding.guessed"])):
        reading = keep.read_organisations(text.encode(encoding))
        (record,), _ = parted(reading)
        assert record.name == name
        assert [note.code for note in reading.notes] == notes


def test_quotation_mark_inside_a_partner_row_costs_that_row_only():
    data = keep_csv(
        keep_row(Street='"Via" Roma'),
        keep_row(Town="Rovereto"),
    )

    records, (error,) = parted(keep.read_organisations(data))

    assert (error.code, error.where.line) == ("table.bad_record", 2)
    assert [record.town for record in records] == ["Rovereto"]


def test_quotation_mark_that_is_never_closed_costs_that_row_only():
    data = keep_csv(
        keep_row(Town='"Ala'),
        *(keep_row(Town=f"Town {place}") for place in range(300)),
        keep_row(Town='"Two\nlines"'),
        keep_row(Town='"Avio'),
    )

    records, errors = parted(keep.read_organisations(data))

    assert [(error.code, error.where.line) for error in errors] == [
        ("table.bad_record", 2),
        ("table.bad_record", 305),
    ]
    assert len(records) == 301
    assert (records[-1].town, records[-1].line) == ("Two lines", 303)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Programme;Town\nx;y\n", "table.missing_column"),
        (b"", "file.empty"),
        (b"Project Partner;Town;Country\na\0b;c;Italy\n", "file.nul"),
        (b"Town;town;Project Partner;Country\n", "table.duplicate_head"),
        (b"%PDF-1.7", "file.wrong_kind"),
        (archive(a_xml="x"), "workbook.unreadable"),
    ],
)
def test_file_that_is_no_export_of_keep_is_refused(data, code):
    with pytest.raises(FileFormatError) as caught:
        keep.read_organisations(data)

    assert caught.value.code == code


def test_workbook_without_partners_is_refused_with_the_names_of_its_sheets():
    data = workbook(Calls=[["Programme", "Budget"]])

    with pytest.raises(FileFormatError) as caught:
        keep.read_organisations(data)

    assert (caught.value.code, caught.value.found) == ("keep.no_partners", "Calls")


def test_missing_file_is_refused_by_every_reader(tmp_path):
    for adapter in (keep, cordis, kohesio):
        with pytest.raises(FileFormatError) as caught:
            adapter.read_organisations(tmp_path / "none.csv")
        assert caught.value.code == "file.missing"


# --- Kohesio ------------------------------------------------------------------------------


def test_beneficiary_of_two_regions_is_one_body_without_a_region():
    data = kohesio_file(
        kohesio_row('SYNTHETIC "zavod'),
        kohesio_row('Synthetic "Zavod', region="Goriška"),
        kohesio_row("СИНТЕТИК ООД", country="Bulgaria", latin="SINTETIK OOD"),
        ["Slovenia", "Gorenjska"],
        kohesio_row("SYNTHETIC", country="Atlantis"),
    )

    reading = kohesio.read_organisations(data)
    records, errors = parted(reading)

    assert reading.counts == RowCounts(5, 2, 2, 1)
    assert [(record.name, record.mentions, record.nuts) for record in records] == [
        ('SYNTHETIC "zavod', 2, ""),
        ("СИНТЕТИК ООД", 1, ""),
    ]
    assert records[1].other_names == ("SINTETIK OOD",)
    assert [(error.code, error.where.line) for error in errors] == [
        ("table.too_few_fields", 5),
        ("organisation.unknown_country", 6),
    ]


def test_id_from_the_name_is_the_same_at_every_import():
    (first,), _ = parted(kohesio.read_organisations(kohesio_file(kohesio_row("SYNTHETIC d.o.o."))))

    assert first.external_id == "SI-af3e5b500bba0428"
