"""Criteria with their anchors and the lists people choose from at an AlpCafé."""

import re
from pathlib import Path

import pytest

from tests.platform.seeds.tables import LANGUAGES, rows, texts

pytestmark = pytest.mark.unit

CRITERIA = rows("cafe/criteria")
KEYS = {
    "roles": [
        "policy_maker",
        "programme_manager",
        "cluster_manager",
        "firm_sme",
        "firm_large",
        "research",
        "intermediary",
        "finance",
        "civil_society",
        "other",
    ],
    "levels": ["local", "regional", "national", "macro_regional", "european"],
    "experience": ["none", "up_to_2", "from_3_to_5", "more_than_5"],
    "helix": ["business", "research", "public", "civil", "intermediary", "finance", "unknown"],
}


def test_effectiveness_and_durability_are_the_default_criteria() -> None:
    assert [row["key"] for row in CRITERIA] == [
        "effectiveness",
        "durability",
        "feasibility",
        "cost_effect",
        "urgency",
    ]
    assert [row["is_default"] for row in CRITERIA] == ["yes", "yes", "no", "no", "no"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_has_one_question_and_five_different_anchors(language: str) -> None:
    for row in CRITERIA:
        question = row[f"question_{language}"]
        anchors = [row[f"step_{step}_{language}"] for step in range(1, 6)]
        assert question.count("?") == 1
        assert question.endswith("?")
        assert len(set(anchors)) == 5
        assert max(map(len, anchors)) <= 45


def test_no_criterion_names_a_third_answer_in_the_middle() -> None:
    for row in CRITERIA:
        words = " ".join(texts(row, "step_3"))
        assert not re.search(r"neutral|weder|beurteilen|judge|oceniti", words)


@pytest.mark.parametrize(("table", "keys"), KEYS.items())
def test_lists_have_the_agreed_keys_and_five_names(table: str, keys: list[str]) -> None:
    app = "actors" if table in {"levels", "helix"} else "cafe"
    found = rows(f"{app}/{table}")

    assert [row["key"] for row in found] == keys
    assert [int(row["order"]) for row in found] == list(range(1, len(keys) + 1))
    assert all(all(texts(row, "name")) for row in found)


def test_default_criteria_have_the_words_of_the_vocabulary(shared: Path) -> None:
    told = (shared / "domain.md").read_text(encoding="utf-8")
    order = ("en", "de", "fr", "it", "sl")

    for row in CRITERIA[:2]:
        for field in ("name", "question", *(f"step_{step}" for step in range(1, 6))):
            line = " | ".join(row[f"{field}_{language}"] for language in order)
            assert re.sub(r"\s", " ", line) in re.sub(r"[^\S\n]", " ", told)
