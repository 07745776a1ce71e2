"""The command that imports calls, programmes and offers: its last line, its lists, its trial."""

import json

import pytest

from alpclusters import cli
from alpclusters.platform.funding.models import Call, Programme

pytestmark = [
    pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("prepared")
]  # fmt: skip

PROGRAMMES = "key,name_en,level\nwood,Wood,regional\n=bad,Bad,galactic\n"


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
