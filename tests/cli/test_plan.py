"""The command `plan export`: all files of a plan, whole or not at all."""

import io
import json
import zipfile

import pytest

from alpclusters.cli import main
from tests.factories.evaluation import make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FILES = ["plan.docx", "plan.html", "plan.pdf", "plan.xlsx"]
STARTS = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF-", "html": b"<!doctype html>"}


def export(*arguments):
    return main(["plan", "export", *map(str, arguments)])


def words_of(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return " ".join(page.get_textpage().get_text_range() for page in document)


@pytest.fixture
def demonstration():
    return make_plan(
        ("fair",), project=make_project(slug="demo", kind="demonstration"), published=True
    )


@pytest.mark.usefixtures("demonstration")
def test_demonstration_is_written_without_further_arguments(tmp_path, capsys):
    out = tmp_path / "out"

    assert export("--language", "de", "--out", out) == 0

    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["language"], told["simulated"], sorted(told["files"])) == ("de", True, FILES)
    assert sorted(path.name for path in out.iterdir()) == FILES
    for ending, start in STARTS.items():
        assert (out / f"plan.{ending}").read_bytes().startswith(start)
    words = words_of(out / "plan.pdf")
    assert "Plan de" in words
    assert "Beispieldaten (simuliert)" in words


@pytest.mark.usefixtures("demonstration")
def test_summary_comes_in_another_language(tmp_path):
    assert export("--language", "de", "--summary", "sl", "--out", tmp_path / "out") == 0

    words = words_of(tmp_path / "out" / "summary.pdf")
    assert "Summary sl" in words
    assert "Simulirani primer" in words
    with zipfile.ZipFile(io.BytesIO((tmp_path / "out" / "summary.docx").read_bytes())) as docx:
        assert b"Summary sl" in docx.read("word/document.xml")


@pytest.mark.usefixtures("demonstration")
def test_newest_published_plan_of_the_named_project_is_taken(tmp_path, capsys):
    project = make_project(slug="alpine")
    published = make_plan(("pilot",), project=project, published=True)
    make_plan(("label",), project=project)

    assert export("--project", "alpine", "--out", tmp_path / "out") == 0

    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["plan"], told["simulated"]) == (published.slug, False)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--project", "nowhere"], "nowhere"),
        (["--plan", "no-such-plan"], "no-such-plan"),
    ],
)
def test_unknown_names_are_refused_and_nothing_is_written(tmp_path, capsys, arguments, words):
    assert export(*arguments, "--out", tmp_path / "out") == 2

    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("demonstration")
def test_project_without_plan_is_refused(tmp_path, capsys):
    make_project(slug="empty")

    assert export("--project", "empty", "--out", tmp_path / "out") == 2
    assert "empty" in capsys.readouterr().err


def test_folder_of_somebody_else_is_left_alone(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("mine")

    assert export("--force", "--out", tmp_path) == 2

    assert "plan.pdf" in capsys.readouterr().err
    assert (tmp_path / "letter.txt").read_text() == "mine"
