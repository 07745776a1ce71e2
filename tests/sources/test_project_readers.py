"""Projects of CORDIS, keep.eu, Kohesio and tables of people's own: what a reader must find."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.project_records import (
    Money,
    Refused,
    SourceParticipation,
    SourceProject,
)
from alpclusters.sources.project_sources import guess_kind, open_projects
from tests.factories import project_lists as lists

pytestmark = pytest.mark.unit


def read(path, kind=None, **options):
    """Return projects, participations and refused rows of a file."""
    reading = open_projects(path, kind or guess_kind(path), **options)
    things = list(reading.things())
    kinds = (SourceProject, SourceParticipation, Refused)
    return tuple([one for one in things if isinstance(one, kind)] for kind in kinds)


def codes(refused):
    return Counter(one.error.code for one in refused)


# --- CORDIS ---------------------------------------------------------------------------------------


def test_a_project_of_cordis_is_read_field_by_field(tmp_path):
    path = lists.write_cordis(
        tmp_path / "a.zip",
        [lists.project(1, totalCost="107500,62", grantDoi="10.3030/690001")],
        [lists.partner(1), lists.partner(1, 2, role="associatedPartner", country="EL")],
        topics=b'"projectID";"topic";"title"\r\n"690001";"T";"Simulated topic"\r\n',
    )
    (project,), (lead, other), refused = read(path)
    assert (project.key, project.link, project.acronym) == ("H2020:690001", "690001", "SIM-1")
    assert (project.programme, project.period) == ("Horizon 2020", "2014-2020")
    assert (project.start, project.end) == (date(2016, 3, 1), date(2019, 2, 28))
    assert project.budget == Money(Decimal("107500.62"))
    assert project.themes == ("simulated", "cluster")
    assert project.address == "https://doi.org/10.3030/690001"
    assert (lead.organisation_key, lead.role) == ("pic:990000001", "lead")
    assert lead.budget == Money(Decimal("25000.62"))
    assert (other.role, other.country) == ("associated", "GR")
    assert refused == []


def test_nothing_and_zero_are_different_amounts(tmp_path):
    rows = [lists.project(1, totalCost="", ecMaxContribution="0.00")]
    ((project,), _, _) = read(lists.write_cordis(tmp_path / "a.zip", rows))
    assert project.budget is None
    assert project.eu == Money(Decimal("0.00"))


def test_the_fixture_of_cordis_holds_what_its_schema_promises(shared):
    folder = shared / "data" / "fixtures" / "cordis"
    projects, bodies, refused = read(folder / "cordis-synthetic-projects-csv.zip")
    by_number = {project.reference: project for project in projects}
    assert (len(projects), len(bodies), refused) == (80, 324, [])
    aims = by_number["690014"].texts["aims"]["en"]
    assert aims.startswith('"Synthetic"; text with a semicolon')
    assert by_number["690006"].texts["aims"]["en"].count("\n") == 1
    assert "script" not in by_number["690007"].texts["aims"]["en"]
    assert "čšž àéè äöü ß" in by_number["690008"].texts["aims"]["en"]
    assert by_number["690013"].end is None
    assert Counter(p.programme for p in projects) == {"Horizon 2020": 40, "Horizon Europe": 40}


def test_a_folder_and_the_bare_table_are_read_as_well(tmp_path):
    folder = tmp_path / "cordis"
    folder.mkdir()
    table = lists.cordis_table(lists.PROJECT_HEADS, [lists.project(1)])
    (folder / "project.csv").write_bytes(table)
    (folder / "Organization.csv").write_bytes(
        lists.cordis_table(lists.PARTNER_HEADS, [lists.partner(1)])
    )
    projects, bodies, _ = read(folder)
    assert (len(projects), len(bodies)) == (1, 1)
    reading = open_projects(folder / "project.csv", "cordis")
    assert [note.code for note in reading.notes] == ["project.no_partners"]
    assert not reading.is_whole


def test_rows_that_are_none_are_refused_with_their_place(tmp_path):
    rows = [lists.project(1, id=""), lists.project(2, id="a b"), lists.project(3)]
    projects, _, refused = read(lists.write_cordis(tmp_path / "a.zip", rows))
    assert len(projects) == 1
    assert [one.error.where.line for one in refused] == [2, 3]
    assert codes(refused) == {"organisation.empty": 1, "project.bad_id": 1}
    assert "Simulated project 1" in refused[0].error.cells


def test_single_persons_are_left_out_unless_asked_for(tmp_path):
    bodies = [lists.partner(1, 1, name="Novak s.p.", country="SI")]
    path = lists.write_cordis(tmp_path / "a.zip", [lists.project(1)], bodies)
    assert codes(read(path)[2]) == {"organisation.natural_person": 1}
    assert len(read(path, natural_persons=True)[1]) == 1


def test_the_layout_of_before_2021_says_what_to_download(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text('"id";"acronym";"coordinator";"participants"\n"1";"A";"B";"C"\n')
    with pytest.raises(FileFormatError, match=r"cordis\.old_layout"):
        open_projects(path, "cordis")


# --- keep.eu --------------------------------------------------------------------------------------


def test_keep_json_keeps_three_states_of_a_budget(tmp_path):
    rows = [lists.keep_project(1), lists.keep_project(2, total_budget=None, eu_funding=None)]
    projects, bodies, _ = read(lists.write_json(tmp_path / "a.json", rows))
    assert (projects[0].budget.cents, projects[0].eu.cents) == (150_000_100, 0)
    assert (projects[1].budget, projects[1].eu) == (None, None)
    assert projects[0].programme == "Interreg Simulated"
    assert projects[0].texts == {"aims": {"en": "Aims & more"}}
    assert [one.role for one in bodies[:2]] == ["lead", "partner"]
    assert bodies[0].organisation_key == "keep:7000"


@pytest.mark.parametrize(
    ("written", "cents"),
    [("892,228", 89_222_800), ("892,228.58", 89_222_858), ("1234.5", 123_450), ("7,5", 750)],
)
def test_three_digits_behind_a_comma_of_keep_json_are_thousands(tmp_path, written, cents):
    path = lists.write_json(tmp_path / "a.json", [lists.keep_project(1, total_budget=written)])
    ((project,), _, _) = read(path)
    assert project.budget.cents == cents


@pytest.mark.parametrize("shape", ["list", "answer", "programmes", "one"])
def test_every_shape_of_keep_json_is_read(tmp_path, shape):
    one = lists.keep_project(1)
    shapes = {
        "list": [one],
        "answer": {"count": 1, "results": [one], "total_pages": 1},
        "programmes": {"programmes": [{"id": 9, "title": "Interreg X", "projects": [one]}]},
        "one": one,
    }
    projects, bodies, _ = read(lists.write_json(tmp_path / "a.json", shapes[shape]))
    assert (len(projects), len(bodies)) == (1, 2)


@pytest.mark.slow
def test_the_workbook_of_keep_is_found_by_its_columns(tmp_path):
    sheets = {
        "Cover": [["keep.eu"], ["exported"]],
        "Projects": [
            ["Programme", "Project Acronym", "Project Name", "Lead Partner", "Budget",
             "EU Funding", "Project start", "Project end", "Period"],
            ["2014 - 2020 Interreg Danube ", "DTP1-095-1.1 DanuSim", "Simulated", "Body A",
             "892,228.58", 892_228.5, "2015/10/27", "2018/10/26", "2014-2020"],
            ["2014 - 2020 Interreg Danube ", 103, "Simulated 2", "Body B", "0.00", "", "", "", ""],
        ],
        "Partners": [
            ["Programme", "Acronym", "Project Partner", "Lead Partner", "Town", "Country",
             "Country code", "NUTS3 (or equivalent)"],
            ["2014 - 2020 Interreg Danube ", "DTP1-095-1.1 DanuSim", "Body A", "Yes", "Venezia",
             "Italy", "IT Italy / ITALIA", "ITH35  / Venezia"],
            ["2014 - 2020 Interreg Danube ", 103, "Body B", "Yes", "Graz", "Austria", "", ""],
            ["2014 - 2020 Interreg Danube ", "Nobody's", "Body C", "No", "Graz", "Austria", "", ""],
        ],
    }  # fmt: skip
    path = lists.write_workbook(tmp_path / "keep.xlsx", sheets)
    assert guess_kind(path) == "keep"
    (first, second), bodies, refused = read(path)
    assert (first.reference, first.acronym) == ("DTP1-095-1.1", "DanuSim")
    assert (first.budget.cents, first.start) == (89_222_858, date(2015, 10, 27))
    assert (second.acronym, second.budget.cents, second.start) == ("103", 0, None)
    assert [(b.name, b.role, b.nuts) for b in bodies] == [
        ("Body A", "lead", "ITH35"),
        ("Body B", "lead", ""),
    ]
    assert codes(refused) == {"project.orphan": 1}


def test_partners_of_projects_with_one_acronym_go_where_the_lead_says(tmp_path):
    heads = ["Programme", "Acronym", "Project Name", "Lead Partner", "Project start"]
    partner_heads = ["Programme", "Acronym", "Project Partner", "Lead Partner", "Country"]
    sheets = {
        "P": [heads, ["X", "SAME", "One", "Body A", ""], ["X", "SAME", "Two", "Body B", ""]],
        "Q": [
            partner_heads,
            ["X", "SAME", "Body B", "Yes", "Austria"],
            ["X", "SAME", "Body C", "No", "Austria"],
        ],
    }
    projects, bodies, refused = read(lists.write_workbook(tmp_path / "keep.xlsx", sheets), "keep")
    assert len({project.key for project in projects}) == 2
    assert bodies[0].project_key == projects[1].key
    assert codes(refused) == {"project.several": 1}


def test_partners_of_two_projects_of_one_acronym_and_lead_go_nowhere(tmp_path):
    heads = ["Programme", "Acronym", "Project Name", "Lead Partner", "Project start"]
    partner_heads = ["Programme", "Acronym", "Project Partner", "Lead Partner", "Country"]
    sheets = {
        "P": [heads, ["X", "SAME", "One", "Body A", ""], ["X", "SAME", "Two", "Body A", ""]],
        "Q": [partner_heads, ["X", "SAME", "Body A", "Yes", "Austria"]],
    }
    _, bodies, refused = read(lists.write_workbook(tmp_path / "keep.xlsx", sheets), "keep")
    assert bodies == []
    assert codes(refused) == {"project.several": 1}


@pytest.mark.slow
def test_the_real_export_of_keep_is_read_whole(shared):
    path = shared / "data" / "fixtures" / "keep" / "keep_closed_1420_alpine.xlsx"
    projects, bodies, refused = read(path)
    assert (len(projects), len(bodies), len(refused)) == (241, 1_513, 1)
    assert all(project.budget is not None for project in projects)
    assert {project.period for project in projects} == {"2014-2020"}
    sites = Counter(project.website for project in projects if project.website)
    assert "https://www.ita-slo.eu/MEMORI-net" in sites
    assert max(sites.values()) == 1


# --- Kohesio --------------------------------------------------------------------------------------


def test_an_operation_in_two_places_is_one_project_with_two_participations(tmp_path):
    rows = [lists.operation(1), lists.operation(1, NUTS3_Code="AT332"), lists.operation(2)]
    projects, bodies, _ = read(lists.write_kohesio(tmp_path / "k.csv", rows))
    assert [project.key for project in projects] == ["Q9000001", "Q9000001", "Q9000002"]
    assert [body.identity for body in bodies[:2]] == [
        "kohesio:Q8000001|AT312",
        "kohesio:Q8000001|AT332",
    ]
    assert projects[0].titles == {
        "de": "Simuliertes Vorhaben 1",
        "en": "Simulated operation 1",
    }
    assert (projects[0].start, projects[0].end) == (date(2022, 1, 13), None)


def test_the_columns_of_2021_are_read_too(tmp_path):
    more = ("CountryCode", "Beneficiary_Name")
    rows = [
        lists.operation(1, Country="", CountryCode="EL", Beneficiary_Name='Simulated "Ltd", one')
    ]
    path = lists.write_kohesio(tmp_path / "k.csv", rows, more=more)
    assert guess_kind(path) == "kohesio"
    _, (body,), _ = read(path)
    assert (body.name, body.country) == ('Simulated "Ltd", one', "GR")


def test_the_fixture_of_kohesio_is_read_whole(shared):
    path = shared / "data" / "fixtures" / "kohesio" / "projects_synthetic.csv"
    projects, bodies, refused = read(path)
    assert (len(projects), len(bodies), refused) == (120, 120, [])
    assert len({body.organisation_key for body in bodies}) == 50
    assert all(project.start for project in projects)


# --- tables of one's own --------------------------------------------------------------------------


def test_a_table_of_ones_own_is_read_by_the_names_of_our_fields(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "acronym;title_de;programme;period;start;budget;countries;lead;partners;keywords\n"
        "SIM;Probe;Interreg Probe;2007-2013;01.02.2009;1.500,5;AT SI;Haus (AT);Hiša (SI)|Casa;a|b\n"
        ";;ohne;;;;;;;\n",
        encoding="utf-8",
    )
    (project,), bodies, refused = read(path)
    assert (project.titles, project.family) == ({"de": "Probe"}, "interreg")
    assert (project.start, project.budget.cents) == (date(2009, 2, 1), 150_050)
    assert project.places == (("AT", ""), ("SI", ""))
    assert [(b.name, b.country, b.role) for b in bodies] == [
        ("Haus", "AT", "lead"),
        ("Hiša", "SI", "partner"),
        ("Casa", "", "partner"),
    ]
    assert codes(refused) == {"organisation.empty": 1}
