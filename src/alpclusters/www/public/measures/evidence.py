"""What earlier initiatives say for and against a measure, ready for its page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.evidence.domain.measures import (
    LessonEvidence,
    documents_describing,
    lessons_behind,
)
from alpclusters.platform.evidence.domain.synthesis import evidence_of_measure_type
from alpclusters.platform.evidence.models import Activity, Document, Lesson
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.numbers import format_integer, format_percent, format_share_interval
from alpclusters.www.components.parts import Crumb, Figure
from alpclusters.www.worlds import in_world

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
    lasting: str
    speaks_for: Side
    speaks_against: Side
    depends: Side | None


@dataclass(frozen=True)
class EvidenceView:
    """Everything the section of a measure's page names."""

    figures: Sequence[Figure]
    lessons: Sequence[LessonView]
    described: Sequence[Document]
    initiatives_url: str
    simulated: bool


def read_evidence(person: Person, measure: Measure, *, is_simulated: bool = False) -> EvidenceView:
    """Read the lessons tied to a measure and the documents that describe it, of one world."""
    lessons = lessons_behind(measure, seen_by=person, is_simulated=is_simulated)
    initiatives = f"{reverse('public:initiatives')}?measure={measure.type_key}"
    return EvidenceView(
        figures=_what_lasted(measure, is_simulated=is_simulated),
        lessons=[_lesson(item) for item in lessons],
        described=documents_describing(measure, seen_by=person, is_simulated=is_simulated),
        initiatives_url=in_world(initiatives, is_simulated=is_simulated),
        simulated=is_simulated,
    )


def _lesson(item: LessonEvidence) -> LessonView:
    """Count families as the grade does: one that says both counts as mixed, on neither side."""
    lesson = item.lesson
    shown = shown_grade(lesson)
    counts = (shown.n_for, shown.n_against)
    n_for, n_against = counts[::-1] if item.is_warning else counts
    return LessonView(
        lesson=lesson,
        grade="" if shown.grade == Lesson.Grade.NONE else shown.grade,
        url=reverse("public:lesson", args=[lesson.key]),
        lasting=_lasting(*shown.lasting) if shown.lasting[1] else "",
        speaks_for=_side(_("Speaks for the measure"), n_for, item.speaks_for),
        speaks_against=_side(_("Speaks against it"), n_against, item.speaks_against),
        depends=_side(_("Speaks for both"), shown.n_mixed, item.mixed) if shown.n_mixed else None,
    )


def _lasting(n_lasting: int, n_known: int) -> str:
    return ngettext(
        "%(lasting)s of %(n)s with a known outcome goes on",
        "%(lasting)s of %(n)s with a known outcome go on",
        n_known,
    ) % {"lasting": n_lasting, "n": n_known}


def _what_lasted(measure: Measure, *, is_simulated: bool) -> list[Figure]:
    """Say what became of activities of this type, with n and the interval."""
    found = evidence_of_measure_type(measure.type_key, is_simulated=is_simulated)
    if not found.n_families:
        return []
    language = nearest_language(get_language())
    share = found.lasting
    n = found.n_families
    counted = _("families; the list below has their initiatives")
    first = Figure(
        _("Initiatives that did this"),
        format_integer(n, language),
        ngettext("%(n)s activity", "%(n)s activities", found.n_activities)
        % {"n": format_integer(found.n_activities, language)},
        key="families",
        exact=n,
        why=counted,
    )
    label, known = _("Went on after the funding"), share.n_known
    lasting = Figure(label, str(share.n_lasting), key="known.lasting", exact=share.n_lasting)
    if share.value is None or share.low is None or share.high is None:
        told = _("known of %(n)s of them: too few for a share") % {"n": known}
        return [first, replace(lasting, sub=told, n=known, why=counted)]
    interval = format_share_interval(share.low, share.high, language)
    told = _("of %(known)s known of %(n)s: %(share)s (90%% interval %(interval)s)") % {
        "interval": interval,
        "known": known,
        "n": share.n_families,
        "share": format_percent(share.value, language),
    }
    return [first, replace(lasting, sub=told, n=known, why=counted)]


def _side(title: str, n_families: int, activities: Sequence[Activity]) -> Side:
    return Side(
        title=title,
        words=_independent(n_families),
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
