"""The import of projects through its pages: real files, the real queue, the work in between."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.importing import folder_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing import spool_path
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.progress import cancel
from tests.factories import project_lists as lists
from tests.factories.accounts import make_user_with
from tests.factories.background import work_off
from tests.factories.imports import make_checked
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def client(client):
    """The browser of a coordinator."""
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project()))
    return client


def at(run: ImportRun, step: str = "run", *more: str) -> str:
    return reverse(f"workspace:initiative-import-{step}", args=[run.pk, *more])


def sent(client, path, **changes):
    data = {"file": SimpleUploadedFile(path.name, path.read_bytes()), "kind": "auto", **changes}
    return client.post(reverse("workspace:initiative-import-new"), data)


@pytest.fixture
def archive(tmp_path):
    """Three projects; one has nobody from the Alps."""
    rows = [
        lists.project(1, objective="Simulated timber"),
        lists.project(2, title="<b>Bold</b> simulated"),
        lists.project(3),
    ]
    bodies = [
        lists.partner(1),
        lists.partner(2, country="SI", nutsCode="SI031"),
        lists.partner(3, country="EL", nutsCode="EL303"),
    ]
    return lists.write_cordis(tmp_path / "cordis.zip", rows, bodies)


@pytest.fixture
def read_run(client, archive):
    """A file that was uploaded and read."""
    sent(client, archive, is_published="on")
    work_off()
    return ImportRun.objects.get()


def reload(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_related("source").get(pk=run.pk)


def stored() -> list[str]:
    rows = Initiative.objects.filter(records__isnull=False).order_by("acronym")
    return list(rows.values_list("acronym", flat=True))


def test_the_whole_way_from_upload_to_result(client, archive):
    response = sent(client, archive, is_published="on")
    run = ImportRun.objects.get()
    assert response.url == at(run)
    assert "data-progress" in client.get(at(run)).content.decode()
    work_off()
    assert client.get(at(run)).url == at(run, "choose")
    page = client.get(at(run, "choose")).content.decode()
    assert "2 of 3 projects of the file" in page
    assert "SIM-1" in page
    assert "SIM-3" not in page
    assert client.post(at(run, "choose"), {"take": "all"}).url == at(run)
    work_off()
    page = client.get(at(run)).content.decode()
    assert "Import 2 projects" in page
    assert "1 row left out by your choice" in page
    assert stored() == []
    client.post(at(run, "start"))
    work_off()
    page = client.get(at(run)).content.decode()
    assert "The projects are imported." in page
    assert stored() == ["SIM-1", "SIM-2"]
    taken = client.get(at(run, "file", "accepted"))
    assert taken["Content-Disposition"].startswith("attachment")
    assert b"H2020:690001" in taken.content


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"words": "timber"}, "1 of 3 projects"),
        ({"country": "all"}, "3 of 3 projects"),
        ({"country": "GR"}, "1 of 3 projects"),
        ({"programme": "Horizon 2020", "country": "all"}, "3 of 3 projects"),
        ({"years": "2021-2027"}, "0 of 3 projects"),
    ],
)
def test_a_search_tells_how_many_projects_fit(client, read_run, asked, shown):
    assert shown in client.get(at(read_run, "choose"), asked).content.decode()


def test_years_that_are_none_are_said_and_nothing_breaks(client, read_run):
    response = client.get(at(read_run, "choose"), {"years": "soon", "country": "Atlantis"})
    assert response.status_code == 422


def test_only_the_ticked_projects_are_taken(client, read_run):
    run = read_run
    data = {"take": "ticked", "country": "all"}
    assert client.post(at(run, "choose"), data).status_code == 422
    client.post(at(run, "choose"), {**data, "key": ["H2020:690003"]})
    work_off()
    client.post(at(run, "start"))
    work_off()
    assert stored() == ["SIM-3"]
    assert reload(run).n_read == 1


def test_foreign_texts_are_shown_as_text(client, read_run):
    page = client.get(at(read_run, "choose")).content.decode()
    assert "Bold simulated" in page
    assert re.search(r"<b>\s*Bold", page) is None


def test_a_file_that_is_none_is_refused_and_thrown_away(client, tmp_path):
    path = tmp_path / "evil.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    response = sent(client, path)
    assert response.status_code == 422
    assert "The archive is encrypted, damaged" in response.content.decode()
    assert not ImportRun.objects.exists()


def test_a_file_damaged_at_its_end_says_so_on_its_page(client, tmp_path):
    path = lists.write_json(tmp_path / "a.json", [lists.keep_project(n) for n in range(9)])
    path.write_bytes(path.read_bytes()[:-40])
    sent(client, path)
    work_off()
    page = client.get(at(ImportRun.objects.get())).content.decode()
    assert "This is no JSON, or it is damaged or cut off." in page
    assert stored() == []


def test_a_cancelled_import_goes_on(client, read_run):
    run = read_run
    client.post(at(run, "choose"), {"take": "all"})
    work_off()
    client.post(at(run, "start"))
    client.post(at(run, "cancel"))
    work_off()
    assert reload(run).state == ImportRun.State.CANCELLED
    assert stored() == []
    client.post(at(run, "start"))
    work_off()
    assert (reload(run).state, len(stored())) == (ImportRun.State.DONE, 2)


def test_a_reading_that_was_cancelled_can_be_begun_anew(client, tmp_path):
    sent(client, lists.write_few(tmp_path / "a.zip", 700), is_published="on")
    run = ImportRun.objects.get()
    cancel(folder_of(run))
    work_off()
    assert not spool_path(run).is_file()
    assert "Read the file once more" in client.get(at(run)).content.decode()
    client.post(at(run, "read"))
    work_off()
    assert client.get(at(run)).url == at(run, "choose")


def test_a_spool_of_an_older_program_is_read_anew(client, read_run):
    spool_path(read_run).write_bytes(b"of an older program")
    assert client.get(at(read_run, "choose")).url == at(read_run)
    assert "Read the file once more" in client.get(at(read_run)).content.decode()


def test_imports_of_organisations_and_of_projects_are_lists_of_their_own(client, read_run):
    other = make_checked()
    assert client.get(at(other)).status_code == 404
    address = reverse("workspace:import-run", args=[read_run.pk])
    assert client.get(address).status_code == 404
    mine = client.get(reverse("workspace:initiative-imports")).content.decode()
    theirs = client.get(reverse("workspace:imports")).content.decode()
    assert "cordis.zip" in mine
    assert "cordis.zip" not in theirs
