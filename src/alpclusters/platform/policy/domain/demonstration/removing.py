"""Take the policy part of a demonstration project away again."""

from django.db import transaction

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.demonstration.consulting import remove_units
from alpclusters.platform.policy.models import (
    Action,
    Finding,
    GivenHash,
    PlanSnapshot,
    Recommendation,
    TextReview,
)
from alpclusters.platform.trail.models import Edge


@transaction.atomic
def remove_demonstration(project: Project) -> None:
    """Remove plans, recommendations and findings, with all that hangs on them."""
    _remove_ties(project)
    # They protect their plans; the database lets those of simulated plans go.
    GivenHash.objects.filter(plan__project=project).delete()
    PlanSnapshot.objects.filter(plan__project=project).delete()
    # The regional plans came after the joint one, which they protect.
    for plan in project.plans.order_by("-pk"):
        plan.delete()
    remove_units(project)
    for things in (
        project.solutions,
        project.joint_approaches,
        project.recommendations,
        project.findings,
        project.consultations,
    ):
        things.all().delete()


def _remove_ties(project: Project) -> None:
    """Remove the edges and the marks of translations, which name things by number."""
    things = {
        "action": Action.objects.filter(plan__project=project),
        "recommendation": Recommendation.objects.filter(project=project),
        "finding": Finding.objects.filter(project=project),
    }
    for name, rows in things.items():
        numbers = list(rows.order_by().values_list("pk", flat=True))
        Edge.objects.filter(from_kind=name, from_id__in=numbers).delete()
        Edge.objects.filter(to_kind=name, to_id__in=numbers).delete()
        TextReview.objects.filter(thing=name, thing_id__in=numbers).delete()
