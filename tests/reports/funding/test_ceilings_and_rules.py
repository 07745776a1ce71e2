"""Ceilings, violations, notes and rules in five languages: complete, and with their figures."""

import datetime as dt
import re
from pathlib import Path

import pytest

from alpclusters.analysis.funding import check as package
from alpclusters.analysis.funding.rulebooks import RULES, rules_on
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.funding_words.findings import (
    FAULTS,
    NAMES,
    NOTES,
    Words,
    article_words,
    law_words,
    note_sentence,
    violation_sentence,
)
from alpclusters.reports.funding_words.rules import FIGURES, TEXTS, rule_figures, rule_text
from tests.analysis.funding.check.golden import golden_case
from tests.analysis.funding.check.pieces import checked, euro_cell, line, offer, one_firm

pytestmark = pytest.mark.unit
FOREIGN = [code for code in LANGUAGE_CODES if code != "en"]
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(package.__file__).parent.glob("*.py")
)
PLACES = re.compile(r"%\((\w+)\)s")


def test_every_rule_has_a_text_and_every_text_a_rule():
    assert {rule.text_key for rule in RULES} == set(TEXTS)


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("texts", [TEXTS, FAULTS, NOTES, NAMES, FIGURES])
def test_every_text_is_translated_with_the_same_figures(texts, language):
    for text in texts.values():
        told = translator(language).gettext(text)
        assert told != text, text
        assert sorted(PLACES.findall(told)) == sorted(PLACES.findall(text))


def test_every_code_of_the_checker_has_a_sentence_and_no_other():
    faults = set(re.findall(r'fault\(\s*"(\w+)"', SOURCE)) | {"wish_use", "wish_avoid"}
    notes = set(re.findall(r'(?:note|undecided)\(\s*"(\w+)"', SOURCE))
    notes |= {"outside_programme", "outside_approval"}

    assert faults == set(FAULTS)
    assert notes == set(NOTES)


def test_every_rule_of_a_ceiling_has_a_name():
    own = set(re.findall(r'Law\(\s*"((?:case|wish)\.\w+)"', SOURCE))
    own |= {"wish.min_total", "wish.min_partner", "wish.fund_line"}
    own |= {"case.min_partners", "case.min_countries", "case.min_member_states"}
    bounding = {"one_grant", "union_once", "no_profit", "union_rate", "line_limit",
                "line_limit_de_minimis", "de_minimis", "partnership"}  # fmt: skip
    law = {rule.id for rule in RULES if rule.params.get("check") in bounding}

    assert own | law == set(NAMES)


def over():
    """A firm that is granted 5,000 too much, de minimis, at the edge of the window."""
    cost = line("l", "P", 305_000)
    grant = offer(
        "o", 10_000, title="Voucher", articles={"*": "DM"}, grant_date=dt.date(2025, 3, 1)
    )
    case = one_firm([cost], [grant])
    return case, checked(case, euro_cell("o", "l", 305_000, 305_000))


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_violations_are_said_with_their_amounts(language):
    case, check = over()

    (said,) = [violation_sentence(v, case, language) for v in check.violations]

    digits = re.sub(r"\D", "", said)
    assert "305000" in digits
    assert "300000" in digits
    assert "5000" in digits
    assert "Partner P" in said


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_notes_name_whom_they_are_about(language):
    case, check = over()

    said = [note_sentence(note, case, language) for note in check.notes]

    assert said
    assert all("Partner P" in sentence and "%(" not in sentence for sentence in said)


def test_subjects_in_words():
    words = Words(golden_case(), "en")

    assert words.subject("offer:X/B") == "X, Partner B"
    assert words.subject("partner:A@1") == "Partner A, quarter from 1\xa0April\xa02025"
    assert words.subject("undertaking:UB/DE") == "Partner B, granted by DE"
    assert words.subject("project@2024-01-01") == "whole project, 1\xa0January\xa02024"


def test_articles_and_acts_in_words():
    assert article_words("GB-25-industrial", "en") == (
        "Article 25 of the General Block Exemption Regulation (industrial research)"
    )
    assert law_words("651/2014", "8(3)", "en") == "Regulation 651/2014, Article 8(3)"
    assert law_words("", "", "en") == ""


def test_figures_of_a_rule_carry_whether_they_are_unverified():
    rule = rules_on(dt.date(2023, 7, 1))["GB-27i"]

    assert rule_figures(rule, "en") == [
        ("Intensity, innovation clusters", "50%", False),
        ("Bonus, “a” areas", "15%", False),
        ("Bonus, “c” areas", "5%", False),
        ("Ceiling", "€10,000,000 per cluster, for all aid under this article", True),
    ]
    assert rule_text(rule, "en") == "Investment of an innovation cluster; more in assisted areas."
