"""What the checks look at, read in a number of queries that does not grow with the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max, Prefetch, Q

from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Finding,
    Indicator,
    Recommendation,
)
from alpclusters.platform.territory.models import Region

STANDING: Final = (Recommendation.State.ADOPTED, Recommendation.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Facts:
    """A plan with all that the checks ask about.

    Attributes
    ----------
    plan : ActionPlan
    actions : sequence of Action
        With parts, indicators, recommendations, findings and conflicts prefetched.
    recommendations : mapping of int to Recommendation
        Those the actions carry, each once.
    regions : sequence of Region
        Of the plan, or those its partners answer for.
    newest : mapping of int to int
        By AlpCafé the number of its newest released snapshot.
    """

    plan: ActionPlan
    actions: Sequence[Action]
    recommendations: Mapping[int, Recommendation]
    regions: Sequence[Region]
    newest: Mapping[int, int]


def read_facts(plan: ActionPlan) -> Facts:
    """Read a plan for the checks."""
    actions = list(_actions(plan))
    return Facts(
        plan=plan,
        actions=actions,
        recommendations={r.pk: r for action in actions for r in action.recommendations.all()},
        regions=_regions(plan),
        newest=_newest(plan),
    )


def findings_of(recommendation: Recommendation) -> list[Finding]:
    """Return the findings of a recommendation that was read here."""
    return list(recommendation.findings.all())


def _actions(plan: ActionPlan) -> Any:
    findings = Finding.objects.select_related("lesson", "snapshot").defer("snapshot__data")
    recommendations = Recommendation.objects.prefetch_related(
        Prefetch("findings", queryset=findings), "conflicts_with"
    )
    return plan.actions.prefetch_related(
        Prefetch("recommendations", queryset=recommendations),
        Prefetch("indicators", queryset=Indicator.objects.prefetch_related("targets")),
        "milestones",
        "costs",
        "funding",
        "risks",
    )


def _regions(plan: ActionPlan) -> list[Region]:
    of_partners = Q(partners__project=plan.project_id)
    own = list(plan.regions.order_by("code", "pk"))
    return own or list(Region.objects.filter(of_partners).distinct().order_by("code", "pk"))


def _newest(plan: ActionPlan) -> dict[int, int]:
    rows = Snapshot.objects.filter(cafe__project=plan.project_id, released_at__isnull=False)
    numbers = rows.order_by().values("cafe").annotate(newest=Max("number"))
    return dict(numbers.values_list("cafe", "newest"))
