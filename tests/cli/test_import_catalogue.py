"""The command that imports calls, programmes and offers: its last line, its lists, its trial."""

import json

import pytest
from django.conf import settings

from alpclusters import cli
from alpclusters.platform.funding.models import Call, Programme
from alpclusters.platform.operation.prepare import make_folders
from alpclusters.platform.operation.reference import reference_digest
from tests.factories.measures import make_measure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PROGRAMMES = "key,name_en,level\nwood,Wood,regional\n=bad,Bad,galactic\n"


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


def run(capsys, *options):
    status = cli.main(["--language", "en", "import", *map(str, options)])
    return status, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_rows_are_counted_and_listed_and_a_foreign_text_is_no_formula(tmp_path, capsys):
    path = tmp_path / "programmes.csv"
    path.write_text(PROGRAMMES)

    status, told = run(capsys, "programmes", path, "--report", tmp_path / "report")

    assert (status, told["rows"], told["new"], told["rejected"]) == (0, 2, 1, 1)
    assert Programme.objects.get().key == "wood"
    rejected = (tmp_path / "report" / "rejected.csv").read_text()
    assert "programmes.csv,3,'=bad,/level," in rejected


def test_a_trial_stores_nothing(tmp_path, capsys):
    page = {"results": [{"metadata": {
        "identifier": ["A"], "title": ["T"], "frameworkProgramme": ["43108390"],
    }}]}  # fmt: skip
    path = tmp_path / "page.json"
    path.write_text(json.dumps(page))

    trial = run(capsys, "calls", path, "--dry-run")[1]
    real = run(capsys, "calls", path)[1]

    assert (trial["new"], trial["dry_run"]) == (1, True)
    assert (real["new"], Call.objects.count()) == (1, 1)
