"""The ties above a measure: documents, activities and lessons, read from the evidence base.

A coding is double and a quotation has its page, so these ties live in tables of their own instead
of being kept a second time as edges.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from django.db.models import Q

from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Document,
    LessonMeasure,
    Quotation,
)
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.trail.domain.kinds import Thing

type Pairs = Iterable[tuple[int, int]]
type Link = tuple[Thing, Thing]
type Reader = Callable[[Collection[int], bool], Pairs]


def _activity_documents(known: Collection[int], is_upwards: bool) -> Pairs:  # noqa: FBT001
    end = "activity" if is_upwards else "document"
    quoted = Quotation.objects.filter(activity__isnull=False, **{f"{end}__in": known})
    return quoted.values_list("document_id", "activity_id").order_by()


def _lesson_documents(known: Collection[int], is_upwards: bool) -> Pairs:  # noqa: FBT001
    end = "lesson" if is_upwards else "document"
    quoted = Quotation.objects.filter(lesson__isnull=False, **{f"{end}__in": known})
    return quoted.values_list("document_id", "lesson_id").order_by()


def _measure_documents(known: Collection[int], is_upwards: bool) -> Pairs:  # noqa: FBT001
    end = "measures__in" if is_upwards else "pk__in"
    rows = Document.objects.filter(measures__isnull=False, **{end: known})
    return rows.values_list("pk", "measures__pk").order_by()


def _lesson_activities(known: Collection[int], is_upwards: bool) -> Pairs:  # noqa: FBT001
    """Tie by stance; coders who still differ say nothing yet."""
    end = "lesson" if is_upwards else "activity"
    rows = Bearing.objects.filter(**{f"{end}__in": known}).exclude(stance="")
    return rows.values_list("activity_id", "lesson_id").order_by()


def _measure_lessons(known: Collection[int], is_upwards: bool) -> Pairs:  # noqa: FBT001
    end = "measure" if is_upwards else "lesson"
    rows = LessonMeasure.objects.filter(**{f"{end}__in": known})
    return rows.values_list("lesson_id", "measure_id").order_by()


# Link, nearer to the source first -> pairs of numbers (upper, lower).
READERS: Final[Mapping[Link, Reader]] = {
    (Thing.DOCUMENT, Thing.ACTIVITY): _activity_documents,
    (Thing.DOCUMENT, Thing.LESSON): _lesson_documents,
    (Thing.DOCUMENT, Thing.MEASURE): _measure_documents,
    (Thing.ACTIVITY, Thing.LESSON): _lesson_activities,
    (Thing.LESSON, Thing.MEASURE): _measure_lessons,
}


def activities_of_types(measures: Collection[int]) -> dict[int, set[int]]:
    """Return the coded activities of the types of some measures, with those measures.

    An activity of a type speaks of its measure in the catalogue even where nobody has drawn a
    lesson from it yet.
    """
    types = dict(Measure.objects.filter(pk__in=measures).values_list("pk", "type_key"))
    by_type: dict[str, set[int]] = defaultdict(set)
    for pk, key in types.items():
        by_type[key].add(pk)
    rows = Activity.objects.published().filter(measure_type__in=by_type)
    return {pk: by_type[key] for pk, key in rows.order_by().values_list("pk", "measure_type")}


def measures_of_types(activities: Collection[int]) -> dict[int, set[int]]:
    """Return the measures of the catalogue of the types of activities, with those activities."""
    rows = Activity.objects.filter(pk__in=activities).exclude(measure_type="")
    by_type: dict[str, set[int]] = defaultdict(set)
    for pk, key in rows.order_by().values_list("pk", "measure_type"):
        by_type[key].add(pk)
    found = Measure.objects.filter(Q(type_key__in=by_type), project__isnull=True)
    return {pk: by_type[key] for pk, key in found.order_by().values_list("pk", "type_key")}
