"""The catalogue of 26 measure types and its facets."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.platform.seeds.tables import LANGUAGES, rows, texts

pytestmark = pytest.mark.unit

TYPES = rows("measures/measure_types")
FACETS = rows("measures/facets")


def test_there_are_26_types_with_unique_keys_in_the_order_of_the_catalogue() -> None:
    assert len({row["key"] for row in TYPES}) == 26
    assert [int(row["order"]) for row in TYPES] == list(range(1, 27))


@pytest.mark.parametrize(
    ("facet", "counts"),
    [
        (
            "phase",
            {"preparation": 6, "exploration": 6, "entry": 5, "deepening": 7, "lasting": 2},
        ),
        (
            "mode",
            {
                "information": 4,
                "coaching": 7,
                "finance": 4,
                "matchmaking": 4,
                "infrastructure": 4,
                "policy": 3,
            },
        ),
        ("motive", {"market": 10, "technology": 7, "talent": 3, "visibility": 4, "supply": 2}),
    ],
)
def test_types_are_spread_over_a_facet_as_agreed(facet: str, counts: dict[str, int]) -> None:
    assert Counter(row[facet] for row in TYPES) == counts
    assert {row["key"] for row in FACETS if row["facet"] == facet} == set(counts)


def test_every_facet_value_has_name_and_definition_in_five_languages() -> None:
    assert len(FACETS) == 16
    for row in FACETS:
        assert all(texts(row, "name"))
        assert all(texts(row, "definition"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_unique_and_fit_on_a_small_phone(language: str) -> None:
    names = [row[f"name_{language}"] for row in TYPES]

    assert len(set(names)) == 26
    assert max(map(len, names)) <= 45


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_are_one_or_two_sentences_of_readable_length(language: str) -> None:
    for row in TYPES:
        text = row[f"description_{language}"]
        assert 120 <= len(text) <= 260, (row["key"], len(text))
        assert len(re.findall(r"\.(?: |$)", text)) in {1, 2}, text
        assert text.endswith(".")


def test_descriptions_differ_between_languages() -> None:
    assert all(len(set(texts(row, "description"))) == 5 for row in TYPES)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", r"\bCluster\b|Aktion\b|Beihilfe"),
        ("en", r"\b[Tt]he cluster\b(?! organisation)"),
        ("fr", r"\b[Ll]e cluster\b|\baides?\b"),
        ("it", r"\b[Ii]l cluster\b|\baiuti?\b"),
        ("sl", r"\b[Gg]rozd\b|\bpomoč|\bakcij"),
    ],
)
def test_descriptions_avoid_the_words_with_a_second_meaning(language: str, words: str) -> None:
    assert [text for row in TYPES if re.search(words, text := row[f"description_{language}"])] == []


def test_reported_marks_are_unverified_and_name_their_source() -> None:
    ranks = {row["key"]: row["reported_rank"] for row in TYPES if row["reported_rank"]}
    marked = {row["key"] for row in TYPES if row["reported_status"] == "unverified"}

    assert ranks == {
        "sme_pilot": "1",
        "cross_border_scheme": "2",
        "contact_voucher": "2",
        "internationalisation_strategy": "3",
    }
    assert marked == {*ranks, "shared_sales_structure", "matchmaking_event", "skills_programme"}
    for row in TYPES:
        assert bool(row["reported_source"]) == all(texts(row, "reported_note"))
        assert (row["key"] in marked) == bool(row["reported_source"])


def test_names_are_those_of_the_vocabulary(shared: Path) -> None:
    domain = (shared / "domain.md").read_text(encoding="utf-8").replace("'", "’")
    lines = [line.strip("|").split("|") for line in domain.splitlines() if line.startswith("|")]
    told = {
        line[0].strip(): [cell.strip() for cell in line[1:]] for line in lines if len(line) == 5
    }

    for row in TYPES:
        assert [row[f"name_{x}"] for x in ("de", "fr", "it", "sl")] == told[row["key"]]
        assert f"| {row['key']} | {row['name_en']} |" in domain
