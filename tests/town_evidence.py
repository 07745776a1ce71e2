"""As much evidence as a test asks for: initiatives, activities, sources and lessons."""

from typing import Any

from alpclusters.platform.evidence.domain.grading import regrade
from tests.factories.evaluation import NOW, make_measure, make_region
from tests.factories.evidence import (
    make_activity,
    make_bearing,
    make_codebook,
    make_document,
    make_initiative,
    make_lesson,
    make_participation,
    make_programme,
    make_quotation,
    make_suggestion,
)
from tests.factories.organisations import make_profile

STANCES = ("supports", "contradicts", "mixed")


def evidence_of(n: int) -> dict[str, Any]:
    """Build n of everything, tied to one another; return the first of each kind by its name."""
    book = make_codebook()
    # Of their own: the trails of the other measures stay as short as they are.
    measures = [make_measure(f"evidence-{k}") for k in range(n)]
    programmes = [make_programme() for _ in range(n)]
    initiatives = [make_initiative(f"initiative-{k}", programme=programmes[k]) for k in range(n)]
    for other in initiatives[1:]:
        other.follows = initiatives[0]
        other.save()
    type(initiatives[0]).objects.update(family=initiatives[0].pk)
    sources = [make_document(f"source-{k}", initiatives=initiatives) for k in range(n)]
    lessons = [make_lesson(f"lesson-{k}", measure_type=measures[0].type_key) for k in range(n)]
    for initiative in initiatives:
        _fill(initiative, n, book, lessons, sources)
    for lesson in lessons:
        for measure in measures:
            make_suggestion(lesson, measure)
        for source in sources:
            make_quotation(source, lesson=lesson, page=2)
    for source in sources:
        source.measures.set(measures)
    regrade(now=NOW)
    return {"initiative": initiatives[0], "lesson": lessons[0], "source": sources[0]}


def _fill(initiative: Any, n: int, book: Any, lessons: list[Any], sources: list[Any]) -> None:
    region = make_region("AT32")
    for k in range(n):
        body = make_profile(f"Partner {initiative.key} {k}", body_region=region).organisation
        make_participation(initiative, organisation=body, region=region, order=k)
        activity = make_activity(
            initiative, codebook=book, outcome_status="lasting", outcome_months=12,
            measure_type=lessons[0].measure_type, state="settled", scope="cross_border",
        )  # fmt: skip
        activity.regions.add(region)
        for lesson in lessons:
            make_bearing(activity, lesson, STANCES[k % len(STANCES)])
        for source in sources:
            make_quotation(source, activity=activity, page=1)
