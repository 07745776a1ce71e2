"""The command `fund-together`: cases on one account, whole or not at all."""

import datetime as dt
import json

import pytest

from alpclusters.analysis.funding.case import PastAid
from alpclusters.analysis.funding.case_files import case_data
from alpclusters.cli import main
from tests.analysis.funding.check.pieces import line, offer, one_firm

pytestmark = [pytest.mark.integration, pytest.mark.slow]
FILES = ["answer.docx", "answer.pdf", "answer.xlsx", "together.json"]
KNOWN = PastAid("DE", dt.date(2024, 6, 1), 20_000_000)


@pytest.fixture
def write(tmp_path):
    """Write a case whose firm has 100,000 EUR left and may get 80,000 EUR of de minimis aid."""

    def written(title, *, name="Sawmill", **fields):
        grant = offer("X", 10_000, title=f"Voucher {title}", articles={"*": "DM"},
                      grant_date=dt.date(2025, 2, 1))  # fmt: skip
        made = one_firm([line("l", "P", 80_000)], [grant], history={"de_minimis": (KNOWN,)})
        data = {**case_data(made), "title": title, **fields}
        data["partners"][0]["name"] = name
        file = tmp_path / f"{title}.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        return file

    return written


def together(*arguments):
    return main(["fund-together", *map(str, arguments)])


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def words_of(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def test_partners_of_one_name_share_their_account(write, tmp_path, capsys):
    out = tmp_path / "out"

    assert together(write("Attic"), write("Bridge", name=" SAWMILL"), "--out", out) == 0

    told = capsys.readouterr()
    assert json.loads(told.out.splitlines()[-1]) == {
        "status": "optimal",
        "alone_ct": 16_000_000,
        "together_ct": 10_000_000,
        "bound_ct": 10_000_000,
        "lost_ct": 6_000_000,
        "gap": 0.0,
        "out": str(out),
    }
    assert "One undertaking: Sawmill (1:UP = 2:UP)" in told.err
    assert names(out) == FILES
    assert json.loads((out / "together.json").read_text("utf-8"))["schema"] == "alpclusters-joint/1"
    assert "€100,000" in words_of(out / "answer.pdf")


def test_who_is_the_same_can_be_said(write, tmp_path, capsys):
    cases = write("Attic"), write("Bridge", name="Mill")
    out = tmp_path / "out"

    assert together(*cases, "--out", out) == 2
    assert "No undertaking takes part in more than one of these cases." in capsys.readouterr().err
    assert not out.exists()
    assert together(*cases, "--out", out, "--same", "1:UP=2:UP") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["lost_ct"] == 6_000_000


@pytest.mark.parametrize("same", ["1:UP=2:UX", "1:UP=1:UP", "1:UP", "UP", "", "3:UP=1:UP"])
def test_who_is_not_there_cannot_be_the_same(same, write, tmp_path, capsys):
    out = tmp_path / "out"

    assert together(write("Attic"), write("Bridge"), "--out", out, f"--same={same}") == 2

    assert "1:UP, 2:UP" in capsys.readouterr().err
    assert not out.exists()


def test_a_scenario_is_marked_on_the_command_line_and_on_paper(write, tmp_path, capsys):
    out = tmp_path / "out"

    assert together(write("Attic"), write("Bridge"), "--out", out, "--as-if-prolonged") == 0

    assert "Scenario, not the law" in capsys.readouterr().err
    assert "Scenario, not the law" in words_of(out / "answer.pdf")


def test_one_case_alone_or_cases_of_different_law_are_refused(write, tmp_path, capsys):
    out = tmp_path / "out"
    first, other = write("Attic"), write("Bridge", rulebook="as-if-prolonged")

    assert together(first, "--out", out) == 2
    assert "From 2 to 6 cases" in capsys.readouterr().err
    assert together(first, other, "--out", out) == 2
    assert "do not read the law in the same way" in capsys.readouterr().err
    assert not out.exists()


def test_a_bad_case_is_named_with_its_file(write, tmp_path, capsys):
    bad = write("Bridge")
    data = json.loads(bad.read_text("utf-8"))
    data["lines"][0]["cost_ct"] = -1
    bad.write_text(json.dumps(data), encoding="utf-8")

    assert together(write("Attic"), bad, "--out", tmp_path / "out") == 2

    assert capsys.readouterr().err.startswith(f"{bad}:\n/lines/0/cost_ct: ")
    assert not (tmp_path / "out").exists()


def test_results_are_kept_unless_force_is_said(write, tmp_path):
    cases, out = (write("Attic"), write("Bridge")), tmp_path / "out"
    out.mkdir()
    (out / "dear.txt").write_text("dear", encoding="utf-8")

    assert together(*cases, "--out", out) == 2
    assert together(*cases, "--out", out, "--force") == 2
    (out / "together.json").write_text("{}", encoding="utf-8")
    assert together(*cases, "--out", out, "--force") == 0
    assert names(out) == FILES


def test_cases_without_common_mixes_end_with_status_one(write, tmp_path, capsys):
    wishes = [{"type": "min_total", "amount_ct": 6_000_000}]
    cases = [write(title, wishes=wishes) for title in ("Attic", "Bridge")]

    assert together(*cases, "--out", tmp_path / "out") == 1

    assert "There are no mixes that fulfil the fixed wishes" in capsys.readouterr().err
