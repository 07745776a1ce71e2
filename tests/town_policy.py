"""Everything that hangs on plans for tests of all pages; one function a subject."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from alpclusters.platform.policy.domain.parts import store_parts
from alpclusters.platform.policy.domain.recommendations import set_conflicts
from alpclusters.platform.policy.domain.statements import ground_recommendation
from alpclusters.platform.policy.models import ActionPlan, Recommendation
from tests.factories.evaluation import NOW
from tests.factories.evidence import make_lesson
from tests.factories.findings import state_lesson
from tests.factories.funding import make_offer, make_programme
from tests.permissions.monitoring import monitoring_things
from tests.permissions.participation import participation_things

ROWS_OF_ACTION: Final = {
    "players": {"body": "Chamber", "role": "Adviser"},
    "milestones": {"title_en": "Draft", "due": date(2027, 3, 31)},
    "costs": {"year": 2027, "type": "staff", "amount_cents": 1_250_000, "currency": "EUR"},
    "risks": {"text_en": "Nobody applies", "likelihood": 2, "impact": 3},
    "indicators": {
        "name_en": "Demonstrators",
        "direction": "increase",
        "path": "linear",
        "baseline": Decimal(0),
        "baseline_on": date(2026, 1, 1),
        "targets": [(date(2028, 12, 31), Decimal(3))],
    },
}
FUNDING_ROW: Final = {
    "source": "Town offer",
    "amount_cents": 500_000,
    "currency": "EUR",
    "status": "applied",
}


def monitored_plan(plan: ActionPlan, n: int) -> dict[str, Any]:
    """Report on a plan: rounds, values, corrections, kept reports, solutions, n of each."""
    action = plan.actions.order_by("order", "pk").first()
    return monitoring_things(action, n)


def recommended(recommendations: Sequence[Recommendation], n: int) -> dict[str, Any]:
    """Let recommendations rest on n lessons besides, be in conflict, have versions."""
    for one in recommendations:
        stated = [
            state_lesson(one.project, make_lesson(f"stated-{one.pk}-{k}"), by=None, now=NOW)
            for k in range(n)
        ]
        findings = [*one.findings.all(), *stated]
        ground_recommendation(one, findings, by=None, now=NOW)
    first, *others = recommendations
    set_conflicts(first, others, by=None)
    first.theme = "Circular economy"
    first.version += 1
    first.save()
    return {"finding": findings[-1]}


def written_actions(plan: ActionPlan, n: int) -> dict[str, Any]:
    """Give every action of a draft n rows of each kind, and let the later ones wait."""
    offers = [make_offer(make_programme(f"town-{k}"), f"town-offer-{k}") for k in range(n)]
    actions = list(plan.actions.order_by("order", "pk"))
    for place, action in enumerate(actions):
        parts = {
            **{kind: [row] * n for kind, row in ROWS_OF_ACTION.items()},
            "funding": [{**FUNDING_ROW, "offer": offer} for offer in offers],
            "dependencies": [{"before": one, "lag_days": 7} for one in actions[:place]],
        }
        store_parts(action, parts, by=None)
    return {}


def discussed(
    recommendations: Sequence[Recommendation], plan: ActionPlan, n: int
) -> dict[str, Any]:
    """Consultations with comments, endorsements, joint approaches, n of each."""
    return participation_things(recommendations, plan, n)
