"""What speaks against a recommendation and has no answer yet."""

from collections.abc import Iterable
from typing import Any

from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.policy.models import Finding, Recommendation


def open_contradictions(recommendation: Recommendation) -> list[Finding]:
    """List the findings behind a recommendation whose contradiction nobody has answered.

    A lesson that has evidence against it is answered by its own text that names the condition. A
    finding against the recommendation is answered where its reasons name the code (F7).
    """
    rows = recommendation.findings.select_related("lesson").order_by("pk")
    return open_among(recommendation, rows)


def open_among(recommendation: Recommendation, findings: Iterable[Finding]) -> list[Finding]:
    """Pick the findings with an open contradiction; no queries if the lessons are loaded."""
    return [f for f in findings if f.superseded_by_id is None and _is_open(recommendation, f)]


def _is_open(recommendation: Recommendation, finding: Finding) -> bool:
    if finding.direction == Finding.Direction.AGAINST:
        return not _is_named(recommendation, finding.code)
    return finding.lesson is not None and is_lesson_open(finding.lesson)


def is_lesson_open(lesson: Lesson) -> bool:
    """Say whether families speak against a lesson and its answer is missing in every language."""
    grade = shown_grade(lesson)
    return bool(grade.n_against or grade.n_mixed) and not any(lesson.answer.each().values())


def _is_named(recommendation: Any, code: str) -> bool:
    """Say whether the reasons, in the language of the original or any other, name a finding."""
    texts = list(recommendation.rationale.each().values())
    return any(code in _codes(text) for text in texts)


def _codes(text: str) -> set[str]:
    return {word.strip(".,;:()[]„“”«»\"'") for word in text.split()}
