"""Faults of a case as sentences: every code has one, in every language, with all its figures."""

import ast
from pathlib import Path

import pytest

from alpclusters.analysis.funding.case_files import CaseError, CaseFault, read_case
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.error_texts.case_faults import (
    FAULTS,
    fault_line,
    fault_sentence,
)
from alpclusters.reports.errors import error_lines

pytestmark = pytest.mark.unit

FOLDER = (
    Path(__file__).resolve().parents[2]
    / "src"
    / "alpclusters"
    / "analysis"
    / "funding"
    / "case_files"
)
NAMES = (
    "found",
    "nearest",
    "low",
    "high",
    "n",
    "limit",
    "field",
    "kind",
    "vintage",
    "first",
    "last",
)
VALUES = dict.fromkeys((*NAMES, "both", "expected"), "7")


def constants(node):
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}


def codes_of(node):
    """The codes in one piece of the program: second arguments, keywords, what is called code."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in {"add", "_bad", "CaseFault"} and len(node.args) > 1:
            yield from constants(node.args[1])
        for keyword in node.keywords:
            if keyword.arg in {"code", "below", "above"}:
                yield from constants(keyword.value)
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
        yield from constants(node.value)


def codes_in_sources():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.py")]
    return {code for tree in trees for node in ast.walk(tree) for code in codes_of(node)}


def test_every_code_has_a_sentence():
    known = {code for code in codes_in_sources() if isinstance(code, str)}

    assert {"negative_cost", "unknown_nuts", "link_cycle", "too_many_offers"} <= known
    assert known - set(FAULTS) == set()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("code", sorted(FAULTS))
def test_sentence_is_filled_in_every_language(code, language):
    line = fault_line(CaseFault("/lines/0", code, VALUES), language)

    assert line.startswith("/lines/0: ")
    assert "%(" not in line
    assert len(line) > len("/lines/0: ") + 10


def test_kind_of_value_is_named_in_words():
    fault = CaseFault("/lines/0/cost_ct", "type_mismatch", {"found": "x", "expected": "whole"})

    assert "ganze Zahl" in fault_sentence(fault, "de")


def test_advice_is_left_out_where_nothing_looks_alike():
    fault = CaseFault("/a", "unknown_ref", {"found": "Q", "nearest": ""})

    assert fault_sentence(fault, "en") == "“Q” does not exist."


def test_all_faults_are_lines_and_the_rest_is_counted():
    with pytest.raises(CaseError) as caught:
        read_case({f"x{n}": 1 for n in range(300)})

    lines = error_lines(caught.value, "en")

    assert len(lines) == 201
    assert lines[-1] == "and 108 more errors"
