"""A few lessons, each only as strong as the facts it rests on."""

from typing import Any

from alpclusters.platform.evidence.domain.seed_tables.documents import ids_of
from alpclusters.platform.evidence.domain.seed_tables.storing import SEEDS, Stored, store
from alpclusters.platform.evidence.models import Bearing, Lesson, LessonMeasure, Quotation
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.seed_rows import Row, read_rows, texts


def load_lessons(initiatives: Stored, activities: Stored, documents: Stored) -> Stored:
    """Store lessons; new ones with their evidence, their sources and the measures they suggest."""
    rows = read_rows(SEEDS / "lessons.csv")
    stored = store(Lesson, [_lesson(row) for row in rows], key=("key",))
    new = [row for row in rows if stored.is_new(row["key"])]
    _bear(initiatives, activities, stored)
    _suggest(new, stored)
    Quotation.objects.bulk_create(
        Quotation(document_id=document, lesson_id=stored.id_of(row["key"]))
        for row in new
        for document in ids_of(row["documents"], documents)
    )
    return stored


def _lesson(row: Row) -> dict[str, Any]:
    return {
        "key": row["key"],
        "measure_type": row["measure_type"],
        "verdict": row["verdict"],
        "is_published": True,
        "is_seeded": True,
        **texts(row, "statement", "condition"),
    }


def _bear(initiatives: Stored, activities: Stored, stored: Stored) -> None:
    new = [
        Bearing(activity_id=activity, lesson_id=lesson, stance=row["stance"], is_seeded=True)
        for row in read_rows(SEEDS / "bearings.csv")
        if stored.is_new(row["lesson"])
        and (lesson := stored.id_of(row["lesson"])) is not None
        and (activity := _activity(row, initiatives, activities)) is not None
    ]
    Bearing.objects.bulk_create(new)


def _activity(row: Row, initiatives: Stored, activities: Stored) -> int | None:
    return activities.id_of(initiatives.id_of(row["initiative"]), int(row["number"]))


def _suggest(rows: list[Row], stored: Stored) -> None:
    known = dict(Measure.objects.filter(project__isnull=True).values_list("key", "pk"))
    LessonMeasure.objects.bulk_create(
        LessonMeasure(lesson=stored.things[row["key"],], measure_id=known[key])
        for row in rows
        for key in row["measures"].split()
        if key in known
    )
