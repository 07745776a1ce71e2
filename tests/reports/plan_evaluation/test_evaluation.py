"""The evaluation of all recommendations and results."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.models import (
    ActionPlan,
    Adoption,
    AdoptionStep,
    JointApproach,
    Recommendation,
)
from alpclusters.reports.blocks import Bullets, Heading, LabelledPart, Paragraph, Table, plain, walk
from alpclusters.reports.plan_evaluation import build_overall_evaluation, read_recommendations
from alpclusters.reports.writers.pdf import write_pdf
from tests.factories.evaluation import NOW, make_region
from tests.factories.texts import change_texts
from tests.reports.plan.subjects import TODAY, full_plan, titles

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def blocks_of(document, kind):
    return [block for block in walk(document.blocks) if isinstance(block, kind)]


def table(document, name):
    return next(t for t in blocks_of(document, Table) if t.name == name)


@pytest.fixture
def project():
    plan = full_plan()
    rejected = Recommendation.objects.get(code="E2")
    rejected.state = Recommendation.State.REJECTED
    rejected.rejected_reason = rejected.rejected_reason.put({"en": "Nobody would pay for it."})
    rejected.save()
    approach = JointApproach.objects.create(project=plan.project, code="J1", **titles("Window"))
    for code, state in (("AT32", "adopted"), ("ITC4", "unknown"), ("DE11", "not_applicable")):
        adoption = Adoption.objects.create(approach=approach, region=make_region(code), state=state)
        if state == "adopted":
            AdoptionStep.objects.create(
                adoption=adoption, state=state, happened_on=date(2026, 11, 1), recorded_at=NOW
            )
    return plan.project


def evaluation(project, language="en"):
    subject = read_recommendations(project, today=TODAY, language=language)
    return build_overall_evaluation(subject, language=language)


def test_rejected_recommendation_stands_with_its_reason(project):
    document = evaluation(project)

    rows = {row[0]: row for row in table(document, "Recommendations").value_rows}
    assert (rows["E1"][2], rows["E2"][2]) == ("draft", "rejected")
    said = [
        plain(block.text)
        for part in blocks_of(document, LabelledPart)
        if part.label == "State"
        for block in part.blocks
    ]
    assert "rejected: Nobody would pay for it." in said


def test_adoption_is_never_a_rate_alone(project):
    document = evaluation(project)

    words = " ".join(plain(b.text) for b in blocks_of(document, Paragraph))
    assert "Adopted by 1 of 2 regions it applies to; not known of 1; does not apply to 1." in words
    assert table(document, "Adoption").value_rows[0][1:3] == ("adopted", date(2026, 11, 1))


def test_interreg_indicators_carry_what_counts_and_why_not(project):
    document = evaluation(project)

    codes = [row[0] for row in table(document, "Indicators").value_rows]
    assert codes == ["RCO116", "RCO83", "RCO84", "RCO87", "RCR104", "RCR79", "RCR84"]
    assert any("what does not count" in b.text for b in blocks_of(document, Heading))


def test_interreg_indicators_name_plans_in_the_language_of_the_document(project):
    change_texts(
        ActionPlan.objects.filter(project=project), title={"de": "Der Plan", "sl": "Načrt"}
    )

    for language, name in (("de", "Der Plan"), ("sl", "Načrt")):
        words = " ".join(
            plain(item)
            for block in blocks_of(evaluation(project, language), Bullets)
            for item in block.items
        )
        assert f"{name}: " in words


def test_denominators_name_their_rule_and_the_expected_false_ones(project):
    document = evaluation(project)

    found = table(document, "Common denominators")
    assert "expected number of false ones" in plain(found.note)
    assert [row[0] for row in found.value_rows] == ["E1", "E2"]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_evaluation_is_set_as_pdf_in_every_language(project, language):
    reader = PdfReader(io.BytesIO(write_pdf(evaluation(project, language))))

    assert reader.trailer["/Root"]["/Lang"] == language
    assert len(reader.pages) > 4


def test_project_without_anything_is_still_a_document(project):
    project.recommendations.all()
    empty = type(project).objects.create(slug="empty", acronym="Empty", name="Empty")

    document = evaluation(empty)

    words = " ".join(plain(b.text) for b in blocks_of(document, Paragraph))
    assert "no recommendation yet" in words
