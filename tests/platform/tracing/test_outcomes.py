import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.policy.domain.actions import add_action
from alpclusters.platform.policy.domain.plans import create_plan
from alpclusters.platform.policy.domain.proofs import derive_findings
from alpclusters.platform.policy.domain.recommendations import derive_recommendations
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.tracing.domain.outcomes import outcomes_of_cards, outcomes_of_measures
from tests.factories.cafe import NOW
from tests.factories.policy import COMPLETE, PLAN_TEXTS
from tests.factories.protocols import make_held_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VISITOR = AnonymousUser()


@pytest.fixture
def held():
    return make_held_cafe()


def first_card(cafe):
    return cafe.cards.filter(insights__isnull=False).order_by("pk")[:1]


def outcome_of(cafe):
    [found] = outcomes_of_cards(
        cafe, cafe.cards.filter(pk=first_card(cafe)[0].pk).order_by("pk"), seen_by=VISITOR
    )
    return found


def carried(cafe, *, published=True):
    """Bring the measure of the first insight into a plan."""
    snapshot = evaluate_cafe(cafe, made_by=None, now=NOW)
    measure = first_card(cafe)[0].insights.first().measure
    [recommendation] = derive_recommendations(snapshot, [measure], by=None, now=NOW)
    plan = create_plan(cafe.project, texts=PLAN_TEXTS, by=None)
    action = add_action(plan, [recommendation], changes=COMPLETE, by=None, now=NOW)
    if published:
        release_snapshot(snapshot, now=NOW)
        ActionPlan.objects.filter(pk=plan.pk).update(
            state=ActionPlan.State.PUBLISHED, published_at=NOW
        )
    return measure, recommendation, action


def test_card_on_the_wall_alone_has_come_no_further(held):
    loose = held.cards.filter(insights__isnull=True).order_by("pk")[:1]

    [found] = outcomes_of_cards(
        held, held.cards.filter(pk=loose[0].pk).order_by("pk"), seen_by=VISITOR
    )

    assert (found.insights, found.n_steps) == ((), 0)


def test_card_leads_by_insight_and_finding_to_recommendation_and_action(held):
    _measure, recommendation, action = carried(held)

    found = outcome_of(held)

    [insight] = found.insights
    assert len(insight.findings) == held.criteria.count()
    assert all(f.recommendations == (recommendation,) for f in insight.findings)
    assert all(f.actions == (action,) for f in insight.findings)
    assert found.n_steps == 4


def test_visitor_sees_nothing_that_is_not_published(held):
    carried(held, published=False)

    assert outcome_of(held).n_steps == 1


def test_insight_that_was_linked_after_the_finding_leads_to_it_too(held):
    measure = first_card(held)[0].insights.first().measure
    insight = first_card(held)[0].insights.first()
    insight.measure = None
    insight.save()
    snapshot = evaluate_cafe(held, made_by=None, now=NOW)
    derive_findings(snapshot, measure, by=None, now=NOW)
    release_snapshot(snapshot, now=NOW)
    insight.measure = measure
    insight.save()

    assert outcome_of(held).n_steps == 2


def test_rated_measure_leads_to_its_action(held):
    measure, recommendation, action = carried(held)

    found = outcomes_of_measures(held, [measure.pk], seen_by=VISITOR)

    assert {f.recommendations for f in found} == {(recommendation,)}
    assert {f.actions for f in found} == {(action,)}
    assert outcomes_of_measures(held, [measure.pk + 1], seen_by=VISITOR) == []


def test_queries_do_not_grow_with_the_cards(held):
    carried(held)
    cards = list(held.cards.order_by("pk"))

    counts = []
    for n in (3, len(cards)):
        chosen = held.cards.filter(pk__in=[card.pk for card in cards[:n]]).order_by("pk")
        with CaptureQueriesContext(connection) as captured:
            outcomes_of_cards(held, chosen, seen_by=VISITOR)
        counts.append(len(captured))

    assert counts[0] == counts[1]
