"""Lessons as plain rows, each with its certainty, computed and as judged."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from alpclusters.platform.evidence.models import LessonMeasure
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.public.lessons.finding import Found
from alpclusters.www.public.lessons.pages import lesson_url

COLUMNS: Final = (
    "key", "statement", "verdict", "condition", "answer_to_contradiction", "measure_type",
    "certainty", "certainty_computed", "certainty_judged", "reason_of_judgement",
    "families_for", "families_against", "families_mixed", "activities", "families_lasting",
    "families_with_known_outcome", "convention", "measures", "page", "source", "licence",
    "is_simulated", "changed_on",
)  # fmt: skip
SOURCE: Final = "AlpClusters; the sources stand at the activities and quotations"

type Record = dict[str, Any]


def records(found: Sequence[Found], base: str) -> Iterator[Record]:
    """Write lessons in the given order; ``base`` is the address of the site."""
    measures = _measures(found)
    for one in found:
        yield _record(one, measures.get(one.lesson.pk, []), base)


def _measures(found: Sequence[Found]) -> dict[int, list[str]]:
    rows = LessonMeasure.objects.filter(
        lesson__in=[one.lesson.pk for one in found], measure__is_published=True
    )
    by_lesson: dict[int, list[str]] = {}
    for lesson, key in rows.order_by("pk").values_list("lesson_id", "measure__key"):
        by_lesson.setdefault(lesson, []).append(key)
    return by_lesson


def _record(one: Found, measures: list[str], base: str) -> Record:
    lesson, grade = one.lesson, one.grade
    return {
        "key": lesson.key,
        "statement": said(lesson, "statement").text,
        "verdict": lesson.verdict,
        "condition": said(lesson, "condition").text,
        "answer_to_contradiction": said(lesson, "answer").text,
        "measure_type": lesson.measure_type,
        "certainty": grade.grade,
        "certainty_computed": grade.computed,
        "certainty_judged": grade.own if grade.is_own else "",
        "reason_of_judgement": grade.reason if grade.is_own else "",
        "families_for": grade.n_for,
        "families_against": grade.n_against,
        "families_mixed": grade.n_mixed,
        "activities": grade.n_activities,
        "families_lasting": grade.lasting[0],
        "families_with_known_outcome": grade.lasting[1],
        "convention": grade.convention,
        "measures": measures,
        "page": base + lesson_url(lesson.key),
        "source": SOURCE,
        "licence": "",
        "is_simulated": lesson.is_simulated,
        "changed_on": lesson.changed_at.date().isoformat(),
    }
