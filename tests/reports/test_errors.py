"""Errors as sentences: every code has one, in every language, with all its fields."""

import re
from pathlib import Path

import pytest

from alpclusters.analysis.errors import InputError, RecordError, RecordsError, Where, shown
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.errors import PARTS, SENTENCES, as_record, error_lines, phrase

pytestmark = pytest.mark.unit

SOURCES = Path(__file__).resolve().parents[2] / "src" / "alpclusters"
RAISED = re.compile(r"""(?:\bcode\s*=\s*|Error\(\s*|\bcode=|\belse\s+)"([a-z]+\.[a-z_]+)\"""")
# Refusals of the platform's verbs are worded where their pages are.
FOLDERS = ("analysis", "sources", "cli", "platform/operation")


def codes_in_sources():
    found = set()
    for folder in FOLDERS:
        for path in (SOURCES / folder).rglob("*.py"):
            found |= set(RAISED.findall(path.read_text(encoding="utf-8")))
    return found


def test_every_code_that_is_raised_has_a_sentence():
    assert sorted(codes_in_sources() - set(SENTENCES)) == []


def test_no_code_has_two_sentences():
    assert sum(len(part.SENTENCES) for part in PARTS) == len(SENTENCES)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_sentence_can_be_filled_in_every_language(language):
    names = (
        "n turned port reason program file member target path level vintage computed languages "
        "fault first second home pid since setting other least most place sslmode folder "
        "address bucket"
    )
    values = dict.fromkeys(names.split(), 7)
    for code in SENTENCES:
        error = InputError(code, found="x", expected="y", values=values)

        line = phrase(error, language)

        assert "%(" not in line
        assert line.strip()


def test_place_is_file_line_and_column():
    error = RecordError(
        "polis.not_a_vote",
        where=Where(file="votes.csv", line=17, column="E", field="vote"),
        found="x",
    )

    assert error_lines(error, "en") == [
        "votes.csv, line 17, column “vote” (E): “x” is not a vote. Use -1, 0 or 1."
    ]
    assert error_lines(error, "fr") == [
        (
            "votes.csv, ligne 17, colonne «\u00a0vote\u00a0» (E): «\u00a0x\u00a0» n’est pas un "
            "vote. Utilisez -1, 0 ou 1."
        )
    ]


def test_several_errors_are_listed_and_the_rest_counted():
    errors = [
        RecordError("table.empty_name", where=Where(file="a.csv", line=line)) for line in range(60)
    ]

    lines = error_lines(RecordsError(errors, n_all=1234), "en")

    assert (len(lines), lines[-1]) == (51, "and 1,184 more errors")


def test_unknown_code_is_told_and_not_hidden():
    assert phrase(InputError("new.code"), "en") == "Something is wrong (new.code)."


def test_foreign_text_cannot_harm_a_terminal():
    error = RecordError("polis.not_a_vote", found="\x1b[31m" + "x" * 500)

    assert "\x1b" not in phrase(error, "en")
    assert len(error.found) <= 90
    assert shown("a\nb") == "a\\nb"


def test_record_for_json_has_code_place_and_remedy():
    error = RecordError("table.not_a_number", where=Where(file="a.csv", line=3), found="drei")

    record = as_record(error, "en")

    assert record == {
        "code": "table.not_a_number",
        "file": "a.csv",
        "line": 3,
        "seen": "drei",
        "severity": "error",
        "sentence": "“drei” is not a number.",
        "remedy": "Write a number, “”, or leave it empty.",
    }
