"""The answers to OWASP ASVS 5.0.0, level 2: whole, with tests that are there, and none open."""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import pytest

pytestmark = [pytest.mark.unit, pytest.mark.gate]

ROOT: Final = Path(__file__).resolve().parents[2]
LIST: Final = ROOT / "docs" / "developer" / "asvs.csv"
HEAD: Final = ["id", "level", "status", "where", "note"]
# As counted in the published list: requirements of levels 1 and 2, by chapter.
CHAPTERS: Final = {
    "V1": 27,
    "V2": 11,
    "V3": 19,
    "V4": 10,
    "V5": 9,
    "V6": 35,
    "V7": 18,
    "V8": 7,
    "V9": 7,
    "V10": 29,
    "V11": 14,
    "V12": 9,
    "V13": 13,
    "V14": 9,
    "V15": 13,
    "V16": 16,
    "V17": 7,
}
LEVELS: Final = {"1": 70, "2": 183}
STATUSES: Final = {"met", "not applicable", "operator", "open"}


def rows() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == HEAD
        return list(reader)


@cache
def names_in(path: str) -> frozenset[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in found if node.name.startswith("test_"))


def test_every_requirement_of_both_levels_is_answered_once() -> None:
    ids = [row["id"] for row in rows()]

    assert [one for one, n in Counter(ids).items() if n > 1] == []
    assert [one for one in ids if not re.fullmatch(r"V\d+\.\d+\.\d+", one)] == []
    assert Counter(one.partition(".")[0] for one in ids) == CHAPTERS
    assert Counter(row["level"] for row in rows()) == LEVELS


def test_every_answer_is_one_of_four() -> None:
    assert {row["status"] for row in rows()} <= STATUSES


def test_what_is_met_names_a_test_that_is_there() -> None:
    missing = []
    for row in rows():
        if row["status"] == "met":
            path, _, name = row["where"].partition("::")
            if not (ROOT / path).is_file() or name not in names_in(path):
                missing.append((row["id"], row["where"]))

    assert missing == []


def test_what_does_not_apply_has_a_reason() -> None:
    without = [r["id"] for r in rows() if r["status"] == "not applicable" and not r["note"]]

    assert without == []


def test_what_the_operator_decides_stands_on_a_page_for_operators() -> None:
    pages = [(row["id"], row["where"]) for row in rows() if row["status"] == "operator"]

    assert [one for one in pages if not one[1].startswith("docs/operator/")] == []
    assert [one for one in pages if not (ROOT / one[1].partition("#")[0]).is_file()] == []


def uses_of(module: str) -> set[str]:
    """Return what our code takes from a module: ``sha256`` of ``hashlib.sha256``."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    return {name for text in texts for name in re.findall(rf"\b{module}\.(\w+)", text)}


def test_every_use_of_cryptography_is_in_the_inventory() -> None:
    page = (ROOT / "docs" / "developer" / "security.md").read_text(encoding="utf-8").lower()
    hashes = uses_of("hashlib") - {"file_digest", "hexdigest"}

    assert hashes == {"sha256", "blake2b", "scrypt"}
    named = ("sha-256", "blake2b", "hmac", "argon2id", "age", "scrypt")
    assert [one for one in named if one not in page] == []


def test_no_broken_hash_and_no_cipher_of_our_own_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    broken = re.compile(r"\b(md5|sha1|MODE_ECB|PKCS1v15|DES3?|ARC4|RC4)\b")

    assert [found[0] for text in texts if (found := broken.search(text))] == []


def test_what_is_open_says_what_is_missing() -> None:
    assert [row["id"] for row in rows() if row["status"] == "open" and not row["note"]] == []
