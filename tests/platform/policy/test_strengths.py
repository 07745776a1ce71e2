"""Strength of a recommendation and common denominators, from what was really rated."""

from types import SimpleNamespace

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.policy.domain.denominators import (
    Proposal,
    ProposalLine,
    decide_denominator,
    expected_false,
    proposal_of,
    proposals_of,
)
from alpclusters.platform.policy.domain.recommendations import derive_recommendations
from alpclusters.platform.policy.domain.statements import ground_recommendation
from alpclusters.platform.policy.domain.strengths import (
    clear_strength,
    override_strength,
    strength_for,
    weakest_of,
)
from alpclusters.platform.policy.models import Recommendation
from tests.factories.evaluation import NOW, make_cafe, make_measure, make_project, make_region
from tests.factories.evaluation import make_snapshot as snapshot_of
from tests.factories.evidence import make_lesson, store_as_before
from tests.factories.findings import state_lesson
from tests.factories.judging import FOUR, GOLDEN, four_cafe
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def two():
    """Recommendations for what two countries rated high (fair) and low (visit)."""
    project = make_project()
    first = _held(project, "AT32")
    _held(project, "ITC4")
    measures = [make_measure("fair"), make_measure("visit")]
    return derive_recommendations(first, measures, by=None, now=NOW)


def _held(project, place):
    cafe = make_cafe(project=project, measures=FOUR, region=place)
    return snapshot_of(cafe=four_cafe(GOLDEN, cafe=cafe, regions=(place,)), released=True)


def add_lesson(recommendation, grade="B", *, against=0, **fields):
    lesson = make_lesson(**fields)
    Lesson.objects.filter(pk=lesson.pk).update(
        grade=grade, grading={"n_for": 3, "n_against": against}
    )
    lesson.refresh_from_db()
    found = state_lesson(recommendation.project, lesson, by=None, now=NOW)
    findings = [*recommendation.findings.all(), found]
    ground_recommendation(recommendation, findings, by=None, now=NOW)
    return found


def test_strength_comes_from_the_lesson_and_the_people(two):
    fair, _visit = two
    found = add_lesson(fair, "B")

    shown = strength_for(fair)

    assert (shown.facts.certainty, shown.facts.n, shown.facts.countries) == ("B", 40, 2)
    assert shown.rated.probability == pytest.approx(shown.facts.probability)
    assert shown.result.probability_class == "p1"
    assert shown.lessons == (found.code,)
    assert shown.shown == "strong"
    assert [reason.key for reason in shown.result.reasons] == ["rated"]


def test_without_a_lesson_the_people_alone_let_it_be_tried(two):
    assert strength_for(two[0]).shown == "exploratory"


def test_what_people_rate_low_is_not_supported_whatever_the_lessons_say(two):
    _fair, visit = two
    add_lesson(visit, "A")

    assert strength_for(visit).shown == "not_supported"


def test_for_one_region_its_own_probability_counts(two):
    fair, _visit = two
    Recommendation.objects.filter(pk=fair.pk).update(region=make_region("ITC4"))

    shown = strength_for(fair)

    assert (shown.rated.region, shown.facts.n) == ("ITC4", 20)
    assert 0.9 < shown.facts.probability < 1


def test_contradiction_without_an_answer_caps_and_an_answer_lifts_it(two):
    fair, _visit = two
    found = add_lesson(fair, "B", against=1)

    shown = strength_for(fair)
    assert (shown.shown, shown.contradictions) == ("exploratory", (found.code,))

    change_texts(Lesson.objects.all(), answer={"en": "Only where there is no broker"})
    assert strength_for(fair).shown == "strong"


def test_conflict_with_a_decided_one_caps(two):
    fair, visit = two
    add_lesson(fair, "B")
    fair.conflicts_with.add(visit)
    assert strength_for(fair).shown == "strong"

    Recommendation.objects.filter(pk=visit.pk).update(state="adopted")

    shown = strength_for(fair)
    assert (shown.shown, shown.conflicts) == ("conditional", (visit.code,))


def test_superseded_findings_no_longer_carry(two):
    fair, _visit = two
    older = add_lesson(fair, "A")
    newer = add_lesson(fair, "D")
    older.superseded_by = newer
    older.save()

    assert strength_for(fair).facts.certainty == "D"


def test_override_stands_beside_the_computed_one(two):
    fair, _visit = two

    for strength, reason, code in (
        ("strong", "too short", "short_reason"),
        ("must", "twenty characters at least", "strength"),
    ):
        with pytest.raises(InputError, match=f"recommendation.{code}"):
            override_strength(fair, strength, reason=reason, by=None)
    override_strength(fair, "strong", reason="Two ministries want it now", by=None)

    shown = strength_for(fair)
    assert (shown.shown, str(shown.result.strength), shown.is_raised) == (
        "strong",
        "exploratory",
        True,
    )
    clear_strength(fair, by=None)
    assert strength_for(fair).override == ""


def test_denominators_are_proposed_from_the_numbers_with_the_rule(two):
    found = proposals_of(two[0].project)

    assert [line.proposal for line in found.lines] == [Proposal.PROPOSED, Proposal.NOT_COMMON]
    assert (found.min_countries, found.min_regions, found.n_regions) == (2, 2, 2)
    assert found.expected_false == pytest.approx(1 - found.lines[0].rated.probability)


def test_people_confirm_what_is_proposed_and_nothing_else(two):
    fair, visit = two

    with pytest.raises(InputError, match=r"recommendation\.no_reason"):
        decide_denominator(fair, "confirmed", reason=" ", by=None)
    with pytest.raises(StateError, match=r"denominator\.refused") as refused:
        decide_denominator(visit, "confirmed", reason="We like it", by=None)
    decided = decide_denominator(fair, "confirmed", reason="All regions agree", by=None)

    assert refused.value.expected == "declined"
    assert (decided.denominator, decided.denominator_reason) == ("confirmed", "All regions agree")
    assert decide_denominator(fair, "", reason="", by=None).denominator == ""


def judged(probability, verdict, *, fit=(), divided=False):
    return SimpleNamespace(
        probability=probability,
        fit_regions=fit,
        denominator=SimpleNamespace(verdict=verdict, is_divided=divided),
    )


@pytest.mark.parametrize(
    ("rated", "proposal"),
    [
        (judged(0.9, "common"), Proposal.PROPOSED),
        (judged(0.5, "open"), Proposal.OPEN),
        (judged(0.1, "not_common", fit=("AT32",)), Proposal.REGIONAL),
        (judged(0.1, "not_common"), Proposal.NOT_COMMON),
        (judged(0.9, "common", divided=True), Proposal.DIVIDED),
        (judged(None, None), Proposal.UNDEFINED),
        (None, Proposal.UNDEFINED),
    ],
)
def test_verdict_becomes_a_proposal(rated, proposal):
    assert proposal_of(rated) is proposal


def test_expected_number_of_false_proposals_is_the_sum_of_what_is_missing_to_one():
    lines = [
        ProposalLine(None, Proposal.PROPOSED, judged(0.9, "common")),
        ProposalLine(None, Proposal.PROPOSED, judged(0.85, "common")),
        ProposalLine(None, Proposal.OPEN, judged(0.5, "open")),
    ]

    assert expected_false(lines) == pytest.approx(0.25)


def test_weakest_criterion_counts_and_one_without_a_verdict_before_all():
    strong, weak, none = (judged(p, "open") for p in (0.9, 0.4, None))

    assert weakest_of([strong, weak]) is weak
    assert weakest_of([strong, none, weak]) is none
    assert weakest_of([]) is None


def test_tie_to_a_lesson_of_the_other_world_counts_for_nothing(two):
    fair, _visit = two
    found = add_lesson(fair, "B")
    # As an earlier version stored it; today it is refused.
    Lesson.objects.filter(pk=found.lesson_id).update(is_simulated=True)

    shown = strength_for(fair)

    assert (shown.lessons, shown.facts.certainty, shown.shown) == ((), "none", "exploratory")
    assert shown.n_findings == fair.findings.count() - 1


def test_conflict_with_a_recommendation_of_the_other_world_counts_for_nothing(two):
    fair, visit = two
    invented = make_project(kind="demonstration")
    Recommendation.objects.filter(pk=visit.pk).update(state="adopted", project=invented)
    conflicts = Recommendation.conflicts_with.through
    for one, other in ((fair, visit), (visit, fair)):
        store_as_before(conflicts(from_recommendation=one, to_recommendation=other))

    assert strength_for(fair).conflicts == ()
