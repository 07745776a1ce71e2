"""The spool between reading and storing: every row counted once, repeats found, filters."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import FileFormatError, RecordError
from alpclusters.sources.project_filters import ProjectFilter
from alpclusters.sources.project_reading import ProjectReading
from alpclusters.sources.project_records import Refused, SourceParticipation, SourceProject
from alpclusters.sources.project_sources import open_projects
from alpclusters.sources.project_spool import ProjectSpool, spool_projects
from alpclusters.sources.records import Licence
from tests.factories import project_lists as lists

pytestmark = pytest.mark.unit


def spooled(path, reading) -> ProjectSpool:
    place = path / "projects.sqlite"
    spool_projects(reading, place)
    found = ProjectSpool.opened(place, sha256=reading.sha256)
    assert found is not None
    return found


def reading_of(things) -> ProjectReading:
    """A list that holds these things."""
    licence = Licence("", "Simulated", "")
    return ProjectReading("cordis", licence, "list", "0" * 64, 1, ("id",), lambda: iter(things))


keys = st.sampled_from("abcd")
projects = st.builds(
    SourceProject, key=keys, acronym=keys, line=st.integers(1, 99), updated=st.sampled_from("012")
)
bodies = st.builds(
    SourceParticipation,
    project_key=keys,
    organisation_key=keys,
    identity=keys,
    name=keys,
    line=st.integers(1, 99),
    updated=st.sampled_from("012"),
)
refused = st.builds(
    Refused, st.sampled_from(["project", "participation"]), st.builds(RecordError, st.just("x"))
)


@given(st.lists(st.one_of(projects, bodies, refused), max_size=40), st.data())
def test_every_row_ends_as_one_record_one_repeat_or_one_rejected(tmp_path_factory, things, data):
    things = [*things, data.draw(projects)]
    with spooled(tmp_path_factory.mktemp("spool"), reading_of(things)) as spool:
        facts, everything = spool.facts, ProjectFilter()
        for counts in (facts.projects, facts.participations):
            assert counts.rows == counts.records + counts.rejected + counts.repeats
            assert min(counts.records, counts.rejected, counts.repeats) >= 0
        found = spool.projects(everything, most=100)
        assert facts.projects.rows == sum(isinstance(t, SourceProject) for t in things) + sum(
            isinstance(t, Refused) and t.kind == "project" for t in things
        )
        assert len(found) == facts.projects.records == spool.count(everything)
        assert sum(one.n_rows for one in found) == spool.count_rows(everything)
        assert sum(len(one.participations) for one in found) == facts.participations.records
        assert len(list(spool.refused("participation"))) == facts.participations.rejected


@given(st.lists(projects, min_size=1, max_size=20))
def test_of_rows_with_one_key_the_last_changed_stands(tmp_path_factory, things):
    with spooled(tmp_path_factory.mktemp("spool"), reading_of(things)) as spool:
        for one in spool.projects(ProjectFilter()):
            same = [thing for thing in things if thing.key == one.project.key]
            newest = max(thing.updated for thing in same)
            first = next(thing for thing in same if thing.updated == newest)
            assert one.project.acronym == first.acronym


def test_a_record_comes_back_as_it_went_in(tmp_path):
    path = lists.write_cordis(
        tmp_path / "a.zip", [lists.project(1, objective="a\nb")], [lists.partner(1)]
    )
    reading = open_projects(path, "cordis")
    project, body = reading.things()
    with spooled(tmp_path, reading) as spool:
        (one,) = spool.projects(ProjectFilter())
        provenance = spool.facts.provenance
    beside = {"provenance": provenance, "lead_key": "pic:990000001"}
    assert one.project == replace(project, **beside)
    assert one.participations == (replace(body, provenance=provenance, project_key=project.key),)


def test_the_fixture_of_cordis_has_an_orphan_and_two_repeats(shared, tmp_path):
    path = shared / "data" / "fixtures" / "cordis" / "cordis-synthetic-projects-csv.zip"
    with spooled(tmp_path, open_projects(path, "cordis")) as spool:
        counts = spool.facts.participations
        assert (counts.rows, counts.rejected, counts.repeats) == (324, 1, 2)
        assert [error.code for _, error in spool.refused()] == ["project.orphan"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ProjectFilter(), ["SIM-1", "SIM-2", "SIM-3"]),
        (ProjectFilter(words=("FORÊT",)), ["SIM-2"]),
        (ProjectFilter(words=("simulated foret",)), ["SIM-2"]),
        (ProjectFilter(words=("foret", "100%")), ["SIM-2", "SIM-3"]),
        (ProjectFilter(words=("100_",)), []),
        (ProjectFilter(countries=("si",)), ["SIM-2"]),
        (ProjectFilter(nuts=("AT3",)), ["SIM-1", "SIM-3"]),
        (ProjectFilter(countries=("SI",), nuts=("AT3",)), ["SIM-1", "SIM-2", "SIM-3"]),
        (ProjectFilter(programmes=("europe",)), ["SIM-3"]),
        (ProjectFilter(years="2014-2020"), ["SIM-1", "SIM-2"]),
        (ProjectFilter(years="2024"), ["SIM-3"]),
        (ProjectFilter(words=("foret",), countries=("AT",)), []),
        (ProjectFilter(keys=("H2020:690001",), countries=("SI",)), ["SIM-1"]),
    ],
)
def test_a_filter_lets_through_what_is_wanted(tmp_path, wanted, expected):
    rows = [
        lists.project(1),
        lists.project(2, objective="La forêt et le bois"),
        lists.project(3, frameworkProgramme="HORIZON", title="Simulated 100% circular"),
    ]
    bodies = [
        lists.partner(1),
        lists.partner(2, country="SI", nutsCode="SI031"),
        lists.partner(3),
    ]
    path = lists.write_cordis(tmp_path / "a.zip", rows, bodies)
    with spooled(tmp_path, open_projects(path, "cordis")) as spool:
        assert [one.project.acronym for one in spool.projects(wanted)] == expected
        assert spool.count(wanted) == len(expected)
        assert ProjectFilter.of(wanted.as_record()) == wanted


def test_a_spool_of_another_list_is_not_taken(tmp_path):
    spooled(tmp_path, reading_of([SourceProject("a", "a", 1)])).close()
    assert ProjectSpool.opened(tmp_path / "projects.sqlite", sha256="1" * 64) is None
    (tmp_path / "projects.sqlite").write_bytes(b"no database")
    assert ProjectSpool.opened(tmp_path / "projects.sqlite", sha256="0" * 64) is None


def test_a_list_without_projects_is_refused_and_leaves_nothing(tmp_path):
    with pytest.raises(FileFormatError, match=r"project\.none"):
        spooled(tmp_path, reading_of([]))
    assert list(tmp_path.iterdir()) == []
