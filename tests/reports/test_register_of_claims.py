"""Sentences of results are made in one place, each by its rule, in five languages."""

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import alpclusters
from alpclusters.analysis.weighting import Breakdown, mrp
from alpclusters.platform.evaluation.domain.weighting_results import (
    MarginUse,
    Turn,
    WeighedItem,
    Weighting,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.claims import opinion, votes, weighting
from alpclusters.reports.claims.checking import Carried, check_texts
from alpclusters.reports.claims.wording import KINDS, find
from alpclusters.reports.evaluation.opinion import VerdictFigures, axis_sentences
from alpclusters.reports.evaluation.weighting import weighting_lead
from alpclusters.reports.evaluation_subject import EvaluationSubject

pytestmark = pytest.mark.unit

SOURCES = Path(alpclusters.__file__).parent
REGISTER = SOURCES / "reports" / "claims"
SUBJECT = EvaluationSubject(
    name="Valley bus",
    date=date(2026, 5, 14),
    item_names={1: "Fair St. Gallen. Autumn", 2: "Lab"},
    split_names={"region": "Region"},
    group_names={("region", "AT"): "Tyrol"},
)

# --- one place ----------------------------------------------------------------------------

PATTERNS = (
    r"\brated above\b",
    r"\b[Aa]mong the best\b",
    r"\b([Aa]ll|[Ee]very) groups? values?\b",
    r"every group, .* at least half agree",
    r"lower than the other|less than the other groups",
    r"\bwould turn if\b|lose its majority",
    r"\brests? on who came\b",
    r"of those who took part|Those who took part (do|rate)",
    r"Weighted to: |Not weighted to",
    r"There are .*camps|[Oo]pinion camps: |a gradient from|along a gradient",
    r"how readily they agree",
    r"[Tt]oo few answers to (tell|say|judge)",
    r"[Nn]ot judged enough",
)
HINT = "say it in reports/claims, by its rule: docs/developer/sentences.md"


def texts_of_python(path):
    """The string constants of a module that are no documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    about = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about
    ]


def texts():
    for path in sorted(SOURCES.rglob("*.py")):
        if REGISTER not in path.parents:
            yield from ((path, text) for text in texts_of_python(path))
    for pattern in ("*.html", "*.js", "*.txt"):
        for path in sorted(SOURCES.rglob(pattern)):
            yield path, path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_sentences_of_results_are_made_in_the_register_only():
    found = [
        f"{path.relative_to(SOURCES)}: {match.group()}"
        for path, text in texts()
        for pattern in PATTERNS
        if (match := re.search(pattern, text))
    ]

    assert found == [], HINT


def test_each_pattern_of_the_guard_finds_a_sentence_of_the_register():
    said = [text for path in sorted(REGISTER.glob("*.py")) for text in texts_of_python(path)]

    unknown = [one for one in PATTERNS[1:] if not any(re.search(one, text) for text in said)]

    assert unknown == []


# --- who was not in the room --------------------------------------------------------------


def weighed(gamma=1.49, *, word="rests_on_who_came", turns=(), is_share=False, margins=()):
    item = WeighedItem(item=1, n=60, plain=3.6, breakdown=Breakdown(gamma, word), turns=turns)
    other = WeighedItem(item=2, n=60, plain=4.4, breakdown=Breakdown(None, "any"))
    return Weighting(items=(item, other), threshold=3.5, is_share=is_share, margins=margins, n=60)


def test_a_finding_that_rests_on_who_came_is_named_beside_the_headline():
    assert weighting_lead(weighed(), SUBJECT, "en") == [
        "All figures are of those who took part.",
        "Whether the rating lies above 3.5 rests on who came: “Fair St. Gallen. Autumn”.",
    ]


def test_a_finding_that_holds_under_a_moderate_shift_is_not_named_there():
    assert weighting_lead(weighed(1.5, word="moderate"), SUBJECT, "en") == [
        "All figures are of those who took part."
    ]


def test_of_votes_it_is_the_majority_that_rests_on_who_came():
    said = weighting_lead(weighed(is_share=True), SUBJECT, "en")

    assert said[1:] == [
        "Whether more than half agree rests on who came: “Fair St. Gallen. Autumn”."
    ]


@pytest.mark.parametrize(("here", "is_told"), [(20 / 60, True), (19 / 60, False)])
def test_a_turning_share_is_told_from_twenty_answers_on(here, is_told):
    found = weighed(turns=(Turn("region", "AT", 0.45, here),))

    kinds = [one.kind for one in weighting.survival(found.items[0], found, SUBJECT, "en")]

    assert ("weighting.turn" in kinds) is is_told


MARGIN = MarginUse(column="Region", split="region", source="Eurostat", date="2024-01-01")


def test_weighted_to_is_said_with_source_and_year_only_where_a_figure_is_weighted():
    bare = weighed(margins=(MARGIN,))
    estimate = mrp([4, 5, 3, 4] * 10, [[0, 1] * 20], [[0.5, 0.5]])
    items = tuple(replace(item, modelled=estimate) for item in bare.items)
    done = replace(bare, items=items, effective_n=41.2)

    assert "Weighted to: Region (Eurostat, 2024)." in weighting_lead(done, SUBJECT, "en")
    assert "worth 41 when weighted" in weighting.weighted_to(done, SUBJECT, "en").text
    assert not [one for one in weighting_lead(bare, SUBJECT, "en") if "Weighted" in one]
    assert weighting.weighted_to(bare, SUBJECT, "en").kind == "weighting.refused"
    assert weighting.weighted_to(weighed(), SUBJECT, "en").kind == "weighting.unweighted"


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_sentences_with_full_stops_in_names_are_read_back_and_false_ones_caught(language):
    found = weighed(turns=(Turn("region", "AT", 0.45, 0.4),))
    true = [
        *weighting.whose_figures(found, SUBJECT, language),
        *weighting.survival(found.items[0], found, SUBJECT, language),
    ]
    paragraph = " ".join(claim.text for claim in true)
    lied = weighed(1.2, turns=(Turn("region", "AT", 0.55, 0.4),))
    false = " ".join(one.text for one in weighting.survival(lied.items[0], lied, SUBJECT, language))

    right = check_texts("page", [paragraph], Carried(true), language)
    wrong = check_texts("page", [false], Carried(true), language)

    assert right.mismatches == ()
    assert right.n >= len(true)
    kinds = {one.what.partition(":")[0] for one in wrong.mismatches}
    assert kinds == {"weighting.rests_on_who_came", "weighting.turn"}


# --- camps --------------------------------------------------------------------------------


def along(verdict, *, is_strictness=False, reasons=(), ends=("Bus", "Car")):
    return opinion.along_axis(verdict, ends, "en", is_strictness=is_strictness, reasons=reasons)


def test_the_ends_of_a_gradient_are_named_under_that_verdict_only():
    assert along("gradient").kind == "opinion.from_to"
    assert along("gradient", ends=None) is None
    assert along("camps") is None
    assert along("one_opinion") is None
    assert along("too_few") is None


def test_the_strongest_axis_of_camps_is_not_called_readiness_to_agree_where_camps_lie_elsewhere():
    figures = VerdictFigures(
        verdict="camps",
        depth=20.0,
        deepest=3.0,
        continuum_draws=19,
        camp_draws=0,
        axis_share=0.3,
        is_strictness=True,
        reasons=(),
    )

    assert not [one for one in axis_sentences(figures, "en") if "readily" in one]
    told = axis_sentences(replace(figures, reasons=("yes_saying",)), "en")
    assert [one for one in told if "readily" in one]


# --- the headline -------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_headline_counts_one_of_the_known_answers_and_no_other_count_is_taken_for_it(language):
    title = KINDS[votes.TITLE]
    answer = translator(language).gettext("Valued in every group")
    words = title.say(language, **{"class": answer, "n": 3, "all": 8})

    assert [claim.kind for claim in find(words, language)] == ["decisions.title"]
    other = title.say(language, **{"class": "Lugano", "n": 3, "all": 8})
    assert find(other, language) == ()
