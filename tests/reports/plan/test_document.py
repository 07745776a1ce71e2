"""The plan as a document: every part the method asks for, in order, in five languages."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.models import FundingLine
from alpclusters.reports.blocks import (
    Figure,
    Heading,
    LabelledPart,
    Paragraph,
    Table,
    TrailBox,
    plain,
    walk,
)
from alpclusters.reports.plan import (
    build_plan_document,
    build_summary_document,
    read_subject,
)
from tests.factories.policy import make_large_plan, make_plan
from tests.reports.plan.subjects import TODAY, full_plan, full_subject, subject_of_demonstration

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
SIX = ("Background", "Action", "Players", "Timeframe", "Costs", "Funding")


def blocks_of(document, kind):
    return [block for block in walk(document.blocks) if isinstance(block, kind)]


def titles(document, level=1):
    return [b.text for b in blocks_of(document, Heading) if b.level == level]


def part(document, label):
    """Return the words of the first labelled part with a label."""
    found = next(b for b in blocks_of(document, LabelledPart) if b.label == label)
    return " ".join(plain(b.text) for b in walk(found.blocks) if isinstance(b, Paragraph))


def table(document, caption):
    return next(t for t in blocks_of(document, Table) if t.caption == caption)


def test_chapters_stand_in_the_order_of_the_method():
    assert titles(build_plan_document(full_subject(), language="en")) == [
        "Summary",
        "Contents and how to read",
        "How the plan came about",
        "Findings",
        "Recommendations",
        "Actions at a glance",
        "Money",
        "Regional level",
        "From input to impact",
        "Open points",
        "How the plan is watched",
        "Annex A: Evidence",
        "Annex B: Methods and conventions",
        "Annex C: Glossary",
    ]


def test_every_action_has_its_trail_the_six_headings_indicators_and_risks():
    document = build_plan_document(full_subject(), language="en")

    codes = [b.code for b in blocks_of(document, Heading) if b.code.startswith("X")]
    labels = [block.label for block in blocks_of(document, LabelledPart)]
    assert codes == ["X1", "X2"]
    assert len(blocks_of(document, TrailBox)) == 2
    for label in (*SIX, "Indicators", "Risks", "Evidence"):
        assert labels.count(label) >= 2, label


def test_what_nobody_entered_is_unknown_and_never_zero():
    document = build_plan_document(
        read_subject(make_plan(), today=TODAY, language="en"), language="en"
    )

    for label in ("Costs", "Funding", "Indicators", "Risks"):
        assert part(document, label) == "unknown"


def test_money_of_two_currencies_is_never_added():
    document = build_plan_document(full_subject(), language="en")

    years = table(document, "Planned costs by year and currency")
    assert [column.title for column in years.columns] == ["Year", "Planned", "Planned"]
    assert years.value_rows == (("2026", 12_500, None), ("2027", None, 60_000))
    assert years.total == ("Sum", 12_500, 60_000)
    sums = table(document, "Planned, applied for, granted and spent")
    assert [(row[0], row[1], row[3]) for row in sums.value_rows] == [
        ("EUR", 12_500, 10_000),
        ("CHF", 60_000, 0),
    ]


def test_trail_ends_at_the_value_else_at_the_money_else_at_the_action():
    plan = full_plan(("fair", "pilot", "label"))
    FundingLine.objects.create(
        action=plan.actions.get(code="X2"), source="Purse", amount_cents=5_000
    )
    boxes = blocks_of(
        build_plan_document(read_subject(plan, today=TODAY, language="en"), language="en"),
        TrailBox,
    )

    ends = [(box.stations[-1].word, box.stations[-1].identifier, box.current) for box in boxes]
    assert ends == [("Value", "1", 5), ("Funding", "€50", 5), ("Action", "X3", 5)]
    first = [(s.word, s.text, s.is_missing) for s in boxes[0].stations[:3]]
    assert first == [
        ("Source", "", True),
        ("Lesson", "", True),
        ("Measure", "Matchmaking fair", False),
    ]


def test_strength_and_endorsements_stand_at_the_recommendation():
    document = build_plan_document(full_subject(), language="en")

    assert part(document, "Strength").startswith("conditional") or part(document, "Strength")
    bodies = next(t for t in blocks_of(document, Table) if t.name == "Endorsements")
    assert bodies.value_rows == (
        (
            "Chamber of tests",
            "endorsed",
            "applies to us",
            date(2026, 7, 1),
            "version not recorded",
            "",
        ),
    )


def test_status_comes_with_its_reasons_and_the_day_it_was_computed():
    document = build_plan_document(full_subject(), language="en")

    overview = table(document, "All actions by level")
    assert plain(overview.note) == "Status computed for 1\u00a0December\u00a02026."
    assert "late" in part(document, "Status") or "time" in part(document, "Status")


def test_open_points_are_listed_with_their_weight():
    document = build_plan_document(full_subject(), language="en")

    found = table(document, "What the checks found")
    assert any("costs" in str(row) for row in found.value_rows)


def test_annex_holds_every_finding_and_where_each_action_comes_from():
    document = build_plan_document(full_subject(), language="en")

    annex = table(document, "All findings behind the plan")
    assert [(row[0], row[1], row[5], row[6]) for row in annex.value_rows] == [
        ("F1", "Matchmaking fair", 16, 0.0),
        ("F2", "Pilot action", 16, 0.0),
    ]
    trail = table(document, "Where each action comes from")
    assert [(row[0], row[4], row[5], row[6]) for row in trail.value_rows] == [
        ("X1", "Matchmaking fair", "F1", "E1"),
        ("X2", "Pilot action", "F2", "E2"),
    ]


def test_actions_without_result_indicator_are_listed_below_the_logic_chart():
    document = build_plan_document(full_subject(), language="en")

    bare = next(
        b for b in blocks_of(document, LabelledPart)
        if b.label == "Actions without a result indicator"
    )  # fmt: skip
    assert [plain(item) for item in bare.blocks[0].items] == ["X2 Pilot action"]
    assert any("are meant to work" in figure.caption for figure in blocks_of(document, Figure))


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_heading_level_is_left_out_and_the_language_is_spoken(language):
    document = build_plan_document(full_subject(language), language=language)

    levels = [block.level for block in blocks_of(document, Heading)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    first = {
        "de": "Zusammenfassung",
        "en": "Summary",
        "fr": "Résumé",
        "it": "Sintesi",
        "sl": "Povzetek",
    }
    assert titles(document)[0] == first[language]
    assert language == "en" or "Money" not in titles(document)


def test_draft_and_simulation_are_said_on_the_document():
    subject = subject_of_demonstration("en")
    draft = replace(subject, record=replace(subject.record, is_published=False))

    document = build_plan_document(draft, language="en")

    assert (document.draft, document.simulated, document.project) == (True, True, "demo")
    assert "simulated" in document.cover.statement


def test_summary_is_a_document_of_its_own_in_another_language():
    plan = full_plan()

    summary = build_summary_document(read_subject(plan, today=TODAY, language="sl"), language="sl")

    assert (summary.kind, summary.cover, summary.language) == ("summary", None, "sl")
    assert "Summary sl" in [plain(b.text) for b in blocks_of(summary, Paragraph)]


def test_plan_without_action_is_still_a_document():
    subject = full_subject("sl")
    empty = replace(subject, record=replace(subject.record, actions=(), outlines=()))

    document = build_plan_document(empty, language="sl")

    assert blocks_of(document, TrailBox) == []
    assert document.title == "Plan sl"


@pytest.mark.parametrize("n", [1, 3])
def test_reading_takes_the_same_queries_for_one_and_three_actions(n, django_assert_max_num_queries):
    plan = make_large_plan(n_actions=n, n_values=n)

    with django_assert_max_num_queries(120):
        read_subject(plan, today=TODAY, language="en")
