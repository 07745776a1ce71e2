"""What a snapshot says about a measure, as a statement of its own that others can rest on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from alpclusters.analysis.consensus import Summary
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.models import Finding
from alpclusters.platform.trail.domain.edges import tie
from alpclusters.platform.trail.models import Edge

CONVENTION: Final = "mean_student_t_90"
"""The estimate is the mean, the interval Student's t at 90 %, clipped to the scale."""
PREFIX: Final = "F"


@transaction.atomic
def derive_findings(
    snapshot: Snapshot, measure: Measure, *, by: User | None, now: datetime
) -> list[Finding]:
    """State what a snapshot says about a measure, one finding per criterion.

    A criterion whose figures are withheld gives none. What was stated before is returned.
    """
    known = {f.criterion_id: f for f in snapshot.findings.filter(measure=measure)}
    figures = [
        (result.pk, result.summary(measure.pk)) for result in evaluation_of(snapshot).criteria
    ]
    findings = [
        known.get(criterion) or _state(snapshot, measure, criterion, summary)
        for criterion, summary in figures
        if summary is not None and summary.n
    ]
    for finding in findings:
        tie(Edge.Kind.STATES, snapshot, finding, by=by, now=now)
    return findings


def _state(snapshot: Snapshot, measure: Measure, criterion: int, summary: Summary) -> Finding:
    project = snapshot.cafe.project
    interval = summary.mean_interval
    return Finding.objects.create(
        project=project,
        snapshot=snapshot,
        measure=measure,
        criterion_id=criterion,
        code=f"{PREFIX}{next_number(_codes(project.pk), PREFIX)}",
        n=summary.n,
        cannot_judge_share=summary.cannot_judge_share or 0.0,
        estimate=summary.mean,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        convention=CONVENTION,
    )


def _codes(project: int) -> Iterable[str]:
    return Finding.objects.filter(project=project).order_by().values_list("code", flat=True)
