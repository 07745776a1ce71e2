"""The command `fund`: a mix with its proof, whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from alpclusters.cli import main

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "funding"
FILES = ["mix.json", "proof.pdf", "proof.xlsx", "report.pdf", "report.xlsx"]


def fund(*arguments):
    return main(["fund", *map(str, arguments)])


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def last_line(capsys):
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def words_of(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def spoilt(tmp_path, change):
    data = json.loads((EXAMPLES / "tiny.json").read_text("utf-8"))
    change(data)
    file = tmp_path / "case.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_application_is_written_beside_the_mix_from_the_case_alone(tmp_path):
    assert fund(EXAMPLES / "tiny.json", "--out", tmp_path / "mix", "--application") == 0

    assert names(tmp_path / "mix") == ["application.zip", *FILES]
    package = zipfile.ZipFile(tmp_path / "mix" / "application.zip")
    assert "B.1.4 Contact person" in package.read("README.txt").decode()


def test_tiny_case_comes_to_its_golden_worth_with_all_files(tmp_path, capsys):
    assert fund(EXAMPLES / "tiny.json", "--out", tmp_path / "mix") == 0

    told = last_line(capsys)
    assert (told["status"], told["valid"]) == ("optimal", True)
    assert abs(told["objective"] - 16_550_000) <= 8  # less than a cent for each cell
    assert told["bound"] >= told["objective"]
    assert names(tmp_path) == ["mix"]
    assert names(tmp_path / "mix") == FILES
    mix = json.loads((tmp_path / "mix" / "mix.json").read_text("utf-8"))
    assert (mix["status"], mix["check"]["valid"], mix["check"]["violations"]) == (
        "optimal",
        True,
        [],
    )


def test_same_case_and_seed_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        assert fund(EXAMPLES / "tiny.json", "--out", tmp_path / name, "--seed", 5) == 0

    one, two = ((tmp_path / name / "mix.json").read_bytes() for name in ("one", "two"))
    assert one == two


def test_sheets_say_simulated_and_that_they_are_no_legal_advice(tmp_path):
    from python_calamine import CalamineWorkbook

    fund(EXAMPLES / "tiny.json", "--out", tmp_path / "mix", "--language", "de")

    for name in ("proof", "report"):
        words = words_of(tmp_path / "mix" / f"{name}.pdf")
        assert "Entscheidungshilfe, keine Rechtsberatung" in words
        assert "simuliert" in words
        book = CalamineWorkbook.from_path(tmp_path / "mix" / f"{name}.xlsx")
        assert len(book.sheet_names) > 3


def test_scenario_takes_its_offers_as_rejected(tmp_path):
    file = EXAMPLES / "partnership.json"

    assert fund(file, "--out", tmp_path / "mix", "--scenario", "without-interreg") == 0

    mix = json.loads((tmp_path / "mix" / "mix.json").read_text("utf-8"))
    assert [offer["used"] for offer in mix["offers"] if offer["id"] == "interreg"] == [False]


def test_unknown_scenario_names_those_of_the_case(tmp_path, capsys):
    assert fund(EXAMPLES / "partnership.json", "--out", tmp_path / "mix", "--scenario", "x") == 2

    assert "without-interreg, without-land" in capsys.readouterr().err
    assert names(tmp_path) == []


def test_bad_case_writes_nothing(tmp_path, capsys):
    file = spoilt(tmp_path, lambda data: data["lines"][0].update(cost_ct=-1))

    assert fund(file, "--out", tmp_path / "mix") == 2

    assert capsys.readouterr().err.startswith("/lines/0/cost_ct: ")
    assert names(tmp_path) == ["case.json"]


def test_a_thousand_offers_are_refused_with_advice(tmp_path, capsys):
    def grow(data):
        data["offers"] = [{**data["offers"][1], "id": f"O{n}"} for n in range(1_000)]

    assert fund(spoilt(tmp_path, grow), "--out", tmp_path / "mix") == 2

    assert "/offers: There are 1000 offers" in capsys.readouterr().err
    assert names(tmp_path) == ["case.json"]


def test_wishes_that_cannot_be_met_are_explained(tmp_path, capsys):
    def wish(data):
        data["wishes"] = [{"type": "min_total", "amount_ct": 100_000_000}]

    assert fund(spoilt(tmp_path, wish), "--out", tmp_path / "mix") == 1

    assert last_line(capsys)["status"] == "infeasible"
    assert "grants of at least" in words_of(tmp_path / "mix" / "proof.pdf")


def test_results_are_kept_unless_force_is_said(tmp_path):
    target = tmp_path / "mix"
    fund(EXAMPLES / "tiny.json", "--out", target)
    before = (target / "mix.json").read_bytes()

    other = (EXAMPLES / "tiny.json", "--seed", 5, "--out", target)
    assert fund(*other) == 2
    assert (target / "mix.json").read_bytes() == before
    assert fund(*other, "--force") == 0
    assert (target / "mix.json").read_bytes() != before


def test_force_replaces_no_folder_of_others(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("dear", encoding="utf-8")

    assert fund(EXAMPLES / "tiny.json", "--out", tmp_path / "letters", "--force") == 2

    assert names(tmp_path / "letters") == ["dear.txt"]


@pytest.mark.parametrize("seed", ["-1", str(2**31)])
def test_seed_outside_its_range_is_refused(seed, tmp_path, capsys):
    assert (
        main(["fund", str(EXAMPLES / "tiny.json"), f"--out={tmp_path / 'm'}", f"--seed={seed}"])
        == 2
    )

    assert "--seed" in capsys.readouterr().err


def test_interrupt_leaves_nothing_behind(tmp_path):
    """The search says that it has begun; then Ctrl+C comes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ALPCLUSTERS_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "alpclusters", "fund", str(EXAMPLES / "partnership.json")]
    target = tmp_path / "out" / "mix"
    process = subprocess.Popen(
        [*command, "--out", str(target)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background lets them ignore Ctrl+C, and their children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one thread
    )
    assert process.stderr.readline().startswith("· ")

    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)

    # If it came while Python made a class, Python ends by the signal: a shell calls both 130.
    assert process.returncode in {130, -signal.SIGINT}
    assert (out, errors.strip()) == ("", "")
    assert not target.exists()
    assert not target.parent.exists() or names(target.parent) == []


def after_the_end(data):
    """Let every offer of the example grant aid under an article after its act has ended."""
    for line in data["lines"]:
        line["economic"] = True
    for offer in data["offers"]:
        offer["grant_date"] = "2027-09-01"
        offer["articles"] = {"*": "GB-28"}
        offer["origin"] = "national"


def test_a_grant_after_the_end_of_its_act_is_undecided_and_named(tmp_path, capsys):
    assert fund(spoilt(tmp_path, after_the_end), "--out", tmp_path / "mix") == 0

    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["status"], told["valid"]) == ("undecided", None)


def test_as_if_prolonged_is_a_scenario_that_file_and_sheet_name(tmp_path, capsys):
    case = spoilt(tmp_path, after_the_end)

    assert fund(case, "--out", tmp_path / "mix", "--as-if-prolonged") == 0

    told = last_line(capsys)
    mix = json.loads((tmp_path / "mix" / "mix.json").read_text("utf-8"))
    assert told["objective"] > 0
    assert mix["rulebook"] == "as-if-prolonged"
    assert "as if the acts were prolonged" in words_of(tmp_path / "mix" / "proof.pdf")


def test_chances_are_written_told_and_stand_in_the_report(tmp_path, capsys):
    def change(data):
        for offer in data["offers"]:
            offer["success"] = {"granted": 30, "applied": 120, "source": "Annual report 2025"}

    file = spoilt(tmp_path, change)
    assert fund(file, "--out", tmp_path / "mix", "--chances") == 0

    told = last_line(capsys)["chances"]
    weighed = json.loads((tmp_path / "mix" / "chances.json").read_text("utf-8"))
    assert told["is_exact"] is True
    assert told["worst_ct"] < told["low_ct"] < told["expected_ct"] < told["high_ct"]
    assert weighed["expected_ct"] == told["expected_ct"]
    assert weighed["schema"] == "alpclusters-chances/1"
    words = words_of(tmp_path / "mix" / "report.pdf")
    assert "Chances and plan B" in words
    assert "30 of 120 applications" in words
