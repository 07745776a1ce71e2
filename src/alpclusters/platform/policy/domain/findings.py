"""What a snapshot says about a measure, as a statement of its own that others can rest on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.domain.queries import newest_released
from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.models import Finding
from alpclusters.platform.trail.domain.edges import tie, tie_all
from alpclusters.platform.trail.models import Edge

MEAN: Final = "mean_student_t_90"
"""The estimate is the mean, the interval Student's t at 90 %, clipped to the scale."""
MODEL: Final = "reml_normal_90"
"""Estimate and 90 % interval of the crossed model (REML), kept on the scale."""
PREFIX: Final = "F"


def released_findings() -> QuerySet[Finding]:
    """Select the findings about measures in evaluations that the public sees."""
    return Finding.objects.filter(snapshot__in=newest_released().values("pk"))


@transaction.atomic
def derive_findings(
    snapshot: Snapshot, measure: Measure, *, by: User | None, now: datetime
) -> list[Finding]:
    """State what a snapshot says about a measure, one finding per criterion.

    A criterion whose figures are withheld gives none. What was stated before is returned.
    """
    known = {f.criterion_id: f for f in snapshot.findings.filter(measure=measure)}
    findings = [
        known.get(result.pk) or _state(snapshot, measure, result, now)
        for result in evaluation_of(snapshot).criteria
        if (summary := result.summary(measure.pk)) is not None and summary.n
    ]
    for finding in findings:
        tie(Edge.Kind.STATES, snapshot, finding, by=by, now=now)
        # What was said at the tables about the measure belongs to what was rated.
        insights = snapshot.cafe.insights.filter(measure=measure)
        tie_all(Edge.Kind.INFORMS, list(insights), finding, by=by, now=now)
    return findings


def _state(snapshot: Snapshot, measure: Measure, result: CriterionResult, now: datetime) -> Finding:
    project = snapshot.cafe.project
    figures = _estimated(measure.pk, result)
    n, share, *_rest = figures_of(measure.pk, result)
    return Finding.objects.create(
        project=project,
        snapshot=snapshot,
        measure=measure,
        criterion_id=result.pk,
        code=f"{PREFIX}{next_number(_codes(project.pk), PREFIX)}",
        n=n,
        cannot_judge_share=share,
        estimate=figures.estimate,
        low=figures.low,
        high=figures.high,
        convention=figures.convention,
        made_at=now,
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    estimate: float | None
    low: float | None
    high: float | None
    convention: str


def _estimated(measure: int, result: CriterionResult) -> _Figures:
    """Take the estimate of the model where it is sound, else the mean."""
    ranking = result.ranking
    ranked = ranking.of(measure) if ranking and ranking.status == "ok" else None
    if ranked is not None and ranked.estimate is not None:
        return _Figures(ranked.estimate, ranked.low, ranked.high, MODEL)
    summary = result.summary(measure)
    ends = summary.mean_interval if summary else None
    low, high = (ends.low, ends.high) if ends else (None, None)
    return _Figures(summary.mean if summary else None, low, high, MEAN)


def figures_of(
    measure: int, result: CriterionResult
) -> tuple[int, float, float | None, float | None, float | None]:
    """Return n, the share that could not judge, estimate and ends as a finding states them."""
    summary = result.summary(measure)
    found = _estimated(measure, result)
    n = summary.n if summary else 0
    share = (summary.cannot_judge_share if summary else None) or 0.0
    return n, share, found.estimate, found.low, found.high


def _codes(project: int) -> Iterable[str]:
    return Finding.objects.filter(project=project).order_by().values_list("code", flat=True)
