"""Recommendations and plans for tests."""

from collections.abc import Sequence
from datetime import date

from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.actions import add_action
from alpclusters.platform.policy.domain.plans import create_plan, publish_plan
from alpclusters.platform.policy.domain.recommendations import derive_recommendations
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
from benchmarks._plan_data import fill_plan
from tests.factories.evaluation import (
    NOW,
    VARIED,
    fill,
    in_inputs,
    make_cafe,
    make_measure,
    make_project,
    make_region,
    make_snapshot,
)

PLAN_TEXTS = {
    **in_inputs("title", [f"Plan {code}" for code in LANGUAGE_CODES]),
    **in_inputs("summary", [f"Summary {code}" for code in LANGUAGE_CODES]),
    "publisher": "Region of tests",
}
COMPLETE = {
    "responsible": "Ministry of tests",
    "starts_on": date(2026, 9, 1),
    "ends_on": date(2027, 8, 31),
}


def make_recommendations(
    keys: Sequence[str] = ("fair",), *, project: Project | None = None, released: bool = True
) -> list[Recommendation]:
    """Derive one recommendation per measure from a snapshot with sixteen people."""
    cafe = make_cafe(project=project, measures=keys)
    fill(cafe, {"AT32": VARIED}, measures=keys)
    snapshot: Snapshot = make_snapshot(cafe=cafe, released=released)
    measures = [make_measure(key) for key in keys]
    return derive_recommendations(snapshot, measures, by=None, now=NOW)


def adopt(recommendation: Recommendation) -> Recommendation:
    """Put one into the state in which its text is fixed and bodies can be asked about it."""
    recommendation.state = Recommendation.State.ADOPTED
    recommendation.decided_on = NOW.date()
    recommendation.save()
    return recommendation


def make_action(plan: ActionPlan, recommendation: Recommendation, **changes: object) -> Action:
    """Add a complete line to a plan."""
    return add_action(plan, [recommendation], changes={**COMPLETE, **changes}, by=None, now=NOW)


def make_plan(
    keys: Sequence[str] = ("fair",), *, project: Project | None = None, published: bool = False
) -> ActionPlan:
    """Build a complete plan with one action per measure."""
    recommendations = make_recommendations(keys, project=project)
    plan = create_plan(recommendations[0].project, texts=PLAN_TEXTS, by=None)
    for recommendation in recommendations:
        make_action(plan, recommendation)
    return publish_plan(plan, by=None, now=NOW) if published else plan


def make_large_plan(n_actions: int = 500, n_values: int = 5000, **fields: object) -> ActionPlan:
    """Build a published, simulated plan of any size with reports, values and dependencies."""
    project = make_project(kind=Project.Kind.DEMONSTRATION)
    plan = create_plan(project, texts=PLAN_TEXTS, by=None)
    fill_plan(plan, n_actions, n_values, regions=[make_region("AT32"), make_region("ITC4")])
    published = {"state": ActionPlan.State.PUBLISHED, "published_at": NOW}
    for name, value in {**published, **fields}.items():
        setattr(plan, name, value)
    plan.save()
    return plan
