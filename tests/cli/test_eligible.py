"""The command `eligible`: who fits what and why, without Django, database or network."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alpclusters.cli import main
from alpclusters.platform.languages.codes import LANGUAGE_CODES

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples" / "funding"


def eligible(*arguments):
    return main(["eligible", *map(str, arguments)])


def answer(capsys, *arguments):
    assert eligible(*arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def truths(found):
    return {
        (offer["id"], partner["id"]): partner["exact"]
        for offer in found["offers"]
        for partner in offer["partners"]
    }


def test_each_offer_is_judged_for_each_partner(capsys):
    found = answer(capsys, EXAMPLES / "tiny.json")

    assert truths(found) == {
        ("X", "A"): "T",
        ("X", "B"): "T",
        ("Y", "A"): "T",
        ("Y", "B"): "F",
        ("Z", "A"): "F",
        ("Z", "B"): "T",
        ("V", "A"): "T",
        ("V", "B"): "T",
    }
    assert found["simulated"] is True


def test_open_question_is_named_with_the_offers_that_hang_on_it(capsys):
    found = answer(capsys, EXAMPLES / "partnership.json")

    assert truths(found)["ara", "C"] == "U"
    of_c = next(one for one in found["questions"] if one["partner"] == "C")
    asked = {field["path"]: field["offers"] for field in of_c["fields"]}
    assert asked["partner.recognised"] == ["ara"]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_text_names_reasons_and_the_notice_in_every_language(language, capsys):
    assert eligible(EXAMPLES / "partnership.json", "--language", language) == 0

    out = capsys.readouterr().out
    assert "Organisation C, Lyon" in out
    assert "%(" not in out
    if language == "de":
        assert out.endswith("Entscheidungshilfe, keine Rechtsberatung.\n")


def test_bad_case_names_every_fault_with_its_place(tmp_path, capsys):
    data = json.loads((EXAMPLES / "tiny.json").read_text("utf-8"))
    data["lines"][1]["cost_ct"] = -5
    data["partners"][0]["nuts"] = "AT36"
    file = tmp_path / "case.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    assert eligible(file) == 2

    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "/lines/1/cost_ct: The cost is negative (-5). Enter 0 or more cents.",
        (
            "/partners/0/nuts: The region “AT36” does not exist in NUTS 2021. Check code and year; "
            "codes that look alike: AT31, AT32, AT33."
        ),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"a": ', "This is no JSON"),
        (b"\xff\xfe{}", "is not JSON (UTF-8)"),
        (b"[" * 100_000, "This is no JSON"),
        (b'{"schema": ' + b"9" * 5_000 + b"}", "This is no JSON"),
        (b"", "This is no JSON"),
        (b"[]", "expected: object"),
        (b"NaN", "/: "),
    ],
)
def test_what_is_no_case_is_told_in_a_sentence(content, words, tmp_path, capsys):
    file = tmp_path / "case.json"
    file.write_bytes(content)

    assert eligible(file) == 2

    assert words in capsys.readouterr().err


def test_missing_file_and_folder_are_told(tmp_path, capsys):
    assert eligible(tmp_path / "none.json") == 2
    assert eligible(tmp_path) == 2

    err = capsys.readouterr().err
    assert "There is no such file or folder." in err
    assert "Name a JSON file of a funding case." in err


@pytest.mark.slow
def test_a_thousand_offers_and_twelve_partners_are_judged(tmp_path, capsys):
    data = json.loads((EXAMPLES / "partnership.json").read_text("utf-8"))
    offers = data["offers"]
    data["offers"] = [{**offers[n % 14], "id": f"O{n}"} for n in range(1_000)]
    data["partners"] = [
        {**data["partners"][n % 5], "id": f"P{n}", "lead": False} for n in range(12)
    ]
    data |= {"lines": [], "links": [], "scenarios": [], "wishes": []}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    found = answer(capsys, file)

    assert len(truths(found)) == 12_000
    assert found["warnings"] != []


def test_command_needs_no_settings_and_no_database(tmp_path):
    program = (
        "from alpclusters.cli import main; "
        f"main(['eligible', {str(EXAMPLES / 'tiny.json')!r}]); "
        "from django.conf import settings; print(settings.configured)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ALPCLUSTERS_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "False"
