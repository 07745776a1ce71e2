"""The command that imports: its last line, its lists, its exit status."""

import json

import pytest
from django.conf import settings

from alpclusters import cli
from alpclusters.platform.actors.models import ImportRun, ImportSource, Organisation
from alpclusters.platform.operation.prepare import make_folders
from alpclusters.platform.operation.reference import reference_digest
from tests.factories.lists import HEAD, write_list, write_parts, write_workbook
from tests.factories.measures import make_measure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROWS = [["1", "Alp Holz", "AT", "Graz", ""], ["2", "", "AT", "Wien", ""]]


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


def run(path, *options, language="en"):
    return cli.main(["--language", language, "import", "organisations", str(path), *options])


def last_line(capsys):
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_the_last_line_is_one_object_whose_counts_add_up(tmp_path, capsys):
    path = write_list(tmp_path / "a.csv", ROWS)

    status = run(path, "--report", str(tmp_path / "report"), "--source", "Our list", "--listed")

    told = last_line(capsys)
    assert status == 0
    assert {k: told[k] for k in ("read", "created", "updated", "unchanged", "rejected")} == {
        "read": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1,
    }  # fmt: skip
    assert told["source"] == "our-list"
    assert Organisation.objects.get().is_listed
    assert {p.name for p in (tmp_path / "report").iterdir()} == {
        "accepted.csv", "rejected.csv", "report.json",
    }  # fmt: skip


def test_the_same_file_again_is_unchanged_without_naming_anything(tmp_path, capsys):
    path = write_list(tmp_path / "a.csv", ROWS)
    run(path)
    capsys.readouterr()

    run(path)

    told = last_line(capsys)
    assert (told["created"], told["unchanged"], told["rejected"]) == (0, 1, 1)


def test_a_dry_run_writes_its_lists_and_leaves_nothing_in_the_database(tmp_path, capsys):
    path = write_list(tmp_path / "a.csv", ROWS)

    run(path, "--dry-run", "--report", str(tmp_path / "report"))

    told = last_line(capsys)
    assert (told["created"], told["rejected"], told["dry_run"]) == (1, 1, True)
    assert (tmp_path / "report/rejected.csv").exists()
    for model in (Organisation, ImportRun, ImportSource):
        assert not model.objects.exists()


@pytest.mark.parametrize("is_turned", [False, True])
def test_columns_are_read_from_a_file_in_either_direction(tmp_path, capsys, is_turned):
    path = write_list(tmp_path / "a.csv", [["Alp", "Graz"]], head=["Foo", "Bar"])
    columns = {"name": "Foo", "town": "Bar"}
    if is_turned:
        columns = {head: field for field, head in columns.items()}
    (tmp_path / "map.json").write_text(json.dumps(columns), encoding="utf-8")

    run(path, "--columns", str(tmp_path / "map.json"))

    assert last_line(capsys)["created"] == 1
    assert Organisation.objects.get().town == "Graz"


def test_a_sheet_of_a_workbook_can_be_named(tmp_path, capsys):
    path = write_workbook(tmp_path / "a.xlsx", [HEAD, *ROWS], sheet="Liste")

    run(path, "--sheet", "Liste")

    assert last_line(capsys)["created"] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Name\nA\0\n", "a.csv, line 2: There is a NUL character"),
        (b"%PDF-1.7", "a.csv: This is no CSV file"),
        (b"1;2\n3;4\n", "a.csv: No line looks like the heads of columns."),
        (b"Foo;Bar\nx;y\n", "No column is matched to the name. Columns: Foo, Bar."),
    ],
)
def test_a_file_that_cannot_be_read_is_status_2_and_a_reason(tmp_path, capsys, content, said):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    status = run(path)

    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert said in told.err
    assert not Organisation.objects.exists()


def test_a_hostile_workbook_is_status_2_and_a_reason_in_the_readers_language(tmp_path, capsys):
    strings = b'<!DOCTYPE x [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>'

    status = run(write_parts(tmp_path / "a.xlsx", strings=strings), language="sl")

    assert status == 2
    assert "a.xlsx: " in capsys.readouterr().err
