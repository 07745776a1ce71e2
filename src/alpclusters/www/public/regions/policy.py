"""What the published plans say for a region: recommendations and actions of its projects."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
from alpclusters.platform.worlds import of_world

MOST: Final = 12


@dataclass(frozen=True)
class RegionPolicy:
    """Recommendations and actions."""

    recommendations: Sequence[Recommendation]
    actions: Sequence[Action]


def read_policy(
    region_ids: Sequence[int], above_ids: Sequence[int], *, is_simulated: bool = False
) -> RegionPolicy:
    """Read what was published in projects that answer for a region, a part or the whole of it.

    Parameters
    ----------
    region_ids : sequence of int
        The region and the regions in it.
    above_ids : sequence of int
        The regions it lies in.
    is_simulated : bool, default False
        Of which world the projects are.
    """
    answering = Q(partners__region__in=[*region_ids, *above_ids]) | Q(cafes__region__in=region_ids)
    public = of_world(Project.objects.public(), is_simulated=is_simulated)
    projects = public.filter(answering).order_by().values("pk")
    plans = ActionPlan.objects.published().filter(project__in=projects).order_by().values("pk")
    recommendations = list(
        Recommendation.objects.filter(actions__plan__in=plans)
        .select_related("project")
        .distinct()
        .order_by("pk")[:MOST]
    )
    actions = list(
        Action.objects.filter(plan__in=plans)
        .select_related("plan__project")
        .order_by("plan", "order", "pk")[:MOST]
    )
    return RegionPolicy(recommendations, actions)
