"""Snapshots of the demonstration project's AlpCafés, evaluated and shown to the public."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.trail.domain.edges import untie


@transaction.atomic
def create_demonstration(project: Project, *, now: datetime | None = None) -> list[Snapshot]:
    """Evaluate and release every closed AlpCafé with ratings that has no snapshot yet."""
    moment = now or timezone.now()
    rated = project.cafes.filter(state=AlpCafe.State.CLOSED, round=AlpCafe.Round.MEASURES)
    closed = rated.filter(snapshots__isnull=True)
    snapshots = []
    for cafe in closed.order_by("held_on", "pk"):
        snapshot = evaluate_cafe(cafe, made_by=None, now=cafe.closed_at or moment)
        release_snapshot(snapshot, now=cafe.closed_at or moment)
        snapshots.append(snapshot)
    return snapshots


@transaction.atomic
def remove_demonstration(project: Project) -> None:
    """Remove the snapshots of a demonstration project; call it after its plans are gone."""
    for snapshot in Snapshot.objects.filter(cafe__project=project):
        untie(snapshot)
        snapshot.delete()
