"""Whether what a plan rests on is still what its sources say: asked before it is published."""

from collections.abc import Iterator

from alpclusters.analysis.claims import HOLDS, Verdict, refused
from alpclusters.analysis.errors import StateError
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of, is_unchanged
from alpclusters.platform.evidence.domain.grading.showing import shown_grade
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.policy.domain.findings import figures_of
from alpclusters.platform.policy.models import ActionPlan, Finding


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
