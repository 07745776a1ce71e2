"""The command that imports projects: its last line, options, exit status, second try."""

import json
import os
import signal

import pytest
from django.conf import settings

from alpclusters import cli
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.evidence.domain.importing import work
from alpclusters.platform.evidence.models import Initiative, InitiativeRecord
from alpclusters.platform.operation.prepare import make_folders
from alpclusters.platform.operation.reference import reference_digest
from tests.factories import project_lists as lists
from tests.factories.measures import make_measure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def prepared():
    """An installation with the reference data of this version; the command sees to the rest."""
    make_measure()
    stamp = settings.HOME / "run" / "reference-data.stamp"
    before = stamp.read_text(encoding="utf-8") if stamp.exists() else None
    make_folders(settings.HOME)
    digest = f"{reference_digest()} {settings.DATABASES['default']['NAME']}"
    stamp.write_text(digest, encoding="utf-8")
    yield
    stamp.unlink()
    if before is not None:
        stamp.write_text(before, encoding="utf-8")


def run(what, path, *options, language="en"):
    return cli.main(["--language", language, "import", what, str(path), *options])


def last_line(capsys):
    return json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.fixture
def cordis(tmp_path):
    rows = [lists.project(1), lists.project(2), lists.project(3, id="")]
    bodies = [lists.partner(1), lists.partner(2, country="SI", nutsCode="SI031"), lists.partner(8)]
    return lists.write_cordis(tmp_path / "cordis.zip", rows, bodies)


def test_the_last_line_is_one_object_whose_counts_add_up(cordis, tmp_path, capsys):
    assert run("cordis", cordis, "--report", str(tmp_path / "r"), "--countries", "si,li") == 0
    told = last_line(capsys)
    assert told["read"] == sum(told[n] for n in ("created", "updated", "unchanged", "rejected"))
    assert (told["read"], told["created"], told["rejected"], told["filtered"]) == (2, 1, 1, 1)
    assert told["participations"] == {"rows": 3, "records": 2, "rejected": 1, "repeats": 0}
    assert (told["source"], told["dry_run"], told["complete"]) == ("cordis", False, True)
    assert {p.name for p in (tmp_path / "r").iterdir()} == {
        "accepted.csv", "rejected.csv", "partners.csv", "report.json",
    }  # fmt: skip
    assert list(InitiativeRecord.objects.values_list("external_id", flat=True)) == ["H2020:690002"]


def test_a_dry_run_leaves_nothing_but_its_lists(cordis, tmp_path, capsys):
    assert run("cordis", cordis, "--dry-run", "--report", str(tmp_path / "r")) == 0
    assert last_line(capsys)["created"] == 2
    assert not InitiativeRecord.objects.exists()
    assert not ImportRun.objects.exists()
    assert not ImportSource.objects.exists()
    assert list((settings.HOME / "uploads" / "imports").glob("run-*/*.sqlite")) == []


@pytest.mark.parametrize(
    ("what", "write"),
    [
        ("keep", lambda p: lists.write_json(p / "k.json", [lists.keep_project(1)])),
        ("kohesio", lambda p: lists.write_kohesio(p / "k.csv", [lists.operation(1)])),
    ],
)
def test_every_source_has_a_word_of_its_own(tmp_path, capsys, what, write):
    assert run(what, write(tmp_path), "--simulated") == 0
    assert last_line(capsys)["created"] == 1
    assert Initiative.objects.filter(records__isnull=False, is_published=True).count() == 1


def test_a_table_of_ones_own_is_shown_to_the_public_only_if_one_says_so(tmp_path, capsys):
    path = tmp_path / "own.csv"
    path.write_text("acronym;title\nSIM;Simulated\n", encoding="utf-8")
    assert run("initiatives", path) == 0
    assert last_line(capsys)["source"] == "own"
    assert not Initiative.objects.get(records__isnull=False).is_published


def test_an_interrupted_import_says_so_and_goes_on(tmp_path, capsys, monkeypatch):
    path = lists.write_few(tmp_path / "a.zip", 12)
    monkeypatch.setattr(work, "CHUNK", 5)
    take = work.Work.take

    def interrupted(self, projects, *, store_it):
        take(self, projects, store_it=store_it)
        os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as patched:
        patched.setattr(work.Work, "take", interrupted)
        assert run("cordis", path) == 130
    said = capsys.readouterr()
    assert not json.loads(said.out)["complete"]
    assert "goes on" in said.err
    assert InitiativeRecord.objects.count() == 5
    assert run("cordis", path) == 0
    assert last_line(capsys)["created"] == 12
    assert ImportRun.objects.count() == 1


def test_what_is_wrong_is_said_with_status_2(tmp_path, capsys):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert run("cordis", path, language="de") == 2
    assert "Archiv" in capsys.readouterr().err
    assert run("cordis", tmp_path / "nowhere.zip") == 2
    assert run("cordis", lists.write_few(path), "--years", "soon") == 2
    assert "2014-2020" in capsys.readouterr().err
    assert not InitiativeRecord.objects.exists()
