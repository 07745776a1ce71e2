"""The command `seat`: a plan with its certificate, files of languages, damaged files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alpclusters.cli import main
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.seating import ADVICE, CHOICES, REASONS
from tests.analysis.rotation_checker import check_rounds, count_wrong_seats

pytestmark = pytest.mark.integration

SOURCES = Path(__file__).resolve().parents[2] / "src"
SPOKEN = ["de en", "fr", "it", "de", "sl", "fr, it", "de", "fr", "it en", "de", "en", "en/sl"]
HOSTS = ["de", "fr", "it"]


def seat(*arguments):
    return main(["seat", *map(str, arguments)])


def size(guests, tables, rounds):
    return ("--guests", guests, "--tables", tables, "--rounds", rounds)


def lines_of_file():
    guests = [f'{n},,"{codes}"' for n, codes in enumerate(SPOKEN, start=1)]
    tables = [f",{n},{code}" for n, code in enumerate(HOSTS, start=1)]
    return ["guest,table,languages", *guests, *tables]


@pytest.fixture
def write(tmp_path):
    def written(lines):
        path = tmp_path / "languages.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return written


def test_plan_is_printed_with_its_certificate(capsys):
    assert seat(*size(24, 6, 4), "--json") == 0

    told = json.loads(capsys.readouterr().out)
    names = ("repeats", "lower_bound", "revisits", "size_min", "size_max", "pairs_met", "optimal")
    assert [told[name] for name in names] == [0, 0, 0, 4, 4, 144, True]
    assert (told["wrong_language_seats"], told["table_languages"]) == (0, None)
    found = check_rounds(told["rounds"], guests=24)
    assert (found["repeats"], found["revisits"], found["pairs_met"]) == (0, 0, 144)


def test_named_exception_says_why_in_the_language_of_the_reader(capsys):
    assert seat(*size(30, 6, 4), "--json", "--language", "de") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["lower_bound"], told["optimal"]) == (0, False)
    assert told["repeats"] == check_rounds(told["rounds"])["repeats"] > 0
    assert told["reasons"][0]["code"] == "order_six_impossible"
    assert "lateinische Quadrate" in told["reasons"][0]["sentence"]


def test_without_json_a_table_can_be_read(capsys):
    assert seat(*size(9, 3, 2), "--language", "sl") == 0

    told = capsys.readouterr().out
    assert told.startswith("Krog 1\n  omizje 1  1 4 7\n  omizje 2  2 5 8\n")
    assert "Ponovna srečanja parov: 3 (noben načrt jih nima manj kot 3)." in told


def test_languages_give_three_choices_with_both_figures(capsys, write):
    path = write(lines_of_file())

    assert seat(*size(12, 3, 2), "--languages", path, "--json") == 0

    told = json.loads(capsys.readouterr().out)
    spoken = [codes.replace(",", " ").replace("/", " ").split() for codes in SPOKEN]
    assert told["wrong_language_seats"] == count_wrong_seats(told["rounds"], spoken, HOSTS)
    assert [choice["name"] for choice in told["choices"]] == list(CHOICES)
    assert {"repeats", "wrong_language_seats"} <= set(told["choices"][0])
    assert told["table_languages"] == HOSTS
    assert told["interpreters"]


@pytest.mark.parametrize("choice", CHOICES)
def test_chosen_plan_is_the_one_printed(capsys, write, choice):
    path = write(lines_of_file())

    seat(*size(12, 3, 2), "--languages", path, "--choice", choice, "--json")

    told = json.loads(capsys.readouterr().out)
    (figures,) = [row for row in told["choices"] if row["name"] == choice]
    assert {name: told[name] for name in ("repeats", "revisits", "wrong_language_seats")} == {
        name: figures[name] for name in ("repeats", "revisits", "wrong_language_seats")
    }


@pytest.mark.parametrize(
    "head",
    ["guest;languages", "Gast;Sprachen", "Invité;Langues", "Ospite;Lingue", "Udeleženec;Jeziki"],
)
def test_tables_without_a_language_are_shared_out(capsys, write, head):
    path = write([head, "1;de", "2;de", "3;it", "4;de it"])

    assert seat(*size(4, 2, 2), "--languages", path, "--json") == 0

    assert json.loads(capsys.readouterr().out)["table_languages"] == ["de", "it"]


def test_readable_plan_names_languages_and_choices(capsys, write):
    assert seat(*size(12, 3, 2), "--languages", write(lines_of_file()), "--language", "en") == 0

    told = capsys.readouterr().out
    assert "  table 2 (fr)  " in told
    assert "\n  mix most: " in told
    assert "Interpreters needed at once" in told


@pytest.mark.slow
def test_pins_and_pairs_apart_are_kept(capsys):
    assert seat(*size(12, 4, 3), "--pin", 3, 2, "--apart", 1, 2, "--apart", 1, 5, "--json") == 0

    rounds = json.loads(capsys.readouterr().out)["rounds"]
    assert all(3 in tables[1] for tables in rounds)
    assert not any(1 in table and {2, 5} & set(table) for tables in rounds for table in tables)


DAMAGE = [
    (lambda text: text.replace("2,,", "2,,f1", 1), 3, "C", "languages.csv, line 3, column "),
    (lambda text: text.replace("2,,", "13,,", 1), 3, "A", "“13” is not one of the numbers"),
    (lambda text: text.replace("2,,", "x,,", 1), 3, "A", "“x” is not one of the numbers"),
    (lambda text: text.replace("2,,", "1,,", 1), 3, "A", "“1” stands there twice"),
    (lambda text: text.replace("2,,", ",,", 1), 3, "A", "either a guest or a table"),
    (lambda text: text.replace("2,,", "2,3,", 1), 3, "A", "either a guest or a table"),
    (lambda text: text.replace(",1,de", ",1,de fr", 1), 14, "C", "exactly one language"),
    (lambda text: text.replace(",1,de", ",1,", 1), 14, "C", "exactly one language"),
    (lambda text: text.replace('2,,"fr"', "2,", 1), 3, "C", "it was cut off"),
    (lambda text: text.replace('2,,"fr"', '2,,"fr', 1), 3, "", "quotation mark"),
    (lambda text: text.replace(",3,it\n", ""), 15, "B", "These tables have no line: 3."),
    (lambda text: text.replace('12,,"en/sl"\n', ""), 15, "A", "These guests have no line: 12."),
    (lambda text: text.replace("guest,", "hat,"), 1, "", "The column is missing"),
]


@pytest.mark.parametrize(("damage", "line", "column", "words"), DAMAGE)
def test_damaged_file_gives_one_line_with_its_place(capsys, tmp_path, damage, line, column, words):
    path = tmp_path / "languages.csv"
    whole = "\n".join(lines_of_file()) + "\n"
    path.write_text(damage(whole), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != whole

    status = seat(*size(12, 3, 2), "--languages", path, "--json", "--language", "en")

    told = capsys.readouterr()
    assert (status, told.out, told.err.count("\n")) == (2, "", 1)
    assert told.err.startswith(f"languages.csv, line {line}, column")
    assert column in told.err
    assert words in told.err


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"guest,languages\n", "no rows"), (b"\x00\x01PK", "NUL"),
     (b"guest,languages\n1,\n2,\n3,\n", "Nobody names a language")],
)  # fmt: skip
def test_file_without_languages_gives_one_line(capsys, tmp_path, content, words):
    path = tmp_path / "languages.csv"
    path.write_bytes(content)

    status = seat(*size(3, 1, 1), "--languages", path, "--language", "en")

    told = capsys.readouterr().err
    assert (status, told.count("\n")) == (2, 1)
    assert told.startswith("languages.csv")
    assert words in told


def test_missing_file_and_impossible_sizes_end_with_status_two(capsys, tmp_path):
    missing = seat(*size(3, 1, 1), "--languages", tmp_path / "none.csv")
    nobody = seat(*size(0, 6, 4))
    clash = seat(*size(4, 2, 2), "--pin", 1, 1, "--pin", 1, 2)
    backwards = seat(*size(4, 2, 2), "--seed", -1)

    assert (missing, nobody, clash, backwards) == (2, 2, 2, 2)
    assert capsys.readouterr().err.count("\n") == 4


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_reason_and_advice_can_be_told_in_every_language(language):
    from alpclusters.platform.languages.catalogues import translator  # noqa: PLC0415

    names = ("guests", "tables", "rounds", "limit", "iterations", "n", "repeats")
    text = translator(language)
    for words in (*REASONS.values(), *ADVICE.values(), *CHOICES.values()):
        told = text.gettext(words) % dict.fromkeys(names, 7)
        assert language == "en" or told != words % dict.fromkeys(names, 7)


def test_command_needs_neither_django_nor_scipy():
    code = (
        "import sys; from alpclusters.cli import main;"
        "status = main('seat --guests 700 --tables 30 --rounds 4 --json'.split());"
        "sys.exit(status or 9 * ('django' in sys.modules or 'scipy' in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["repeats"] == 0
