"""The import of lists through its pages: real files, the real queue, the work done in between."""

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.importing import folder_of
from alpclusters.platform.actors.domain.uploads import list_of
from alpclusters.platform.actors.models import (
    FieldProposal,
    ImportRun,
    ImportSource,
    Organisation,
    Provenance,
)
from alpclusters.www.workspace.imports import run_states
from tests.factories.accounts import make_user, make_user_with
from tests.factories.background import work_off
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = """Nummer;Name;Land;Ort;Web;Bemerkung
1;Holzcluster Probe;AT;Graz;https://holz.example.org;simuliert
2;Mehatronski grozd Poskus;SI;Maribor;;simulirano
3;;AT;Linz;;ohne Namen
4;Stahl Probe;Atlantis;Linz;;unbekanntes Land
5;Kunststoff Probe;DE;Rosenheim;;simuliert
"""


@pytest.fixture
def coordinator():
    """Somebody who may import."""
    return make_user_with(Role.PARTNER_COORDINATOR, project=make_project())


@pytest.fixture
def client(client, coordinator):
    """The browser of the coordinator."""
    client.force_login(coordinator)
    return client


def file(content: str | bytes = LIST, name: str = "liste.csv") -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data)


def workbook(rows: list[list[object]], *, sheets: tuple[str, ...] = ("Daten",)) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows if name == sheets[-1] else [["Notiz"], ["leer"]]):
                sheet.write_row(place, 0, row)
    return target.getvalue()


def upload(client, sent=None, **changes):
    data = {"source": "new", "name": "Kammer Probe", "licence": "CC BY 4.0", **changes}
    return client.post("/en/workspace/imports/new/", {"file": sent or file(), **data})


def columns(run: ImportRun, **changes: str) -> dict[str, str]:
    """What the columns page sends: the guess, with changes by head."""
    field_of = {head: field for field, head in run.options["columns"].items()} | changes
    heads = LIST.splitlines()[0].split(";")
    chosen = {f"column-{n}": field_of.get(head, "") for n, head in enumerate(heads)}
    return {**chosen, "text_language": "de", "sheet": run.options["sheet"] or ""}


def at(run: ImportRun, step: str = "run", *more: str) -> str:
    return reverse(f"workspace:import-{step}", args=[run.pk, *more])


def checked(client) -> ImportRun:
    """A list that was uploaded and checked."""
    upload(client)
    run = ImportRun.objects.get()
    client.post(at(run, "columns"), columns(run))
    work_off()
    run.refresh_from_db()
    return run


def rows_of(response) -> list[dict[str, str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def counts(run: ImportRun) -> tuple[int, ...]:
    return (run.n_read, run.n_created, run.n_updated, run.n_unchanged, run.n_rejected)


# --- the whole way --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_goes_the_whole_way(client, kind):
    table = [line.split(";") for line in LIST.splitlines()]
    sent = file() if kind == "csv" else file(workbook(table), "liste.xlsx")

    run_page = upload(client, sent, is_public="on")
    run = ImportRun.objects.get()
    assert run_page.headers["Location"] == at(run, "columns")
    page = client.get(at(run, "columns")).content.decode()
    assert "Holzcluster Probe" in page
    assert run.options["columns"]["name"] == "Name"

    client.post(at(run, "columns"), columns(run))
    assert "data-progress" in client.get(at(run)).content.decode()
    work_off()
    run.refresh_from_db()
    assert (run.state, counts(run)) == (ImportRun.State.CHECKED, (5, 3, 0, 0, 2))
    assert not Provenance.objects.exists()
    page = client.get(at(run)).content.decode()
    assert "5 rows read = 3 + 0 + 0 + 2" in page
    assert "Import 3 organisations" in page

    client.post(at(run, "start"))
    work_off()
    run.refresh_from_db()
    assert (run.state, counts(run)) == (ImportRun.State.DONE, (5, 3, 0, 0, 2))
    names = {record.organisation.name for record in Provenance.objects.all()}
    assert names == {"Holzcluster Probe", "Mehatronski grozd Poskus", "Kunststoff Probe"}
    assert Organisation.objects.get(name="Holzcluster Probe").is_listed
    assert run.source.licence == "CC BY 4.0"

    assert "The list is imported." in client.get(at(run)).content.decode()
    rejected = rows_of(client.get(at(run, "file", "rejected")))
    accepted = rows_of(client.get(at(run, "file", "accepted")))
    assert [row["line"] for row in rejected] == ["4", "5"]
    assert [row["outcome"] for row in accepted] == ["created"] * 3


def test_the_same_list_again_makes_nothing_twice_and_needs_no_matching(client):
    first = checked(client)
    client.post(at(first, "start"))
    work_off()

    upload(client, source=first.source.key, name="")
    second = ImportRun.objects.latest("pk")
    page = client.get(at(second, "columns")).content.decode()
    client.post(at(second, "columns"), columns(second))
    work_off()

    second.refresh_from_db()
    assert second.source == first.source
    assert "as last time" in page
    assert counts(second) == (5, 0, 0, 3, 2)


def test_a_workbook_asks_for_its_sheet(client):
    table = [line.split(";") for line in LIST.splitlines()]
    upload(client, file(workbook(table, sheets=("Notizen", "Daten")), "liste.xlsx"))
    run = ImportRun.objects.get()

    first = client.get(at(run, "columns")).content.decode()
    second = client.get(at(run, "columns"), {"sheet": "Daten"}).content.decode()

    assert 'name="sheet"' in first
    assert "Holzcluster Probe" not in first
    assert "Holzcluster Probe" in second


def test_a_column_that_is_chosen_twice_or_no_name_is_refused(client):
    upload(client)
    run = ImportRun.objects.get()

    twice = client.post(at(run, "columns"), columns(run, Bemerkung="name"))
    nameless = client.post(at(run, "columns"), columns(run, Name=""))

    assert (twice.status_code, nameless.status_code) == (422, 422)
    assert "Two columns are taken for “Name”" in twice.content.decode()
    assert "No column holds the name" in nameless.content.decode()
    assert not DBTaskResult.objects.exists()


# --- what is refused ------------------------------------------------------------------------------


def bomb() -> bytes:
    """A workbook whose sheet is 300 MB of nothing."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _block in range(300):
                sheet.write(b"0" * 1_000_000)
    return target.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xlsx", bomb),
        ("broken.xlsx", lambda: b"PK\x03\x04" + b"\0" * 200),
        ("nul.csv", lambda: b"Name;Land\nAlp\0;AT\n"),
        ("letter.csv", lambda: b"%PDF-1.7 not a list"),
        ("head.csv", lambda: b"1;2;3\n4;5;6\n"),
    ],
)
def test_a_hostile_file_gets_a_sentence_and_leaves_nothing(client, name, content):
    before = set(list_folders())

    answer = upload(client, file(content(), name))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ac-err" in page
    assert "Something is wrong (" not in page
    assert not ImportRun.objects.exists()
    assert not ImportSource.objects.exists()
    assert set(list_folders()) == before
    assert client.get("/en/workspace/imports/").status_code == 200


def list_folders():
    folder = settings.HOME / "uploads" / "imports"
    return folder.iterdir() if folder.is_dir() else ()


def test_a_file_above_the_limit_is_refused_with_413(client, settings):
    settings.CONFIGURATION = replace(settings.CONFIGURATION, import_mb=1)

    answer = upload(client, file(b"Name;Land\n" + b"Alp;AT\n" * 300_000))

    assert answer.status_code == 413
    assert "larger than 1 MB" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_new_source_needs_a_name(client):
    answer = upload(client, name="")

    assert answer.status_code == 422
    assert "Name the source" in answer.content.decode()


def test_without_the_token_of_the_form_nothing_is_done(coordinator):
    from django.test import Client  # noqa: PLC0415 - one that checks tokens

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(coordinator)

    assert upload(careful).status_code == 403
    assert not ImportRun.objects.exists()


# --- who ------------------------------------------------------------------------------------------


def test_reports_are_for_those_who_may_import(client):
    run = checked(client)
    wanted = [at(run, "file", "rejected"), at(run), at(run, "progress"), at(run, "columns")]

    for user in (make_user(), make_user_with(Role.FACILITATOR, project=make_project())):
        client.force_login(user)
        assert {client.get(url).status_code for url in wanted} == {403}
    client.logout()
    assert {client.get(url).status_code for url in wanted} == {302}


def test_only_the_two_reports_are_handed_out(client):
    run = checked(client)

    assert client.get(at(run, "file", "accepted")).status_code == 200
    assert client.get(at(run, "file", "list")).status_code == 404


# --- cancel, go on, break off ---------------------------------------------------------------------


def test_an_import_is_cancelled_and_goes_on(client, monkeypatch):
    monkeypatch.setattr("alpclusters.platform.actors.domain.importing.supplies.CHUNK", 2)
    run = checked(client)
    client.post(at(run, "start"))
    client.post(at(run, "cancel"))
    work_off()
    run.refresh_from_db()
    assert run.state == ImportRun.State.CANCELLED
    assert not Provenance.objects.exists()

    client.post(at(run, "start"))
    work_off()

    run.refresh_from_db()
    assert (run.state, counts(run)) == (ImportRun.State.DONE, (5, 3, 0, 0, 2))


def test_an_import_that_was_cut_off_goes_on_where_it_was(client, monkeypatch):
    monkeypatch.setattr("alpclusters.platform.actors.domain.importing.supplies.CHUNK", 2)
    run = checked(client)
    client.post(at(run, "start"))
    asked = iter([False, True])
    monkeypatch.setattr(run_states.progress.Diary, "is_cancelled", lambda _diary: next(asked))
    work_off()
    run.refresh_from_db()
    assert Provenance.objects.count() == 2
    page = client.get(at(run)).content.decode()
    assert "Go on with the import" in page
    assert at(run, "columns") not in page

    monkeypatch.undo()
    client.post(at(run, "start"))
    work_off()

    run.refresh_from_db()
    assert (run.state, counts(run)) == (ImportRun.State.DONE, (5, 3, 0, 0, 2))
    assert Provenance.objects.count() == 3


def test_nothing_begins_twice(client):
    run = checked(client)

    client.post(at(run, "start"))
    client.post(at(run, "start"))

    assert DBTaskResult.objects.ready().count() == 1


def test_work_that_broke_off_says_so(client):
    run = checked(client)
    client.post(at(run, "start"))
    task = DBTaskResult.objects.ready().get()
    task.set_failed(RuntimeError("out of memory"))

    page = client.get(at(run)).content.decode()

    assert "The work broke off" in page
    assert "out of memory" not in page
    assert "Import 3 organisations" in page


def test_a_list_that_changed_under_way_says_so(client):
    run = checked(client)
    list_of(run).write_text("Name\nAnother\n")
    client.post(at(run, "start"))
    work_off()

    page = client.get(at(run)).content.decode()

    run.refresh_from_db()
    assert run.state == ImportRun.State.FAILED
    assert "ac-msg bad" in page
    assert "Something is wrong (" not in page


def test_a_deleted_list_says_so_and_offers_nothing(client):
    run = checked(client)
    list_of(run).unlink()

    page = client.get(at(run)).content.decode()

    assert "deleted after 30 days" in page
    assert at(run, "start") not in page


def test_the_progress_is_told(client):
    run = checked(client)
    client.post(at(run, "start"))
    waiting = client.get(at(run, "progress")).json()
    run_states.progress.Diary(folder_of(run)).note(2, 5)
    begun = client.get(at(run, "progress")).json()
    work_off()

    assert waiting["told"] == "The work begins in a moment."
    assert (begun["done"], begun["total"]) == (2, 5)
    assert client.get(at(run, "progress")).json() == {"is_over": True}


# --- what a list says differently -----------------------------------------------------------------


def proposal(**changes) -> FieldProposal:
    organisation = Organisation.objects.create(
        name="Holzcluster Probe", town="Leoben", edited_fields=["town"], is_simulated=True
    )
    source = ImportSource.objects.create(key="probe", name="Probe")
    run = ImportRun.objects.create(
        source=source, file_name="a.csv", digest="0", made_at=timezone.now()
    )
    values = {"field": "town", "value": "Graz", **changes}
    return FieldProposal.objects.create(organisation=organisation, run=run, **values)


def decide(client, one: FieldProposal, what: str):
    url = reverse("workspace:import-proposals")
    return client.post(url, {"proposal": one.pk, "do": what}, follow=True)


def test_a_person_takes_over_what_a_list_says(client, coordinator):
    one = proposal()
    assert "Graz" in client.get(reverse("workspace:import-proposals")).content.decode()

    decide(client, one, "take")

    one.refresh_from_db()
    organisation = Organisation.objects.get(pk=one.organisation_id)
    assert (organisation.town, organisation.edited_fields) == ("Graz", [])
    assert (one.state, one.decided_by) == (FieldProposal.State.TAKEN, coordinator)
    assert organisation.history.latest().history_user == coordinator


def test_a_person_keeps_what_is_there(client):
    one = proposal()

    decide(client, one, "refuse")
    again = decide(client, one, "take").content.decode()

    one.refresh_from_db()
    organisation = Organisation.objects.get(pk=one.organisation_id)
    assert (organisation.town, organisation.edited_fields) == ("Leoben", ["town"])
    assert one.state == FieldProposal.State.REFUSED
    assert "decided" in again


def test_a_value_that_does_not_fit_is_refused(client):
    one = proposal(field="founded", value="long ago")

    page = decide(client, one, "take").content.decode()

    one.refresh_from_db()
    assert one.state == FieldProposal.State.PROPOSED
    assert "long ago" in page
