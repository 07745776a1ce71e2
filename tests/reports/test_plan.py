from dataclasses import replace
from itertools import pairwise

import pytest

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.records import record_of
from alpclusters.reports.blocks import Heading, LabelledPart, Table, TrailBox, plain, walk
from alpclusters.reports.plan import build_plan_document
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def blocks_of(document, kind):
    return [block for block in walk(document.blocks) if isinstance(block, kind)]


def record(keys=("fair", "pilot"), **fields):
    return replace(record_of(make_plan(keys, published=True)), **fields)


def test_every_action_has_its_heading_trail_and_labelled_parts():
    document = build_plan_document(record(), language="en")

    headings = [block.code for block in blocks_of(document, Heading) if block.code]
    labels = [block.label for block in blocks_of(document, LabelledPart)]
    assert headings == ["X1", "X2"]
    assert len(blocks_of(document, TrailBox)) == 2
    for label in ("Background", "Action", "Players", "Timeframe", "Costs, funding", "Evidence"):
        assert labels.count(label) == 2, label


def test_trail_shows_what_is_missing_and_ends_at_the_action():
    box = blocks_of(build_plan_document(record(("fair",)), language="en"), TrailBox)[0]

    words = [(s.word, s.text, s.identifier, s.is_missing) for s in box.stations]
    assert words == [
        ("Source", "", "", True),
        ("Lesson", "", "", True),
        ("Measure", "Matchmaking fair", "", False),
        ("Rating", "3.8 of 5", "n\u00a0=\u00a08", False),
        ("Recommendation", "Matchmaking fair", "E1", False),
        ("Action", "Matchmaking fair", "X1", False),
    ]
    assert box.current == 5


def test_annex_holds_every_finding_with_n_interval_and_cannot_judge():
    document = build_plan_document(record(), language="en")

    annex = [t for t in blocks_of(document, Table) if t.caption == "All findings behind the plan"]
    assert [(row[0], row[1], row[5], row[6]) for row in annex[0].value_rows] == [
        ("F1", "Matchmaking fair", 8, 0.0),
        ("F2", "Pilot action", 8, 0.0),
    ]


def test_no_heading_level_is_left_out():
    levels = [b.level for b in blocks_of(build_plan_document(record(), language="de"), Heading)]

    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_draft_and_simulation_are_said_on_the_document():
    draft = build_plan_document(record(is_published=False, is_simulated=True), language="en")

    assert (draft.draft, draft.simulated) == (True, True)
    assert "simulated" in draft.cover.statement


def test_document_carries_digest_version_and_day_of_the_plan():
    found = record()

    document = build_plan_document(found, language="fr")

    assert (document.digest, document.version) == (found.digest, "1.0")
    assert document.date == found.published_at.date()


def test_plan_without_action_is_still_a_document():
    document = build_plan_document(record(actions=()), language="sl")

    assert blocks_of(document, TrailBox) == []
    assert document.title == "Plan sl"


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_whole_document_speaks_its_language(language):
    document = build_plan_document(record(), language=language)

    headings = [plain(block.text) for block in blocks_of(document, Heading)]
    summary = {
        "de": "Zusammenfassung",
        "en": "Summary",
        "fr": "Résumé",
        "it": "Sintesi",
        "sl": "Povzetek",
    }
    assert headings[0] == summary[language]
    assert language == "en" or "Annex A: Evidence" not in headings
