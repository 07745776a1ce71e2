"""What the list of lessons shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.domain.grading import ShownGrade
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import without
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.lessons.finding import ORDER, Found, LessonResult, find_lessons
from alpclusters.www.public.lessons.queries import (
    Facet,
    LessonQuery,
    address,
    write_query,
)
from alpclusters.www.public.lessons.verdicts import VerdictView, verdict_view
from alpclusters.www.worlds import in_world

FORMATS: Final = ("csv", "xlsx", "json")
MOST_SHOWN: Final = 8
FACETS: Final = {
    Facet.CERTAINTY: _("Certainty"),
    Facet.VERDICT: _("It says"),
    Facet.TYPE: _("Type of measure"),
}


@dataclass(frozen=True)
class LessonCard:
    """One lesson of the list."""

    statement: Said
    url: str
    verdict: VerdictView
    measure: str
    grade: ShownGrade
    letter: str
    is_simulated: bool
    is_draft: bool


@dataclass(frozen=True)
class LessonList:
    """Everything the template names."""

    query: LessonQuery
    total: int
    cards: Sequence[LessonCard]
    numbers: Page[Any]
    filters: Sequence[FilterView]
    chips: Sequence[Chip]
    exports: Sequence[tuple[str, str]]
    reset_url: str
    written: str

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)

    @property
    def simulated(self) -> bool:
        """Whether the lessons are invented."""
        return bool(self.query.simulated)


def read_list(user: Person, query: LessonQuery) -> LessonList:
    """Search, and put the answer into words."""
    result = find_lessons(query, seen_by=user)
    query, types = result.query, type_names()
    return LessonList(
        query=query,
        total=result.total,
        cards=[_card(one, types) for one in result.on_page],
        numbers=Paginator(range(result.total), query.size).get_page(query.page),
        filters=[v for v in (_filter(f, result, types) for f in Facet) if _tells_apart(v)],
        chips=_chips(query, types),
        exports=[(f.upper(), address("public:lessons-export", query, f)) for f in FORMATS],
        reset_url=in_world(reverse("public:lessons"), is_simulated=bool(query.simulated)),
        written=write_query(query),
    )


def type_names() -> dict[str, str]:
    """Return what the types of measures are called (one query)."""
    rows = Measure.objects.of_catalogue().order_by("order", "pk")
    return {m.type_key: m.name for m in rows}


def letter_of(grade: str) -> str:
    """Return the letter for the component; nothing where nothing can be graded."""
    return "" if grade == Lesson.Grade.NONE else grade


def _card(one: Found, types: Mapping[str, str]) -> LessonCard:
    lesson = one.lesson
    return LessonCard(
        statement=said(lesson, "statement"),
        url=reverse("public:lesson", args=[lesson.key]),
        verdict=verdict_view(lesson.verdict, is_graded=bool(letter_of(one.grade.grade))),
        measure=types.get(lesson.measure_type, ""),
        grade=one.grade,
        letter=letter_of(one.grade.grade),
        is_simulated=lesson.is_simulated,
        is_draft=not lesson.is_published,
    )


def _tells_apart(view: FilterView) -> bool:
    return bool(view.n_chosen) or len(view.first) > 1


def _filter(facet: Facet, result: LessonResult, types: Mapping[str, str]) -> FilterView:
    chosen = result.query.chosen.get(facet, frozenset())
    counts = result.facets[facet]
    options = [
        FacetOption(v, value_name(facet, v, types), counts.get(v, 0), v in chosen)
        for v in _values(facet, set(counts) | chosen, types)
    ]
    n = max(MOST_SHOWN, sum(option.is_chosen for option in options))
    return FilterView(
        facet.value, FACETS[facet], options[:n], options[n:], len(chosen), is_open=True
    )


def _values(facet: Facet, present: set[str], types: Mapping[str, str]) -> list[str]:
    """Return values in the order of the field; what is not known comes last."""
    order = {
        Facet.CERTAINTY: list(ORDER),
        Facet.VERDICT: Lesson.Verdict.values,
        Facet.TYPE: list(types),
    }[facet]
    return [*(v for v in order if v in present), *sorted(present - set(order))]


def value_name(facet: Facet, value: str, types: Mapping[str, str]) -> Any:
    """Return what a value of a filter is called."""
    if facet is Facet.CERTAINTY:
        label = dict(Lesson.Grade.choices).get(value, value)
        return label if value == Lesson.Grade.NONE else f"{value}: {label}"
    if facet is Facet.VERDICT:
        return dict(Lesson.Verdict.choices).get(value, value)
    return types.get(value, value)


def _chips(query: LessonQuery, types: Mapping[str, str]) -> list[Chip]:
    return [
        Chip(
            value_name(facet, value, types), address("public:lessons", without(query, facet, value))
        )
        for facet in Facet
        for value in sorted(query.chosen.get(facet, ()))
    ]
