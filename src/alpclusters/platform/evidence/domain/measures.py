"""What speaks for a measure and what against it, by the lessons that are tied to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.evidence.models import Activity, Bearing, Document, Lesson, Stance
from alpclusters.platform.evidence.rules import visible_documents, visible_lessons
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.worlds import of_world

_OPPOSITE: Final = {
    Stance.SUPPORTS: Stance.CONTRADICTS,
    Stance.CONTRADICTS: Stance.SUPPORTS,
    Stance.MIXED: Stance.MIXED,
}


@dataclass(frozen=True, slots=True)
class LessonEvidence:
    """A lesson with the activities behind it.

    Attributes
    ----------
    lesson : Lesson
    supports, contradicts, mixed : tuple of Activity
        By their stance towards the lesson, with their initiatives.
    """

    lesson: Lesson
    supports: tuple[Activity, ...]
    contradicts: tuple[Activity, ...]
    mixed: tuple[Activity, ...]

    @property
    def speaks_for(self) -> tuple[Activity, ...]:
        """Activities that speak for the measure, not only for the sentence."""
        return self.contradicts if self.is_warning else self.supports

    @property
    def speaks_against(self) -> tuple[Activity, ...]:
        """Activities that speak against the measure."""
        return self.supports if self.is_warning else self.contradicts

    @property
    def is_warning(self) -> bool:
        """Whether the sentence speaks against the measure."""
        return self.lesson.verdict == Lesson.Verdict.DOES_NOT_WORK


def lessons_behind(
    measure: Measure, *, seen_by: Person, is_simulated: bool = False
) -> list[LessonEvidence]:
    """Return the lessons of one world tied to a measure, the most certain first, with their ground.

    Bearings on which two coders still differ, and activities of hidden initiatives, are left out.
    """
    tied = visible_lessons(seen_by).filter(suggestions__measure=measure)
    lessons = list(of_world(tied, is_simulated=is_simulated))
    lessons.sort(key=lambda lesson: (shown_grade(lesson).grade, lesson.pk))
    found = _by_stance(lessons)
    return [
        LessonEvidence(lesson, *(tuple(found.get((lesson.pk, s), ())) for s in _OPPOSITE))
        for lesson in lessons
    ]


def _by_stance(lessons: Sequence[Lesson]) -> dict[tuple[int, str], list[Activity]]:
    """Group by lesson and stance."""
    rows = (
        Bearing.objects.of_one_world()
        .filter(lesson__in=[lesson.pk for lesson in lessons])
        .filter(activity__initiative__is_published=True)
        .exclude(stance="")
    )
    found: dict[tuple[int, str], list[Activity]] = {}
    for row in rows.select_related("activity__initiative").order_by("pk"):
        found.setdefault((row.lesson_id, row.stance), []).append(row.activity)
    return found


def documents_describing(
    measure: Measure, *, seen_by: Person, is_simulated: bool = False
) -> list[Document]:
    """Return the documents of one world in which this type of measure is described."""
    found = visible_documents(seen_by).filter(measures=measure)
    return list(of_world(found, is_simulated=is_simulated).order_by("title", "pk"))
