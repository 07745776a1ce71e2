"""The page of the checker says for each rule where its text is and who read it."""

import re
from pathlib import Path

import pytest

from alpclusters.analysis.funding.rulebooks import RULES

pytestmark = pytest.mark.unit

PAGE = Path(__file__).parents[4] / "docs" / "methods" / "funding-check.md"
ASKED = {rule.id for rule in RULES if rule.params.get("check") != "information"}


def table():
    """Return the cells of each row by rule."""
    part = PAGE.read_text(encoding="utf-8").partition("## The legal text behind each rule")[2]
    rows = [line for line in part.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
    return {row[0]: row[1:] for row in cells[2:]}


def test_every_rule_the_checker_asks_for_stands_in_the_table_once():
    assert set(table()) == ASKED


@pytest.mark.parametrize("rule", sorted(ASKED))
def test_a_rule_has_act_article_words_and_a_reading(rule):
    where, says, read = table()[rule]

    acts = {one.act for one in RULES if one.id == rule}
    assert any(act in where for act in acts)
    assert says
    assert "paper" in read or re.search(r"2026-12-0[12]", read) or read == "the same"
