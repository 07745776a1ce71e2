"""The method part of a report says which model made its ranking."""

import pytest

from alpclusters.analysis.ranking import rank_measures
from alpclusters.reports.evaluation.method import _ranking as ranking_sentences
from tests.factories.ranking import FIRST_MODEL, strong_effect

pytestmark = pytest.mark.unit

LANGUAGES = ("de", "fr", "it", "sl", "en")


def sentences(language: str, **model):
    return ranking_sentences(rank_measures(*strong_effect().table, scale=(1, 5), **model), language)


def test_a_ranking_stored_earlier_says_that_the_earlier_model_made_it():
    found = " ".join(sentences("en", **FIRST_MODEL))

    assert "the earlier model, with one spread for all items" in found
    assert "take the spread as known" in found


def test_a_new_ranking_says_that_every_item_has_its_own_spread():
    found = " ".join(sentences("en"))

    assert "Every item has its own spread" in found
    assert "wider 90\u00a0% interval" in found or "wider 90% interval" in found
    assert "earlier model" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_models_are_told_in_every_language(language):
    new, first = sentences(language), sentences(language, **FIRST_MODEL)

    assert len(new) == len(first) == 3
    assert not set(new[:2]) & set(first[:2])
    assert all("%(" not in sentence for sentence in (*new, *first))
    if language != "en":
        assert not set(new) & set(sentences("en"))
