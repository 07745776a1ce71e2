"""What the page of a lesson shows: activities for and against it with equal weight."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.citing import cite_lesson
from alpclusters.platform.evidence.domain.grading import ShownGrade, shown_grade
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Codebook,
    Lesson,
    LessonMeasure,
    Quotation,
    Stance,
)
from alpclusters.platform.evidence.rules import visible_documents, visible_initiatives
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Cell, Column, Station, Table
from alpclusters.www.public.evidence_data import CiteView, cite_view, data_block
from alpclusters.www.public.initiatives.activities import (
    Books,
    OutcomeView,
    StateView,
    outcome_of,
    state_view,
)
from alpclusters.www.public.initiatives.said import (
    QuotationView,
    Said,
    StanceView,
    quotation_views,
    said,
    stance_view,
    strip_if_known,
)
from alpclusters.www.public.initiatives.search import initiative_url
from alpclusters.www.public.lessons.lesson_list import VerdictView, letter_of, verdict_view

# --- The activities behind a lesson, those for and those against it with equal weight -------------


@dataclass(frozen=True)
class EvidenceView:
    """An activity that bears on a lesson."""

    initiative: str
    initiative_url: str
    name: Said
    url: str
    result: Said
    outcome: OutcomeView
    state: StateView
    quotations: Sequence[QuotationView]
    family: int
    is_simulated: bool


@dataclass(frozen=True)
class SideView:
    """All activities with one stance."""

    stance: StanceView
    title: str
    activities: Sequence[EvidenceView]
    n_families: int


@dataclass(frozen=True)
class LessonEvidenceView:
    """Both sides, and what is on neither."""

    speaks_for: SideView
    against: SideView
    mixed: SideView
    n_hidden: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be shown."""
        sides = (self.speaks_for, self.against, self.mixed)
        return not any(side.activities for side in sides)

    @property
    def simulated(self) -> bool:
        """Whether an activity is invented."""
        sides = (self.speaks_for, self.against, self.mixed)
        return any(a.is_simulated for side in sides for a in side.activities)


def read_evidence(user: Person, lesson: Lesson, grade: ShownGrade) -> LessonEvidenceView:
    """Read the activities whose stance towards the lesson is settled."""
    bearings = list(
        Bearing.objects.of_one_world()
        .filter(lesson=lesson, activity__initiative__in=visible_initiatives(user))
        .exclude(stance="")
        .exclude(activity__state=Activity.State.OPEN)
        .select_related("activity__initiative", "activity__codebook")
        .order_by("activity__initiative__acronym", "activity__number", "pk")
    )
    quoted = _evidence_quotations(user, [b.activity for b in bearings])
    books = Books()
    by_stance: dict[str, list[EvidenceView]] = defaultdict(list)
    for bearing in bearings:
        activity = bearing.activity
        view = _view(activity, books.of(activity), quoted[activity.pk])
        by_stance[bearing.stance].append(view)
    return LessonEvidenceView(
        _side(Stance.SUPPORTS, _("Speaks for it"), by_stance, grade.n_for),
        _side(Stance.CONTRADICTS, _("Speaks against it"), by_stance, grade.n_against),
        _side(Stance.MIXED, _("Speaks for both"), by_stance, grade.n_mixed),
        max(0, grade.n_activities - len(bearings)),
    )


def _side(
    stance: str, title: str, by_stance: Mapping[str, Sequence[EvidenceView]], n_families: int
) -> SideView:
    return SideView(stance_view(stance), title, by_stance.get(stance, ()), n_families)


def _evidence_quotations(
    user: Person, activities: Sequence[Activity]
) -> dict[int, list[QuotationView]]:
    rows = list(
        Quotation.objects.filter(activity__in=activities, document__in=visible_documents(user))
        .select_related("document")
        .order_by("document__title", "page", "pk")
    )
    found: dict[int, list[QuotationView]] = defaultdict(list)
    for row, view in zip(rows, quotation_views(rows), strict=True):
        found[row.activity_id or 0].append(view)
    return found


def _view(
    activity: Activity, book: Codebook | None, quoted: Sequence[QuotationView]
) -> EvidenceView:
    initiative = activity.initiative
    return EvidenceView(
        initiative=initiative.acronym,
        initiative_url=initiative_url(initiative.key),
        name=said(activity, "name"),
        url=initiative_url(initiative.key, activity.number),
        result=said(activity, "result"),
        outcome=outcome_of(activity, book),
        state=state_view(activity),
        quotations=quoted,
        family=initiative.family or initiative.pk,
        is_simulated=activity.is_simulated,
    )


def families_table(grade: ShownGrade, evidence: LessonEvidenceView) -> Table | None:
    """Return what each family says, as it was counted; None where nothing was."""
    if not grade.families:
        return None
    names = _names(evidence)
    columns = [
        Column(_("Family of initiatives")),
        Column(_("Stance")),
        Column(_("Alive 12 months after the funding")),
        Column(_("Longest, in months"), is_number=True),
        Column(_("Independent source")),
        Column(_("Alpine or comparable")),
    ]
    rows = [_family_row(one, names) for one in grade.families]
    return Table(_("How the families were counted"), columns, rows)


def _names(evidence: LessonEvidenceView) -> dict[int, list[tuple[str, str]]]:
    """Return the initiatives behind each family, as far as they are public."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for side in (evidence.speaks_for, evidence.against, evidence.mixed):
        for activity in side.activities:
            found[activity.family][activity.initiative] = activity.initiative_url
    return {family: list(named.items()) for family, named in found.items()}


def _family_row(
    one: Mapping[str, Any], names: Mapping[int, Sequence[tuple[str, str]]]
) -> list[object]:
    named = names.get(int(one["family"]), ())
    head = ", ".join(name for name, _url in named) or _("not public")
    return [
        Cell(head, url=named[0][1] if len(named) == 1 else ""),
        Stance(one["stance"]).label if one.get("stance") in Stance.values else "–",
        _yes_no(one.get("is_lasting")),
        "–" if one.get("months") is None else str(one["months"]),
        _yes_no(one.get("is_independent")),
        _yes_no(one.get("is_relevant")),
    ]


def _yes_no(value: object) -> str:
    words: dict[object, str] = {True: _("yes"), False: _("no")}
    return words.get(value, _("unknown"))


# --- What the page of a lesson shows --------------------------------------------------------------


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
        quotations=_pages_quotations(user, lesson),
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


def _pages_quotations(user: Person, lesson: Lesson) -> list[QuotationView]:
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
