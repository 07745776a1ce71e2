"""Cards that may say the same: across languages, with a precision that is measured."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from alpclusters.analysis.errors import AnalysisError, ShapeError
from alpclusters.analysis.similarity import Glossary, shared_words, similar_texts
from alpclusters.platform.seed_rows import read_rows

pytestmark = pytest.mark.unit

HERE = Path(__file__).parent
SEED = HERE.parents[1] / "src" / "alpclusters" / "platform" / "cafe" / "seeds" / "glossary.csv"
LANGUAGES = ("de", "en", "fr", "it", "sl")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed_glossary() -> Glossary:
    entries: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for row in read_rows(SEED):
        for language in LANGUAGES:
            terms = row[f"terms_{language}"].split("|")
            entries[language] |= dict.fromkeys(terms, row["concept"])
    return Glossary.of(entries)


GLOSSARY = seed_glossary()
CARDS = rows(HERE / "similar_cards.csv")


def measured(half: str) -> tuple[float, float]:
    """Precision and recall over all pairs of one half of the labelled cards."""
    cards = [card for card in CARDS if card["half"] == half]
    found = similar_texts(
        [card["text"] for card in cards],
        languages=[card["language"] for card in cards],
        glossary=GLOSSARY,
    )
    ideas = [card["idea"] for card in cards]
    same = {(i, j) for i, j in combinations(range(len(cards)), 2) if ideas[i] == ideas[j]}
    proposed = {(pair.first, pair.second) for pair in found.pairs}
    return len(same & proposed) / len(proposed), len(same & proposed) / len(same)


@pytest.mark.parametrize(
    ("half", "precision", "recall"), [("dev", 0.96, 0.67), ("test", 0.93, 0.70)]
)
def test_labelled_cards_give_the_documented_precision_and_recall(half, precision, recall):
    found = measured(half)

    assert (round(found[0], 2), round(found[1], 2)) == (precision, recall)


def test_labelled_cards_have_every_language_in_both_halves():
    assert {(card["half"], card["language"]) for card in CARDS} == {
        (half, language) for half in ("dev", "test") for language in LANGUAGES
    }


def test_two_thousand_cards_are_compared():
    texts = [card["text"] for card in CARDS]
    languages = [card["language"] for card in CARDS]
    many = [f"{texts[n % len(texts)]} {n}" for n in range(2000)]

    found = similar_texts(
        many, languages=[languages[n % len(texts)] for n in range(2000)], glossary=GLOSSARY
    )

    assert found.n_texts == 2000


def test_order_of_the_cards_changes_nothing_but_positions():
    cards = [card for card in CARDS if card["half"] == "dev"]

    def pairs(some):
        found = similar_texts(
            [c["text"] for c in some], languages=[c["language"] for c in some], glossary=GLOSSARY
        )
        texts = [c["text"] for c in some]
        return {(frozenset((texts[p.first], texts[p.second])), p.score) for p in found.pairs}

    assert pairs(cards) == pairs(cards[::-1])


def test_words_of_another_language_are_not_found_without_a_glossary():
    texts = ["Die Förderregeln bremsen uns", "Le regole di finanziamento ci frenano"]

    found = similar_texts(texts, languages=["de", "it"])

    assert found.pairs == ()
    assert found.reasons == ("no_glossary",)


def test_card_without_a_word_is_in_no_pair_and_is_counted():
    found = similar_texts(
        ["", "und die der", "Messe", "Messe"], languages=["de"] * 4, glossary=GLOSSARY
    )

    assert [(pair.first, pair.second) for pair in found.pairs] == [(2, 3)]
    assert (found.n_empty, found.status) == (2, "limited")


def test_known_word_at_the_end_of_a_german_compound_counts():
    shared = shared_words(
        "Weiterbildungsförderung",
        "usposabljanje in financiranje",
        languages=("de", "sl"),
        glossary=GLOSSARY,
    )

    assert shared.concepts == ("funding", "training")
    assert shared.first == ((0, 23),)
    assert shared.second == ((0, 13), (17, 29))


def test_longer_term_wins_over_its_parts():
    glossary = Glossary.of({"en": {"small firm*": "small_company", "firm*": "company"}})

    shared = shared_words("A small firm", "Small firms", languages=("en", "en"), glossary=glossary)

    assert shared.concepts == ("small_company",)
    assert shared.first == ((2, 12),)


def test_fewer_languages_than_texts_are_refused():
    with pytest.raises(ShapeError) as caught:
        similar_texts(["a", "b"], languages=["de"])

    assert caught.value.code == "languages.lengths"


@pytest.mark.parametrize("wrong", [{"threshold": 0}, {"threshold": 1.1}, {"neighbours": 0}])
def test_setting_outside_its_range_is_refused(wrong):
    with pytest.raises(AnalysisError) as caught:
        similar_texts(["a", "b"], languages=["de", "de"], **wrong)

    assert caught.value.code == "similarity.out_of_range"


@pytest.mark.parametrize("term", ["", "* *"])
def test_term_without_a_word_is_refused(term):
    with pytest.raises(AnalysisError) as caught:
        Glossary.of({"de": {term: "concept"}})

    assert caught.value.code == "similarity.empty_term"
