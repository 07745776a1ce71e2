"""The monitoring report: the difference first, then how everything stands and why."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.monitoring.snapshots import take_snapshot
from alpclusters.platform.policy.models import MonitoringRound, Override
from alpclusters.reports.blocks import (
    Heading,
    KeyFigures,
    Paragraph,
    RowGroup,
    Table,
    plain,
    walk,
)
from alpclusters.reports.plan_monitoring import build_monitoring_document, read_monitoring
from alpclusters.reports.writers.pdf import write_pdf
from tests.factories.texts import change_texts
from tests.reports.plan.subjects import full_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FIRST = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECOND = datetime(2027, 6, 1, 12, tzinfo=UTC)


def blocks_of(document, kind):
    return [block for block in walk(document.blocks) if isinstance(block, kind)]


def table(document, name):
    return next(t for t in blocks_of(document, Table) if t.name == name)


def words(document):
    return " ".join(plain(b.text) for b in blocks_of(document, Paragraph))


@pytest.fixture
def plan():
    plan = full_plan()
    take_snapshot(plan, now=FIRST)
    first = plan.actions.get(code="X1")
    first.reports.create(
        confirmed_on=SECOND.date(), progress=0.6, reported_at=FIRST, obstacles="Ein Gesetz fehlt",
        next_step="Entwurf im Herbst", language="de",
    )  # fmt: skip
    Override.objects.create(
        action=first, computed="red", shown="yellow", reason="The law comes in autumn.",
        until_round=2, made_at=SECOND,
    )  # fmt: skip
    round_ = MonitoringRound.objects.create(
        plan=plan, number=1, opens_on=date(2027, 5, 1), closes_on=date(2027, 6, 1)
    )
    take_snapshot(plan, now=SECOND, round_=round_)
    return plan


def report(plan, language="en", number=None):
    return build_monitoring_document(read_monitoring(plan, number=number), language=language)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_key_figures_are_parts_of_the_actions_of_the_plan(plan, language):
    n = len(read_monitoring(plan).actions)

    (figures,) = blocks_of(report(plan, language), KeyFigures)

    assert len(figures.items) == 4
    assert all(f" {n} " in f" {item.note} ".replace(";", " ") for item in figures.items)
    assert sum(int(item.value) for item in figures.items) <= n


def test_chapters_stand_in_the_order_of_the_method(plan):
    titles = [b.text for b in blocks_of(report(plan), Heading) if not b.code]

    assert titles == [
        "What has changed",
        "How the actions stand",
        "Late actions: cause and answer",
        "Indicators",
        "Money",
        "Corrections by people",
        "Missing answers",
        "Next steps",
        "Hash chain",
        "Rules of the status",
    ]


def test_status_comes_first_among_the_changes(plan):
    rows = table(report(plan), "Changes").rows

    assert isinstance(rows[0], RowGroup)
    assert rows[0].title == "Status"
    assert ("X1", "Progress", "10%", "60%") in rows


def test_first_report_says_that_there_is_none_before(plan):
    assert "first report" in words(report(plan, number=1))


def test_every_action_has_its_status_with_reasons_and_forecast(plan):
    rows = {row[0]: row for row in table(report(plan), "Status").value_rows}

    assert set(rows) == {"X1", "X2"}
    assert all(row[3] for row in rows.values())
    assert rows["X1"][4].isoformat() == "2027-08-31"


def test_override_stands_beside_the_computed_status_with_its_reason(plan):
    assert table(report(plan), "Corrections").value_rows == (
        ("X1", "far behind", "delayed", "The law comes in autumn.", "2"),
    )


def test_missing_answer_is_a_fact_of_the_report(plan):
    missing = table(report(plan), "Missing answers")

    assert [row[0] for row in missing.value_rows] == ["X1", "X2"]
    assert missing.value_rows[0][2] == "Ministry of tests"


def test_hash_of_the_report_is_that_of_the_snapshot_and_the_chain_is_printed(plan):
    document = report(plan)

    last = plan.snapshots.order_by("number").last()
    chain = table(document, "Chain")
    assert document.digest == last.digest
    assert chain.value_rows[-1][2].replace(" ", "") == last.digest
    assert "whole" in chain.caption


def test_same_snapshot_gives_the_same_report_later(plan):
    before = report(plan, number=1)
    change_texts(plan.actions.all(), title={"en": "Renamed"})

    assert report(plan, number=1) == before


def test_number_that_does_not_exist_gives_no_report(plan):
    assert read_monitoring(plan, number=9) is None


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_report_is_set_as_pdf_in_every_language(plan, language):
    reader = PdfReader(io.BytesIO(write_pdf(report(plan, language))))

    assert reader.trailer["/Root"]["/Lang"] == language
    assert len(reader.pages) > 4
