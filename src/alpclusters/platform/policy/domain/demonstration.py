"""Recommendations and a published plan of the demonstration project: all of it is simulated."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from alpclusters.platform.evaluation.models import Snapshot, SnapshotQuerySet
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.actions import add_action
from alpclusters.platform.policy.domain.plans import create_plan, publish_plan
from alpclusters.platform.policy.domain.recommendations import (
    adopt_recommendation,
    derive_recommendations,
    edit_recommendation,
)
from alpclusters.platform.policy.models import ActionPlan, Recommendation
from alpclusters.platform.seed_rows import read_rows, texts
from alpclusters.platform.trail.domain.edges import untie

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"


@transaction.atomic
def create_demonstration(project: Project, *, now: datetime | None = None) -> ActionPlan | None:
    """Draw three recommendations from the released snapshots and publish a plan of them.

    A project that has a plan already is left alone; without released snapshots there is none.
    """
    moment = now or timezone.now()
    snapshots = list(_released(project))
    if project.plans.exists() or not snapshots:
        return None
    drawn = _recommendations(snapshots, moment)
    plan = create_plan(project, texts=_plan_texts(), by=None)
    for row in read_rows(SEEDS / "demonstration_actions.csv"):
        if row["measure"] in drawn:
            _add(plan, drawn[row["measure"]], row, moment)
    return publish_plan(plan, by=None, now=moment)


@transaction.atomic
def remove_demonstration(project: Project) -> None:
    """Remove plans, recommendations and findings of a demonstration project."""
    for plan in project.plans.all():
        for action in plan.actions.all():
            untie(action)
        plan.delete()
    for things in (project.recommendations, project.findings):
        for thing in things.all():
            untie(thing)
            thing.delete()


def _released(project: Project) -> SnapshotQuerySet:
    return (
        Snapshot.objects.released()
        .filter(cafe__project=project)
        .select_related("cafe__project")
        .order_by("cafe__held_on", "pk")
    )


def _recommendations(snapshots: list[Snapshot], now: datetime) -> dict[str, Recommendation]:
    """Draw one recommendation per row, the rows in turn from the snapshots."""
    rows = read_rows(SEEDS / "demonstration_recommendations.csv")
    measures = {m.key: m for m in Measure.objects.filter(key__in=[r["measure"] for r in rows])}
    drawn = {}
    for place, row in enumerate(rows):
        measure = measures.get(row["measure"])
        snapshot = snapshots[place % len(snapshots)]
        if measure is None or measure.pk not in {m["pk"] for m in snapshot.data["measures"]}:
            continue
        drafted = derive_recommendations(snapshot, [measure], by=None, now=now)[0]
        changes = {**texts(row, "title", "text"), "level": row["level"]}
        edited = edit_recommendation(drafted, changes, version=drafted.version, by=None)
        drawn[measure.key] = adopt_recommendation(edited, by=None)
    return drawn


def _plan_texts() -> dict[str, str]:
    row = read_rows(SEEDS / "demonstration_plan.csv")[0]
    return {**texts(row, "title", "summary"), "publisher": row["publisher"]}


def _add(
    plan: ActionPlan, recommendation: Recommendation, row: Mapping[str, str], now: datetime
) -> None:
    changes: dict[str, str | date | None] = {
        **texts(dict(row), "title", "description"),
        "level": row["level"],
        "responsible": row["responsible"],
        "starts_on": date.fromisoformat(row["starts_on"]),
        "ends_on": date.fromisoformat(row["ends_on"]),
    }
    add_action(plan, [recommendation], changes=changes, by=None, now=now)
