"""The command `evaluate`: real votes, damaged files, nothing half-written."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdf
import pytest

from alpclusters.cli import main
from tests.factories.polis import HEADER, VOTES, make_polis_export
from tests.sizes import all_in_full

pytestmark = [pytest.mark.integration, pytest.mark.slow]

SOURCES = Path(__file__).resolve().parents[2] / "src"
SURE = ("marked", "meta")
FILES = {
    "agreement.csv",
    "decisions.csv",
    "distribution.csv",
    "items.csv",
    "opinion.csv",
    "ranking.csv",
    "report.docx",
    "report.html",
    "report.pdf",
    "summary.json",
}
KLIMARAT = "klimarat-produktion-konsum"
REAL = {
    KLIMARAT: (1116, 522, 61936, 61384),
    "15-per-hour-seattle": (339, 54, 2995, 2872),
    "bg2050-volunteers": (126, 371, 14341, 14283),
}
LONG = "participant,item,criterion,value,region\n" + "".join(
    f"p{person},{item},{criterion},{(person + shift) % 5 + 1},{region}\n"
    for person, region in enumerate(["AT"] * 8 + ["FR"] * 3 + ["SI"] * 7)
    for shift, item in enumerate(["Fair", "Training", "=cmd()"])
    for criterion in ("effectiveness", "durability")
)


def evaluate(*arguments):
    return main(["evaluate", *map(str, arguments)])


def summary_of(folder: Path):
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def rows_of(path: Path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.fixture
def long_table(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text(LONG, encoding="utf-8")
    return path


@dataclass(frozen=True)
class Evaluated:
    """What one run of the command on real votes left."""

    out: Path
    status: int
    errors: str


@pytest.fixture(scope="module")
def evaluated(shared, tmp_path_factory):
    """Evaluate real votes once for all tests that look at them."""

    @cache
    def run(folder: str) -> Evaluated:
        out, errors = tmp_path_factory.mktemp(folder) / "out", io.StringIO()
        with redirect_stderr(errors):
            words = (shared / "data" / "ratings" / folder, "--out", out, "--language", "en")
            status = evaluate(*words)
        return Evaluated(out, status, errors.getvalue())

    return run


# The largest one is that whose report the tests below read.
@pytest.mark.parametrize("folder", all_in_full(REAL, always={KLIMARAT}))
def test_real_votes_are_evaluated_to_their_known_counts(evaluated, folder):
    made = evaluated(folder)

    assert (made.status, made.errors) == (0, "")
    summary = summary_of(made.out)
    # A statement that is surely about the person divides the people.
    about = {"groups.csv"} if any(summary["person_statements"][by] for by in SURE) else set()
    assert {path.name for path in made.out.iterdir()} == FILES | about
    counts = tuple(summary[name] for name in ("participants", "items", "cast", "standing"))
    assert counts == REAL[folder]
    assert all(type(count) is int for count in counts)
    assert len(summary["records"]) == REAL[folder][1]
    assert summary["licence"]["licence"] == "CC-BY-4.0"


def test_klimarat_statement_has_the_known_numbers(evaluated):
    summary = summary_of(evaluated(KLIMARAT).out)

    record = next(r for r in summary["records"] if r["item"] == 41)

    assert (record["n"], record["agree"], record["moderation"]) == (496, 446, "accepted")
    assert record["agree_interval"]["low"] == pytest.approx(0.874747, abs=1e-6)


def test_klimarat_has_tiers_agreement_and_a_verdict_on_camps(evaluated):
    summary = summary_of(evaluated(KLIMARAT).out)
    records = {record["item"]: record for record in summary["records"]}
    ranking, opinion = summary["ranking"], summary["opinion"]
    # 89 and 41 are 0.0003 apart; with one residual variance for all 41 came first.
    assert ranking["order"][:5] == [152, 89, 41, 102, 32]
    assert sum(len(tier["items"]) for tier in ranking["tiers"]) == 277
    assert all(tier["overlap"] <= 0.10 for tier in ranking["tiers"][:-1])
    assert records[41]["rank_interval"]["low"] <= 2 <= records[41]["rank_interval"]["high"]
    assert records[11]["ranking_reasons"] == ["rejected"]
    # Once "2 groups, stable": a gradient of readiness to agree, cut in two.
    assert (opinion["verdict"], opinion["k"], opinion["stability"]) == ("gradient", 1, None)
    assert opinion["structure"]["axes"][0]["name"] == "yes_saying"
    assert (opinion["structure"]["n_people"], opinion["structure"]["camp_draws"]) == (827, 19)
    assert opinion["group_informed_consensus"]["agreement"] == []
    assert records[152]["opinion"] is None
    assert summary["agreement"]["concordance"] is None
    assert "incomplete_rankings" in summary["agreement"]["reasons"]
    assert sum(record["top"].get("3", 0) for record in records.values()) == pytest.approx(3)


def test_where_camps_are_neither_shown_nor_excluded_no_group_is_listed(evaluated):
    out = evaluated("15-per-hour-seattle").out

    page = (out / "report.html").read_text(encoding="utf-8")
    assert summary_of(out)["opinion"]["verdict"] == "too_few"
    assert "Too few answers to tell opinion camps from a gradient" in page
    assert "What all groups agree with" not in page


def test_source_and_licence_are_in_every_report(evaluated):
    out = evaluated("15-per-hour-seattle").out

    page = (out / "report.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(out / "report.docx") as archive:
        words = archive.read("word/document.xml").decode()
    for text in (page, words):
        assert "The Computational Democracy Project" in text
        assert "2014-seattle-15-per-hour" in text


def test_rejected_statements_are_in_the_data_but_not_in_the_report(tmp_path):
    export = make_polis_export(tmp_path / "export")

    assert evaluate(export, "--out", tmp_path / "out") == 0

    records = summary_of(tmp_path / "out")["records"]
    assert [(r["item"], r["text"], r["in_results"]) for r in records] == [
        (0, "First", True),
        (1, "Second, with a comma\nand a line break", True),
        (2, "", False),
    ]
    assert records[2]["estimate"] is records[2]["tier"] is records[2]["opinion"] is None
    assert "Rejected words" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_votes_file_of_an_export_is_read_as_the_export(tmp_path):
    export = make_polis_export(tmp_path / "export")

    evaluate(export / "votes.csv", "--out", tmp_path / "out")

    assert summary_of(tmp_path / "out")["name"] == "Fair pay"


def test_long_table_gives_records_per_criterion_and_groups(long_table, tmp_path):
    assert evaluate(long_table, "--out", tmp_path / "out", "--agree-from", 4) == 0

    summary = summary_of(tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *FILES,
        "denominators.csv",
        "groups.csv",
    }
    assert [summary[name] for name in ("participants", "items", "cast", "standing")] == [
        18,
        3,
        108,
        108,
    ]
    assert set(summary["records"][0]["criteria"]) == {"effectiveness", "durability"}


def test_small_group_is_withheld_in_every_file(long_table, tmp_path):
    evaluate(long_table, "--out", tmp_path / "out")

    cells = rows_of(tmp_path / "out" / "groups.csv")
    states = {(cell["group"], cell["state"], cell["n"]) for cell in cells}
    assert states == {("AT", "shown", "8"), ("FR", "withheld", ""), ("SI", "withheld", "")}
    splits = summary_of(tmp_path / "out")["records"][0]["criteria"]["durability"]["splits"]
    assert [cell["summary"] is None for cell in splits["region"]] == [False, True, True]
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "withheld" in page


def test_text_that_would_be_a_formula_is_made_harmless(long_table, tmp_path):
    evaluate(long_table, "--out", tmp_path / "out")

    assert {row["item"] for row in rows_of(tmp_path / "out" / "items.csv")} == {
        "Fair",
        "Training",
        "'=cmd()",
    }


def test_ranking_table_has_every_item_with_its_tier_and_reason(long_table, tmp_path):
    evaluate(long_table, "--out", tmp_path / "out", "--scale", 1, 5)

    rows = rows_of(tmp_path / "out" / "ranking.csv")
    assert {row["criterion"] for row in rows} == {"effectiveness", "durability", "all_criteria"}
    assert len(rows) == 9
    assert {row["tier_name"] for row in rows} <= {"A", "B", "C"}
    summary = summary_of(tmp_path / "out")
    assert summary["ranking"]["criteria_weights"] == {"durability": 0.5, "effectiveness": 0.5}
    assert set(summary["criteria"]) == {"effectiveness", "durability"}
    assert set(summary["records"][0]["all_criteria"]["top"]) == {"1", "3", "5"}


def test_no_groups_are_split_when_none_are_wanted(long_table, tmp_path):
    evaluate(long_table, "--out", tmp_path / "out", "--groups")

    assert not (tmp_path / "out" / "groups.csv").exists()


@pytest.mark.parametrize("scale", [("1", "9"), ("1", "3")])
def test_other_scales_have_tables_instead_of_shades(tmp_path, scale):
    top = int(scale[1])
    text = "participant,item,value\n" + "".join(f"p{i},m,{i % top + 1}\n" for i in range(20))
    path = tmp_path / "ratings.csv"
    path.write_text(text, encoding="utf-8")

    assert evaluate(path, "--out", tmp_path / "out", "--scale", *scale) == 0


def test_everybody_equal_and_nobody_at_all_are_evaluated_too(tmp_path):
    for name, rows in (
        ("equal", "".join(f"p{i},m,3\n" for i in range(7))),
        ("cannot", "".join(f"p{i},m,cj\n" for i in range(7))),
        ("few", "p1,m,3\n"),
        ("skipped", "p1,m,\n"),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_text("participant,item,value\n" + rows, encoding="utf-8")

        assert evaluate(path, "--out", tmp_path / name) == 0
        assert summary_of(tmp_path / name)["ranking"]["status"] == "undefined"
        assert summary_of(tmp_path / name)["ranking"]["reasons"]


def test_options_of_tables_are_refused_for_votes(tmp_path, capsys):
    export = make_polis_export(tmp_path / "export")

    status = evaluate(export, "--out", tmp_path / "out", "--groups", "region", "--language", "en")

    assert status == 2
    assert capsys.readouterr().err.startswith("--groups: A Polis export has neither")


def test_json_goes_to_standard_output_and_nothing_else(long_table, tmp_path, capsys):
    evaluate(long_table, "--out", tmp_path / "out", "--json")

    assert json.loads(capsys.readouterr().out)["participants"] == 18


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Seite"),
        ("en", "Page"),
        ("fr", "Page"),
        ("it", "Pagina"),
        ("sl", "Stran"),
    ],
)
def test_report_speaks_the_language_asked_for(long_table, tmp_path, language, words):
    evaluate(long_table, "--out", tmp_path / "out", "--language", language)

    reader = pypdf.PdfReader(tmp_path / "out" / "report.pdf")
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert words in reader.pages[0].extract_text()
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert f'lang="{language}"' in page


DAMAGES = {
    "missing column": (
        [line.rsplit(",", 1)[0] for line in (HEADER, *VOTES)],
        (
            "votes.csv, line 1, column “vote”: The column is missing. "
            "Found: timestamp, datetime, comment-id, voter-id. "
            "Add it, or correct its name in the first line."
        ),
    ),
    "text in a number": (
        [HEADER, VOTES[0], "1001,Thu,0,two,1", *VOTES[2:]],
        "votes.csv, line 3, column “voter-id” (D): “two” is not a whole number. Write digits only.",
    ),
    "text in the vote": (
        [HEADER, VOTES[0], "1001,Thu,0,2,x", *VOTES[2:]],
        "votes.csv, line 3, column “vote” (E): “x” is not a vote. Use -1, 0 or 1.",
    ),
    "truncated line": (
        [HEADER, *VOTES[:-1], "3002,Thu,2"],
        (
            "votes.csv, line 9, column “voter-id” (D): The line has 3 fields, the header 5: it "
            "was cut off. Export the file again, or complete the line."
        ),
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_votes_give_one_line_and_no_output(tmp_path, capsys, damage):
    lines, sentence = DAMAGES[damage]
    export = make_polis_export(tmp_path / "export", header=lines[0], votes=lines[1:])

    status = evaluate(export, "--out", tmp_path / "out", "--language", "en")

    streams = capsys.readouterr()
    assert (status, streams.out, streams.err) == (2, "", sentence + "\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export"]


def test_damage_deep_in_the_real_file_is_found(shared, tmp_path, capsys):
    export = tmp_path / "export"
    shutil.copytree(shared / "data/ratings" / KLIMARAT, export)
    export.chmod(0o755)
    votes = export / "votes.csv"
    votes.chmod(0o644)
    lines = votes.read_text(encoding="utf-8").splitlines()
    lines[60_000] = lines[60_000].rsplit(",", 1)[0] + ",maybe"
    votes.write_text("\n".join(lines) + "\n", encoding="utf-8")

    status = evaluate(export, "--out", tmp_path / "out", "--language", "de")

    assert status == 2
    assert capsys.readouterr().err == (
        "votes.csv, Zeile 60001, Spalte „vote“ (E): „maybe“ ist keine Stimme. "
        "Verwenden Sie -1, 0 oder 1.\n"
    )


def test_output_that_is_not_empty_is_left_alone_without_force(long_table, tmp_path, capsys):
    out = tmp_path / "out"
    out.mkdir()
    (out / "letter.txt").write_text("mine", encoding="utf-8")

    assert evaluate(long_table, "--out", out) == 2
    assert evaluate(long_table, "--out", out, "--force") == 2

    assert [path.name for path in out.iterdir()] == ["letter.txt"]
    assert "letter" not in capsys.readouterr().err


def test_force_replaces_an_earlier_evaluation(long_table, tmp_path):
    evaluate(long_table, "--out", tmp_path / "out")

    assert evaluate(long_table, "--out", tmp_path / "out") == 2
    assert evaluate(long_table, "--out", tmp_path / "out", "--groups", "--force") == 0
    assert not (tmp_path / "out" / "groups.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.csv"], "There is no such file or folder."),
        (["--agree-from", "9"], "Allowed: 1 – 5."),
        (["--scale", "5", "1"], "A scale needs at least two points that rise."),
        (["--groups", "country"], "column “country”: The column is missing."),
    ],
)
def test_wrong_arguments_are_refused_with_a_sentence(
    long_table, tmp_path, capsys, arguments, words
):
    path = [] if arguments[0].endswith(".csv") else [long_table]

    status = evaluate(*path, *arguments, "--out", tmp_path / "out", "--language", "en")

    assert status == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_full_disk_leaves_nothing_behind(long_table, tmp_path):
    """No file may grow beyond 8 blocks here, so the report cannot be written."""
    command = f"ulimit -f 8; exec {sys.executable} -m alpclusters evaluate {long_table} --out out"

    result = subprocess.run(
        ["sh", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "LANG": "en", "LC_ALL": "", "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert result.stderr.startswith("out: The folder cannot be written")
    assert [path.name for path in tmp_path.iterdir()] == ["ratings.csv"]
