"""What earlier initiatives say for and against a measure, ready for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.accounts.rules import Person
from alpclusters.platform.evidence.domain.measures import (
    LessonEvidence,
    documents_describing,
    lessons_behind,
    n_families,
)
from alpclusters.platform.evidence.models import Activity, Document, Lesson
from alpclusters.platform.measures.models import Measure
from alpclusters.www.components.parts import Crumb

MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Side:
    """The activities that speak for or against, the first of them by name."""

    title: str
    words: str
    activities: Sequence[Crumb]
    n_more: int


@dataclass(frozen=True)
class LessonView:
    """A lesson with both sides; neither is left out where it is empty."""

    lesson: Lesson
    grade: str
    url: str
    speaks_for: Side
    speaks_against: Side
    depends: Side | None


@dataclass(frozen=True)
class EvidenceView:
    """Everything the section of a measure's page names."""

    lessons: Sequence[LessonView]
    described: Sequence[Document]
    initiatives_url: str
    simulated: bool


def read_evidence(person: Person, measure: Measure) -> EvidenceView:
    """Read the lessons tied to a measure and the documents that describe it."""
    lessons = lessons_behind(measure, seen_by=person)
    return EvidenceView(
        lessons=[_lesson(item) for item in lessons],
        described=documents_describing(measure, seen_by=person),
        initiatives_url=f"{reverse('public:initiatives')}?measure={measure.type_key}",
        simulated=any(item.lesson.is_simulated for item in lessons),
    )


def _lesson(item: LessonEvidence) -> LessonView:
    lesson = item.lesson
    grade = lesson.own_grade or lesson.grade
    return LessonView(
        lesson=lesson,
        grade="" if grade == Lesson.Grade.NONE else grade,
        url=reverse("public:lesson", args=[lesson.key]),
        speaks_for=_side(_("Speaks for the measure"), item.speaks_for),
        speaks_against=_side(_("Speaks against it"), item.speaks_against),
        depends=_side(_("Speaks for both"), item.mixed) if item.mixed else None,
    )


def _side(title: str, activities: Sequence[Activity]) -> Side:
    return Side(
        title=title,
        words=_independent(n_families(activities)),
        activities=[_named(activity) for activity in activities[:MOST_NAMED]],
        n_more=max(0, len(activities) - MOST_NAMED),
    )


def _independent(n: int) -> str:
    if not n:
        return _("no initiative")
    return ngettext("%(n)s independent initiative", "%(n)s independent initiatives", n) % {"n": n}


def _named(activity: Activity) -> Crumb:
    initiative = activity.initiative
    page = reverse("public:initiative", args=[initiative.key])
    return Crumb(f"{initiative.acronym}: {activity.name}", f"{page}#activity-{activity.number}")
