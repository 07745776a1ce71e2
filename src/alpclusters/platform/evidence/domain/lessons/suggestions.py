"""Which measures a lesson suggests: the step of the trail from lesson to measure."""

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.models import Lesson, LessonMeasure
from alpclusters.platform.measures.models import Measure


@transaction.atomic
def suggest(lesson: Lesson, measure: Measure, by: User | None, note: str = "") -> LessonMeasure:
    """Tie a lesson to a measure, or change the note of the tie there is."""
    tie, is_new = LessonMeasure.objects.get_or_create(
        lesson=lesson, measure=measure, defaults={"made_by": by, "note": note}
    )
    if not is_new and tie.note != note:
        tie.note = note
        tie.save(update_fields=["note"])
    return tie


@transaction.atomic
def unsuggest(lesson: Lesson, measure: Measure) -> bool:
    """Untie a lesson and a measure; False if they were not tied."""
    gone, _by_model = LessonMeasure.objects.filter(lesson=lesson, measure=measure).delete()
    return bool(gone)
