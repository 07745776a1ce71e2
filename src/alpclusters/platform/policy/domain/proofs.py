"""Whether what a plan rests on is still what its sources say: asked before it is published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from alpclusters.analysis.claims import HOLDS, Verdict, refused
from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.platform.evaluation.domain.snapshots import (
    evaluation_of,
    is_unchanged,
    newest_released,
)
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.domain.grading.showing import shown_grade
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.models import ActionPlan, Finding
from alpclusters.platform.trail.domain.edges import tie, tie_all
from alpclusters.platform.trail.models import Edge

# --- What a snapshot says about a measure, as a statement of its own that others can rest on ------


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


# --- Whether what a plan rests on is still what its sources say: asked before it is published -----


class UnprovedError(StateError):
    """Something a plan says is no longer what its source gives (``plan.not_proved``)."""


def unproved_findings(plan: ActionPlan) -> Iterator[tuple[str, Verdict]]:
    """Derive each finding behind a plan again; yield code and reason of those that differ.

    A finding that was superseded says what was known then and is told as such.
    """
    rows = Finding.objects.filter(recommendations__actions__plan=plan, superseded_by=None)
    for finding in rows.select_related("snapshot", "lesson").distinct().order_by("pk"):
        verdict = verdict_of(finding)
        if not verdict.holds:
            yield finding.code, verdict


def verdict_of(finding: Finding) -> Verdict:
    """Say whether a finding still is what its source says.

    The reason is ``altered`` where the stored evaluation does not fit its check sum, ``withheld``
    where it shows no such figure, ``other_figures``, or ``less_certain`` where a lesson is now
    graded lower than the finding says.
    """
    if finding.kind == Finding.Kind.RATING:
        return _of_rating(finding)
    if finding.kind == Finding.Kind.LESSON and finding.lesson is not None:
        return _of_lesson(finding, finding.lesson)
    return HOLDS


def require_proofs(plan: ActionPlan) -> None:
    """Refuse to publish what does not hold any more.

    Raises
    ------
    UnprovedError
        With the codes of the findings and the reason of the first.
    """
    found = list(unproved_findings(plan))
    if found:
        codes = ", ".join(code for code, _ in found)
        code = f"plan.{found[0][1].reason}"
        raise UnprovedError(code, found=codes, expected=found[0][1].expected)


def _of_rating(finding: Finding) -> Verdict:
    snapshot, measure = finding.snapshot, finding.measure_id
    if snapshot is None or measure is None:
        return refused("withheld")
    if not is_unchanged(snapshot):
        return refused("altered")
    results = {result.pk: result for result in evaluation_of(snapshot).criteria}
    result = results.get(finding.criterion_id or 0)
    known = {int(item.measure) for item in result.description.measures} if result else set()
    if result is None or measure not in known or result.summary(measure) is None:
        return refused("withheld")
    derived = figures_of(measure, result)
    stated = (finding.n, finding.cannot_judge_share, finding.estimate, finding.low, finding.high)
    if stated != derived:
        return refused("other_figures", expected=" ".join(str(value) for value in derived))
    return HOLDS


def _of_lesson(finding: Finding, lesson: Lesson) -> Verdict:
    grades = list(Lesson.Grade.values)
    now = shown_grade(lesson).grade
    if finding.certainty in grades and grades.index(now) > grades.index(finding.certainty):
        return refused("less_certain", expected=now)
    return HOLDS
