"""What the page of a lesson shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alpclusters.platform.evidence.domain.citing import cite_lesson
from alpclusters.platform.evidence.domain.grading import ShownGrade, shown_grade
from alpclusters.platform.evidence.models import Lesson, LessonMeasure, Quotation
from alpclusters.platform.evidence.rules import visible_documents
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Station, Table
from alpclusters.www.public.evidence_data import CiteView, cite_view, data_block
from alpclusters.www.public.initiatives.quotations import QuotationView, quotation_views
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.initiatives.trail import strip_if_known
from alpclusters.www.public.lessons.evidence import (
    LessonEvidenceView,
    families_table,
    read_evidence,
)
from alpclusters.www.public.lessons.lists import letter_of
from alpclusters.www.public.lessons.verdicts import VerdictView, verdict_view


@dataclass(frozen=True)
class MeasureView:
    """A measure that the lesson suggests, and why."""

    name: str
    url: str
    note: str


@dataclass(frozen=True)
class LessonPage:
    """Everything the template names."""

    statement: Said
    condition: Said
    answer: Said
    verdict: VerdictView
    trail: Sequence[Station]
    grade: ShownGrade
    reasons: Sequence[tuple[str, str]]
    letter: str
    computed_letter: str
    own_letter: str
    graded_on: date | None
    evidence: LessonEvidenceView
    families: Table | None
    measures: Sequence[MeasureView]
    type_measure: MeasureView | None
    quotations: Sequence[QuotationView]
    cite: CiteView
    data: SafeString
    may_edit: bool
    simulated: bool


def read_page(user: Person, lesson: Lesson, *, base: str) -> LessonPage:
    """Read what a person may know of a lesson; ``base`` is the address of the site."""
    grade = shown_grade(lesson)
    evidence = read_evidence(user, lesson, grade)
    measures = _measures(user, lesson)
    address = base + lesson_url(lesson.key)
    statement = said(lesson, "statement")
    return LessonPage(
        statement=statement,
        condition=said(lesson, "condition"),
        answer=said(lesson, "answer"),
        verdict=verdict_view(lesson.verdict, is_graded=bool(letter_of(grade.grade))),
        trail=strip_if_known(lesson, seen_by=user),
        grade=grade,
        reasons=[(_signed(reason.change), reason.text) for reason in grade.reasons],
        letter=letter_of(grade.grade),
        computed_letter=letter_of(grade.computed),
        own_letter=letter_of(grade.own),
        graded_on=lesson.graded_at.date() if lesson.graded_at else None,
        evidence=evidence,
        families=families_table(grade, evidence),
        measures=measures,
        type_measure=_type_measure(lesson, measures),
        quotations=_quotations(user, lesson),
        cite=cite_view(
            lambda language: cite_lesson(lesson, address=address, language=language),
            "public:lesson-citation",
            lesson.key,
        ),
        data=_data(lesson, statement, address),
        may_edit=user.has_perm("evidence.change_evidence"),
        simulated=lesson.is_simulated or evidence.simulated,
    )


def _signed(change: int) -> str:
    """Write how many grades a rule took off or added."""
    return format_number(change, nearest_language(get_language()), 0, signed=True)


def lesson_url(key: str) -> str:
    """Return the page of a lesson."""
    return reverse("public:lesson", args=[key])


def _measures(user: Person, lesson: Lesson) -> list[MeasureView]:
    rows = LessonMeasure.objects.filter(lesson=lesson, measure__in=visible_to(user))
    ordered = rows.select_related("measure").order_by("measure__order", "pk")
    return [_measure(row.measure, row.note) for row in ordered]


def _measure(measure: Measure, note: str = "") -> MeasureView:
    return MeasureView(measure.name, reverse("public:measure", args=[measure.key]), note)


def _type_measure(lesson: Lesson, known: Sequence[MeasureView]) -> MeasureView | None:
    """Return the measure of the catalogue that the lesson is about, if it is not suggested."""
    rows = Measure.objects.of_catalogue().filter(type_key=lesson.measure_type)
    found = rows.order_by("pk").first() if lesson.measure_type else None
    view = _measure(found) if found and found.is_published else None
    return view if view and view.url not in {m.url for m in known} else None


def _quotations(user: Person, lesson: Lesson) -> list[QuotationView]:
    rows = Quotation.objects.filter(lesson=lesson, document__in=visible_documents(user))
    return quotation_views(
        list(rows.select_related("document").order_by("document__title", "page", "pk"))
    )


def _data(lesson: Lesson, statement: Said, address: str) -> SafeString:
    """Return the lesson for search engines; nothing for an invented one."""
    if lesson.is_simulated or not lesson.is_published:
        return SafeString()
    facts: Mapping[str, object] = {
        "@type": "Claim",
        "@id": address,
        "text": statement.text,
        "author": {"@type": "Organization", "name": "AlpClusters"},
        "dateModified": lesson.changed_at.date().isoformat(),
    }
    return data_block(facts)
