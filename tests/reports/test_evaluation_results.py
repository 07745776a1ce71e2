"""Tiers, agreement and opinion groups in the report: words from codes, in five languages."""

from datetime import date

import numpy as np
import pytest

from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings, describe
from alpclusters.cli.evaluation_methods import apply_methods
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.blocks import (
    Bullets,
    Figure,
    Heading,
    Panel,
    Paragraph,
    RowGroup,
    Table,
    plain,
    tables,
    walk,
)
from alpclusters.reports.charts.dots import DotChart
from alpclusters.reports.claims.opinion import no_camps
from alpclusters.reports.evaluation.ranking import overlap_words, tier_table, why_this_tier
from alpclusters.reports.evaluation.ratings import tiers_of
from alpclusters.reports.evaluation.report import build_evaluation_document
from alpclusters.reports.evaluation.result_data import results_record
from alpclusters.reports.evaluation.results import tier_name
from alpclusters.reports.evaluation_subject import EvaluationSubject, reason_sentences
from alpclusters.reports.numbers import format_number
from tests.analysis.structure_data import rated

pytestmark = [pytest.mark.unit, pytest.mark.slow]

NEVER = (
    *("significant", "proves", "best measure", "signifikant", "beweist", "beste Maßnahme"),
    *("prouve", "significatif", "meilleure mesure", "significativo", "dimostra", "migliore misura"),
    *("dokazuje", "statistično značil", "najboljši ukrep"),
)
SCALE = (1, 5)


def make_ratings(*, people=60, items=9, lift=0.45, seed=4):
    """Ratings of items that differ by ``lift``, by people of two camps; some cannot judge."""
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        for item in range(items):
            camp = 0.9 if (person + item) % 2 else -0.9
            value = 4.2 - lift * item + camp * (item > 4) + rng.normal(0, 0.6)
            answer = CANNOT_JUDGE if rng.random() < 0.05 else int(np.clip(round(value), 1, 5))
            rows.append((person, f"m{item}", answer))
    return Ratings.from_rows(rows, scale=SCALE)


def build(ratings, language="en", *, hidden=frozenset(), **subject):
    description = describe(ratings)
    about = EvaluationSubject(name="AlpCafé", date=date(2026, 5, 14), hidden=hidden, **subject)
    results = apply_methods({"": ratings}, {"": description}, hidden=about.why_hidden)
    return build_evaluation_document(
        description, subject=about, language=language, results=results
    ), results.by_criterion[""]


def words_of(document):
    found = [document.title]
    for block in walk(document.blocks):
        match block:
            case Heading(text=text) | Paragraph(text=text):
                found.append(plain(text))
            case Figure(caption=caption, note=note):
                found += [caption, plain(note), block.chart.alt]
            case Table(caption=caption, note=note, rows=rows):
                heads = [f"{r.title} {r.words}" for r in rows if isinstance(r, RowGroup)]
                found += [caption, plain(note), *(c.title for c in block.columns), *heads]
            case Bullets(items=items):
                found += [plain(item) for item in items]
            case Panel(title=title):
                found.append(title)
    return found


def test_title_and_figure_show_answers_and_tiers_not_a_bare_order():
    document, found = build(make_ratings())
    outcomes = [one.outcome for one in found.decisions.measures]

    chart = next(
        block.chart
        for block in walk(document.blocks)
        if isinstance(block, Figure) and isinstance(block.chart, DotChart)
    )
    kinds = list(dict.fromkeys(outcomes))
    assert [len(tier.rows) for tier in chart.tiers] == [outcomes.count(kind) for kind in kinds]
    assert [row.label.split(" · ")[1] for row in chart.rows] == [
        str(one.measure) for one in found.decisions.measures
    ]
    letters = {row.label[0] for tier in chart.tiers for row in tier.rows}
    assert len(letters) == len(found.ranking.tiers)
    assert all(row.low < row.value < row.high and row.rank for row in chart.rows)
    assert any("rated highest" in text or text.startswith("“m0”") for text in words_of(document))


def test_tier_table_has_interval_places_and_chance_of_the_first_three():
    ratings = make_ratings()
    _, found = build(ratings)
    subject = EvaluationSubject(name="AlpCafé", date=date(2026, 5, 14))

    table = tier_table(tiers_of(found, describe(ratings), subject, "", "en"))
    assert [row.title for row in table.rows if isinstance(row, RowGroup)] == [
        f"Tier {tier_name(tier.number)}" for tier in found.ranking.tiers
    ]
    first = dict(zip((c.title for c in table.columns), table.value_rows[0], strict=True))
    assert first["Top 3"] > 0.9
    assert first["90% interval"].low < first["Estimate"] < first["90% interval"].high


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Reliability of the estimates"), ("sl", "Zanesljivost ocenjenih")]
)
def test_method_says_how_reliable_the_estimates_are_and_of_how_many(language, name):
    document, found = build(make_ratings(), language)

    (sentence,) = [text for text in words_of(document) if text.startswith(name)]
    assert format_number(found.ranking.reliability, language, 2) in sentence
    assert "9" in sentence
    assert "60" in sentence
    assert "ICC(C,k)" in sentence


def test_reliability_stands_in_the_summary():
    ratings = make_ratings()
    results = apply_methods({"": ratings}, {"": describe(ratings)}, hidden={})

    record = results_record(results)["ranking"]

    assert record["reliability"] == results.by_criterion[""].ranking.reliability
    assert 0.5 < record["reliability"] < 1


def test_why_is_built_from_codes_and_numbers():
    _, found = build(make_ratings())
    item = found.ranked("m0")

    sentences = why_this_tier(item, found.ranking, "en")

    assert sentences[0].startswith("Tier A: rated 4.")
    assert "90% interval" in sentences[0]
    assert any("comparisons with tier B" in sentence for sentence in sentences)
    assert sentences[-1] == "About 170 more answers would halve the interval (order of magnitude)."


def test_one_tier_for_all_is_said_plainly():
    rng = np.random.default_rng(1)
    rows = [(p, f"m{i}", int(rng.integers(1, 6))) for p in range(12) for i in range(4)]

    document, found = build(Ratings.from_rows(rows, scale=SCALE))

    assert len(found.ranking.tiers) == 1
    assert "No measure stands out" in words_of(document)
    why = why_this_tier(found.ranking.measures[0], found.ranking, "en")
    assert any("All are in one tier" in sentence for sentence in why)


@pytest.mark.parametrize(
    ("overlap", "words"),
    [
        (0.001, "In fewer than 1 of 100 comparisons with tier C the order may be wrong."),
        (0.054, "In about 5 of 100 comparisons with tier C the order may be wrong."),
        (None, ""),
    ],
)
def test_overlap_is_told_as_a_frequency(overlap, words):
    assert overlap_words(overlap, 3, "en") == words


def test_undefined_parts_are_told_with_their_reason():
    rows = [(person, item, 3) for person in range(8) for item in ("a", "b", "c")]

    document, found = build(Ratings.from_rows(rows, scale=SCALE))
    words = words_of(document)

    assert found.ranking.status == "undefined"
    assert "No tiers are given. All answers are alike, so there is no order." in words
    assert any("Fewer than 40 people answered enough" in sentence for sentence in words)


def test_criteria_that_cannot_be_added_up_are_told():
    ratings = {
        "eff": make_ratings(),
        "dur": Ratings.from_rows(
            [(p, f"m{i}", 3) for p in range(9) for i in range(9)], scale=SCALE
        ),
    }
    descriptions = {name: describe(one) for name, one in ratings.items()}
    results = apply_methods(ratings, descriptions)

    document = build_evaluation_document(
        descriptions,
        subject=EvaluationSubject(name="AlpCafé", date=date(2026, 5, 14)),
        language="en",
        results=results,
    )

    assert results.combined.status == "undefined"
    assert any("One of the criteria has no ranking." in words for words in words_of(document))


def test_rejected_items_stay_out_of_every_table():
    document, _ = build(make_ratings(), hidden=frozenset({"m0"}), item_names={"m0": "Insult"})

    cells = [cell for t in tables(document) for row in t.value_rows for cell in row]
    assert [cell for cell in cells if isinstance(cell, str) and "Insult" in cell] == []
    assert not any("Insult" in words for words in words_of(document))


def test_small_items_are_in_no_table_and_no_figure():
    base = make_ratings()
    rows = [
        (base.rater_ids[r], base.measure_ids[m], v)
        for r, m, v in zip(base.rater, base.measure, base.value, strict=True)
    ]
    document, _ = build(Ratings.from_rows([*rows, *[(p, "few", 5) for p in range(3)]], scale=SCALE))

    assert [row for t in tables(document) for row in t.value_rows if row[0] == "few"] == []


def test_item_nobody_could_judge_has_no_estimate_and_leaves_the_others_theirs():
    base = make_ratings()
    rows = [
        (base.rater_ids[r], base.measure_ids[m], v)
        for r, m, v in zip(base.rater, base.measure, base.value, strict=True)
    ]
    unjudged = [(person, "a", CANNOT_JUDGE) for person in range(9)]

    document, found = build(Ratings.from_rows([*rows, *unjudged], scale=SCALE))

    assert found.ranked("a").reasons == ("no_ratings", "many_cannot_judge")
    charts = [block.chart for block in walk(document.blocks) if isinstance(block, Figure)]
    rows = [row for chart in charts if isinstance(chart, DotChart) for row in chart.rows]
    labels = [row.label.split(" · ")[-1] for row in rows]
    assert "m0" in labels
    assert "a" not in labels


def test_camps_are_named_in_the_heading_with_the_figures_behind_the_word():
    document, found = build(make_ratings(people=80, items=12))
    headings = [b.text for b in walk(document.blocks) if isinstance(b, Heading)]

    assert found.opinion.groups.structure.verdict == "camps"
    assert "Opinion camps: at least two" in headings
    assert any("than in any of 39 simulated rooms" in words for words in words_of(document))


def test_a_gradient_has_neither_groups_nor_lists_by_group():
    document, found = build(rated("normal", 300, 40, 0.6, 3))
    headings = [b.text for b in walk(document.blocks) if isinstance(b, Heading)]
    words = words_of(document)

    assert (found.opinion.groups.structure.verdict, found.opinion.groups.k) == ("gradient", 1)
    assert "Opinions along a gradient, no camps" in headings
    assert any("any cut would be arbitrary" in text for text in words)
    assert any("People at one end agree more with" in text for text in words)
    assert not any("What tells each group from the others" in text for text in words)
    assert not any("Group A" in text for text in words)


def test_limit_of_a_cut_that_comes_back_is_said_of_no_other_cut():
    said = {word: no_camps(word, "en") for word in ("stable", "uncertain", "not_stable")}

    assert [word for word, claim in said.items() if claim] == ["stable"]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_words_are_translated_filled_and_modest(language):
    document, _ = build(make_ratings(), language)
    words = " ".join(words_of(document))

    assert [word for word in NEVER if word in words] == []
    assert "%(" not in words
    if language != "en":
        for english in (
            "Tier A",
            "Why this tier?",
            "groups by alike answers",
            "halve the interval",
        ):
            assert english not in words


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_reason_has_a_sentence_in_every_language(language):
    told = {
        "ranking": ["one_rater", "too_few", "not_connected", "too_large", "greedy_tiers"],
        "agreement": ["incomplete_rankings", "few_units", "no_variation", "small_group"],
        "opinion": ["fewer_than_40", "no_groups", "thresholds_missing", "nobody_placed"],
    }
    for part, codes in told.items():
        sentences = reason_sentences(part, codes, language)
        assert len(sentences) == len(set(sentences)) == len(codes)


def test_tiers_have_letters():
    assert [tier_name(number) for number in (1, 2, 26, 27, 53)] == ["A", "B", "Z", "AA", "BA"]
