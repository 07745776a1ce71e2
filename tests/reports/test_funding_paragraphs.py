"""What a paragraph says, in our own words: the version of the day, with figures and how sure."""

import datetime as dt

import pytest

from alpclusters.analysis.funding.rulebooks import RULES
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.funding_words.paragraphs import (
    PARAGRAPHS,
    paragraph_law,
    paragraph_says,
    rule_version,
)

pytestmark = pytest.mark.unit

CHECKED = [rule for rule in RULES if rule.params.get("check") != "information"]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_rule_of_the_checker_has_a_statement_with_its_standing(language):
    said = [paragraph_says(rule, language) for rule in CHECKED]

    assert all(words.endswith(")") and "%(" not in words and "rule." not in words for words in said)


def test_what_nobody_compared_with_a_text_is_never_called_verified():
    for rule in CHECKED:
        words = paragraph_says(rule, "en")
        is_unsure = rule.status == "unverified" or {"text", "article"} & set(rule.unverified_params)
        assert words.endswith("unverified)") == bool(is_unsure)
        assert (" verified on " in words) == (not is_unsure and rule.checked_on is not None)


def test_the_version_of_the_day_is_taken_and_without_a_day_the_newest():
    before = rule_version("GB-20a", "651/2014", "20a", dt.date(2023, 6, 30))
    after = rule_version("GB-20a", "651/2014", "20a", dt.date(2023, 7, 1))

    assert "€20,000" in paragraph_says(before, "en")
    assert "€22,000" in paragraph_says(after, "en")
    assert rule_version("GB-20a", "651/2014") == after
    assert rule_version("GB-20a", "2021/1060") is None


def test_a_figure_that_is_unverified_says_so_by_itself():
    rule = rule_version("GB-28", "651/2014")

    words = paragraph_says(rule, "en")

    assert "small undertakings: 50%;" in words
    assert "€10,000,000 per undertaking and project (unverified)" in words


def test_paragraphs_belong_to_rules_and_their_articles():
    for rule_id, place in PARAGRAPHS.items():
        rule = rule_version(rule_id, "651/2014")
        assert place.startswith(rule.article)
        assert place in paragraph_law(rule, "en")
