"""Projects become initiatives: stored once, changed where they changed, never over people."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from alpclusters.analysis.errors import FileFormatError, InputError, StateError
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing import (
    ProjectChoices,
    ReadingCancelled,
    check_run,
    choose,
    ensure_project_source,
    perform_run,
    read_report,
    spool_path,
    start_run,
    unfinished_run,
)
from alpclusters.platform.evidence.domain.initiatives.editing import change_initiative
from alpclusters.platform.evidence.domain.initiatives.partners import add_partner
from alpclusters.platform.evidence.models import (
    Initiative,
    InitiativeProposal,
    InitiativeRecord,
    Participation,
    Programme,
)
from alpclusters.platform.history import history_of
from alpclusters.platform.network.domain.links.deriving import derive_in_background
from alpclusters.platform.territory.models import RegionChange
from alpclusters.platform.worlds import crossings
from alpclusters.sources.project_filters import ProjectFilter
from alpclusters.sources.project_spool import ProjectSpool
from tests.factories import project_lists as lists
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _no_seeds():
    """These tests count what an import stores."""
    Participation.objects.all().delete()


def begun(path, kind="cordis", **choices) -> ImportRun:
    chosen = ProjectChoices(kind=kind, is_simulated=True, **choices)
    source = ensure_project_source(kind)
    return start_run(source, path, name=path.name, by=None, choices=chosen)


def imported(path, kind="cordis", **choices):
    """Import a file and return the report."""
    return perform_run(begun(path, kind, **choices))


def ours() -> list[Initiative]:
    return list(Initiative.objects.filter(records__isnull=False).order_by("key"))


def counts(report) -> tuple[int, ...]:
    return tuple(report.counts.values())[:5]


# --- what is stored -------------------------------------------------------------------------------


def test_a_project_becomes_an_initiative_with_source_and_licence(tmp_path):
    make_region("AT312")
    report = imported(lists.write_few(tmp_path / "a.zip", 1, grantDoi="10.3030/690001"))
    (one,) = ours()
    assert counts(report) == (1, 1, 0, 0, 0)
    assert (one.key, one.acronym, one.title.inside("en")) == (
        "cordis-h2020-690001", "SIM-1", "Simulated project 1",
    )  # fmt: skip
    assert (one.programme.name, one.programme.period) == ("Horizon 2020", "2014-2020")
    assert (one.start, one.end, one.status) == (date(2016, 3, 1), date(2019, 2, 28), "closed")
    assert (one.budget_cents, one.eu_cents, one.countries) == (10_750_062, 8_600_050, "AT")
    assert one.source.startswith("Source: CORDIS, European Union, ")
    assert one.source.endswith("https://doi.org/10.3030/690001")
    assert (one.licence, one.standing, one.is_simulated) == ("CC-BY-4.0", "unverified", True)
    assert one.family == one.pk
    lead, other = one.participations.order_by("order")
    assert (lead.body_key, lead.role, lead.region.code) == ("pic:990000001", "lead", "AT312")
    assert (other.role, other.eu_cents) == ("partner", 2_000_050)
    assert history_of(one).count() == 1


def test_the_same_file_again_changes_nothing(tmp_path):
    path = lists.write_few(tmp_path / "a.zip")
    imported(path)
    before = list(Initiative.objects.order_by("pk").values())
    assert counts(imported(path)) == (3, 0, 0, 3, 0)
    assert list(Initiative.objects.order_by("pk").values()) == before


def test_a_changed_project_is_updated_and_keeps_its_address(tmp_path):
    imported(lists.write_few(tmp_path / "a.zip", 2))
    rows = [lists.project(1, title="Simulated anew", totalCost=""), lists.project(2)]
    bodies = [lists.partner(1, 1, ecContribution="1.5"), lists.partner(1, 3), lists.partner(2)]
    bodies.append(lists.partner(2, 2))
    report = imported(lists.write_cordis(tmp_path / "b.zip", rows, bodies))
    first = Initiative.objects.get(key="cordis-h2020-690001")
    assert counts(report) == (2, 0, 1, 1, 0)
    assert (first.title.inside("en"), first.budget_cents) == ("Simulated anew", 10_750_062)
    assert history_of(first).count() == 2
    keys = first.participations.order_by("order").values_list("body_key", "eu_cents")
    assert list(keys) == [("pic:990000001", 150), ("pic:990000003", 2_000_050)]


def test_what_a_person_set_stays_and_the_source_proposes(tmp_path):
    imported(lists.write_few(tmp_path / "a.zip", 1))
    (one,) = ours()
    change_initiative(
        one, {"title": {"en": "By a person"}, "website": "https://example.org"}, make_user()
    )
    path = lists.write_few(tmp_path / "b.zip", 1, title="Of the source", objective="New aims")
    report = imported(path)
    one.refresh_from_db()
    assert (one.title.inside("en"), one.aims.inside("en")) == ("By a person", "New aims")
    (proposal,) = InitiativeProposal.objects.all()
    assert (proposal.field, proposal.value) == ("title_en", "Of the source")
    assert report.notes["organisation.proposed"] == 1
    imported(lists.write_few(tmp_path / "c.zip", 1, title="Of the source", objective="Newer"))
    assert InitiativeProposal.objects.count() == 1


def test_partners_that_a_person_changed_stay(tmp_path):
    imported(lists.write_few(tmp_path / "a.zip", 1))
    (one,) = ours()
    add_partner(one, name="Simulated guest", by=make_user())
    report = imported(lists.write_few(tmp_path / "b.zip", 1, n_partners=5, objective="New"))
    assert one.participations.count() == 3
    assert report.notes["project.partners_kept"] == 1


def test_bodies_are_tied_to_organisations_by_their_numbers(tmp_path):
    body = make_organisation(name="Known body", is_simulated=True)
    body.identifiers.create(scheme="pic", value="990000001")
    imported(lists.write_few(tmp_path / "a.zip", 2))
    tied = Participation.objects.filter(organisation=body)
    assert tied.count() == 2
    later = make_organisation(name="Later body", is_simulated=True)
    later.identifiers.create(scheme="pic", value="990000002")
    imported(lists.write_few(tmp_path / "a.zip", 2))
    assert Participation.objects.filter(organisation=later).count() == 2


def test_bodies_of_invented_projects_are_no_real_organisations_though_the_numbers_say_so(tmp_path):
    make_organisation(name="Known body").identifiers.create(scheme="pic", value="990000001")
    imported(lists.write_few(tmp_path / "a.zip", 2))
    make_organisation(name="Later body").identifiers.create(scheme="pic", value="990000002")
    imported(lists.write_few(tmp_path / "a.zip", 2))

    assert not Participation.objects.exclude(organisation=None).exists()
    assert crossings() == []


def test_a_body_in_another_vintage_gets_the_region_of_today(tmp_path):
    make_region("FRK2", first_vintage=2016)
    make_region("FR71", last_vintage=2013)
    RegionChange.objects.create(
        from_vintage=2013, to_vintage=2016, level=2, from_code="FR71", to_code="FRK2",
        relation="recoded", is_exact=True,
    )  # fmt: skip
    bodies = [
        lists.partner(1, 1, country="FR", nutsCode="FR71"),
        lists.partner(1, 2, country="FR", nutsCode="FR999"),
        lists.partner(1, 3, country="FR", nutsCode=""),
    ]
    report = imported(lists.write_cordis(tmp_path / "a.zip", [lists.project(1)], bodies))
    rows = Participation.objects.order_by("order").values_list("region__code", "given_code")
    assert list(rows) == [("FRK2", "FR71"), (None, "FR999"), (None, "")]
    assert report.notes == {"region.recoded": 1, "region.unknown_code": 1}
    assert report.vintage == {"vintage": 2013, "n_codes": 2, "n_fitting": 1}


def test_a_project_that_the_source_no_longer_lists_is_marked_not_deleted(tmp_path):
    imported(lists.write_few(tmp_path / "a.zip", 3))
    report = imported(lists.write_few(tmp_path / "b.zip", 2))
    gone = InitiativeRecord.objects.exclude(gone_since=None)
    assert (report.gone, [row.external_id for row in gone]) == (1, ["H2020:690003"])
    assert len(ours()) == 3
    assert counts(imported(lists.write_few(tmp_path / "c.zip", 3))) == (3, 0, 1, 2, 0)
    assert not InitiativeRecord.objects.exclude(gone_since=None).exists()


def test_a_list_of_another_programme_marks_nothing(tmp_path):
    imported(lists.write_few(tmp_path / "a.zip", 2))
    assert imported(lists.write_few(tmp_path / "b.zip", 1, frameworkProgramme="HORIZON")).gone == 0
    assert imported(lists.write_few(tmp_path / "c.zip", 1), is_whole=False).gone == 0


def test_the_file_of_one_country_says_nothing_about_another(tmp_path):
    rows = [lists.operation(n) for n in (1, 2)]
    imported(lists.write_kohesio(tmp_path / "at.csv", rows), "kohesio")
    other = lists.operation(3, Country="Slovenia", NUTS3_Code="SI031")
    assert imported(lists.write_kohesio(tmp_path / "si.csv", [other]), "kohesio").gone == 0
    assert imported(lists.write_kohesio(tmp_path / "a.csv", rows[:1]), "kohesio").gone == 1


def test_a_filter_leaves_out_and_counts_what_it_left_out(tmp_path):
    rows = [lists.project(1), lists.project(2), lists.project(3, id="")]
    bodies = [lists.partner(1), lists.partner(2, country="SI", nutsCode="SI031")]
    path = lists.write_cordis(tmp_path / "a.zip", rows, bodies)
    report = imported(path, wanted=ProjectFilter(countries=("SI",)))
    assert counts(report) == (2, 1, 0, 0, 1)
    assert report.filtered == 1
    assert [one.acronym for one in ours()] == ["SIM-2"]


def test_repeated_rows_are_unchanged_ones(tmp_path):
    make_region("AT312")
    make_region("AT332")
    rows = [lists.operation(1), lists.operation(1, NUTS3_Code="AT332")]
    report = imported(lists.write_kohesio(tmp_path / "k.csv", rows), "kohesio")
    assert counts(report) == (2, 1, 0, 1, 0)
    (one,) = ours()
    codes = one.participations.order_by("order").values_list("region__code", "body_key")
    assert list(codes) == [("AT312", "kohesio:Q8000001"), ("AT332", "kohesio:Q8000001")]


def test_a_programme_that_is_known_under_another_spelling_is_not_made_twice(tmp_path):
    known = Programme.objects.get_or_create(
        name="Interreg Alpine Space",
        period="2014-2020",
        defaults={"key": "x", "family": "interreg"},
    )[0]
    one = lists.keep_project(1, programme={"title": "2014 - 2020 INTERREG VB Alpine Space"})
    imported(lists.write_json(tmp_path / "a.json", [one]), "keep")
    assert ours()[0].programme == known


def test_reports_tell_what_became_of_every_project(tmp_path):
    rows = [lists.project(1), lists.project(2, id="a b")]
    bodies = [lists.partner(1), lists.partner(9)]
    path = lists.write_cordis(tmp_path / "a.zip", rows, bodies)
    report = imported(path, report_folder=str(tmp_path / "r"))

    def table(name):
        text = (tmp_path / "r" / name).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    (taken,), (refused,), (orphan,) = map(table, ("accepted.csv", "rejected.csv", "partners.csv"))
    assert (taken["external_id"], taken["outcome"]) == ("H2020:690001", "created")
    assert (refused["line"], refused["field"]) == ("3", "id")
    assert "690009" in orphan["reason"]
    assert read_report(tmp_path / "r") == report
    assert report.participations == {"rows": 2, "records": 1, "rejected": 1, "repeats": 0}


# --- checks, stops, second starts -----------------------------------------------------------------


def test_a_check_says_the_same_and_stores_nothing(tmp_path):
    run = begun(lists.write_few(tmp_path / "a.zip"))
    report = check_run(run)
    assert (counts(report), report.is_dry) == ((3, 3, 0, 0, 0), True)
    assert ours() == []
    assert counts(perform_run(run)) == (3, 3, 0, 0, 0)


def test_choosing_anew_is_possible_until_something_is_stored(tmp_path):
    run = begun(lists.write_few(tmp_path / "a.zip"))
    choose(run, ProjectFilter(keys=("H2020:690002",)))
    perform_run(run)
    assert [one.acronym for one in ours()] == ["SIM-2"]
    with pytest.raises(StateError):
        choose(run, ProjectFilter())
    with pytest.raises(StateError, match=r"import\.done"):
        perform_run(run)


class Killed(BaseException):
    """The end of a process, at a moment of the test's own."""


def content():
    columns = ("key", "acronym", "title__en", "aims__en", "countries", "programme__name")
    bodies = ("initiative__key", "body_key", "role", "order", "region__code")
    return (
        list(
            Initiative.objects.filter(records__isnull=False).order_by("key").values_list(*columns)
        ),
        list(Participation.objects.order_by(*bodies).values_list(*bodies)),
        list(InitiativeRecord.objects.order_by("external_id").values_list("external_id", "digest")),
    )


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks of seven projects: many stops in a small file."""
    monkeypatch.setattr("alpclusters.platform.evidence.domain.importing.work.CHUNK", 7)


@pytest.mark.parametrize("stored", [0, 7, 14, 21])
@pytest.mark.usefixtures("small_chunks")
def test_an_import_that_was_killed_ends_with_the_same_content(tmp_path, stored):
    path = lists.write_few(tmp_path / "a.zip", 25)
    run = begun(path)

    def kill(done, total):
        if total and done > stored:
            raise Killed

    with pytest.raises(Killed):
        perform_run(run, progress=kill)
    assert InitiativeRecord.objects.count() <= max(stored, 7)
    again = begun(path)
    assert (unfinished_run(again) == run) is True
    run = ImportRun.objects.get(pk=run.pk)
    assert counts(perform_run(run)) == (25, 25, 0, 0, 0)
    first = content()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM evidence_initiativerecord")
        assert cursor.fetchone() == (25,)
    assert counts(imported(path)) == (25, 0, 0, 25, 0)
    assert content() == first


@pytest.mark.usefixtures("small_chunks")
def test_a_cancelled_import_goes_on_and_its_lists_are_whole(tmp_path):
    run = begun(lists.write_few(tmp_path / "a.zip", 25), report_folder=str(tmp_path / "r"))
    asked = iter([False, True])
    report = perform_run(run, cancelled=lambda: next(asked))
    assert (report.is_complete, run.state, len(ours())) == (False, "cancelled", 7)
    assert perform_run(run).is_complete
    lines = (tmp_path / "r" / "accepted.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == len(set(lines)) == 26


def test_reading_can_be_cancelled_before_anything_is_stored(tmp_path):
    run = begun(lists.write_few(tmp_path / "a.zip", 700))
    with pytest.raises(ReadingCancelled):
        perform_run(run, cancelled=lambda: True)
    assert ProjectSpool.opened(spool_path(run), sha256=run.digest) is None
    assert ours() == []


def test_a_file_that_changed_since_is_not_taken_for_the_first_one(tmp_path):
    path = lists.write_few(tmp_path / "a.zip", 2)
    run = begun(path)
    lists.write_few(path, 3)
    with pytest.raises(InputError, match=r"import\.other_file"):
        perform_run(run)
    assert ours() == []


def test_a_file_damaged_at_its_end_stores_nothing(tmp_path):
    path = lists.write_json(tmp_path / "a.json", [lists.keep_project(n) for n in range(40)])
    path.write_bytes(path.read_bytes()[:-30])
    run = begun(path, "keep")
    with pytest.raises(FileFormatError):
        perform_run(run)
    run.refresh_from_db()
    assert (run.state, run.error["code"], ours()) == ("failed", "project.bad_json", [])


def test_an_import_asks_once_for_the_links_of_those_who_took_part(tmp_path):
    path = derive_in_background.module_path
    asked = DBTaskResult.objects.filter(task_path=path)
    imported(lists.write_few(tmp_path / "a.zip"))
    imported(lists.write_few(tmp_path / "b.zip", 4))

    assert [one.args_kwargs["args"] for one in asked] == [[None]]
