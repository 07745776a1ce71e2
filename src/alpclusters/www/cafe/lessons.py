"""What earlier initiatives teach about a measure, as the card on the phone shows it."""

from collections.abc import Iterable
from typing import Any, Final

from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.evidence.models import Lesson, LessonMeasure
from alpclusters.platform.measures.models import Measure
from alpclusters.www.cafe.spoken import spoken
from alpclusters.www.components.parts import CERTAINTIES

# A card is read standing: the measure's page has the others.
MOST_SHOWN: Final = 3


def lessons_of(measures: Iterable[Measure]) -> dict[int, list[dict[str, Any]]]:
    """Return the published lessons of each measure, the most certain first."""
    rows = LessonMeasure.objects.filter(
        measure__in=[measure.pk for measure in measures], lesson__is_published=True
    ).select_related("lesson")
    found: dict[int, list[Lesson]] = {}
    for row in rows.order_by("measure_id", "lesson_id"):
        found.setdefault(row.measure_id, []).append(row.lesson)
    return {
        pk: [_shown(lesson) for lesson in sorted(lessons, key=_grade)]
        for pk, lessons in found.items()
    }


def _grade(lesson: Lesson) -> str:
    """Return the grade that stands; the letters sort as they are meant."""
    return shown_grade(lesson).grade


def _shown(lesson: Lesson) -> dict[str, Any]:
    return {
        "text": spoken(lesson.statement),
        "certainty": str(CERTAINTIES.get(_grade(lesson), "")),
    }
