"""Find lessons: what one can ask, what a lesson says of a measure, and the list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.domain.grading import ShownGrade, shown_grade
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import (
    chosen_in,
    page_number,
    with_query,
    without,
    words_in,
    write_chosen,
)
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.worlds import asked_in, in_world, shown, write_world

# --- What one can ask the list of lessons ---------------------------------------------------------


SIZE: Final = 20


class Facet(StrEnum):
    """A filter, named as in the address."""

    CERTAINTY = "certainty"
    VERDICT = "verdict"
    TYPE = "type"


@dataclass(frozen=True)
class LessonQuery:
    """A search: words, filters, page."""

    text: str = ""
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    page: int = 1
    size: int = SIZE
    simulated: bool | None = None


def read_query(parameters: QueryDict) -> LessonQuery:
    """Read a search; what the list does not know is left out."""
    return LessonQuery(
        text=words_in(parameters),
        chosen=chosen_in(parameters, Facet),
        page=page_number(parameters.get("page", "")),
        simulated=asked_in(parameters),
    )


def write_query(query: LessonQuery) -> str:
    """Write a search, always in the same way."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    write_chosen(parameters, query.chosen, Facet)
    write_world(parameters, query.simulated)
    return parameters.urlencode()


def address(name: str, query: LessonQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    return with_query(reverse(name, args=args), write_query(query))


# --- What a lesson says of a measure: a word and a symbol -----------------------------------------


_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    Lesson.Verdict.WORKS: ("check", "good"),
    Lesson.Verdict.DOES_NOT_WORK: ("x", "bad"),
    Lesson.Verdict.DEPENDS: ("scale", "warn"),
}


@dataclass(frozen=True)
class VerdictView:
    """A verdict as a badge."""

    text: Any
    icon: str
    tone: str


def verdict_view(verdict: str, *, is_graded: bool) -> VerdictView:
    """Return the badge of a verdict; without evidence it only says what is claimed."""
    label = Lesson.Verdict(verdict).label
    if not is_graded:
        return VerdictView(
            gettext("without evidence yet: %(verdict)s") % {"verdict": label}, "quote", ""
        )
    icon, tone = _LOOKS[verdict]
    return VerdictView(label, icon, tone)


# --- Find lessons: words, certainty as shown, verdict and type of measure -------------------------


ORDER: Final = ("A", "B", "C", "D", "none")

type Values = Mapping[Facet, str]


@dataclass(frozen=True)
class Found:
    """A lesson with its certainty as shown."""

    lesson: Lesson
    grade: ShownGrade

    @property
    def values(self) -> Values:
        """The value of each filter; empty where it has none."""
        return {
            Facet.CERTAINTY: self.grade.grade,
            Facet.VERDICT: self.lesson.verdict,
            Facet.TYPE: self.lesson.measure_type,
        }

    def fits(self, chosen: Mapping[Facet, frozenset[str]], *, but: Facet | None = None) -> bool:
        """Say whether it has one of the chosen values of every other filter."""
        values = self.values
        return all(values[facet] in wanted for facet, wanted in chosen.items() if facet is not but)


@dataclass(frozen=True)
class LessonResult:
    """Hits, the most certain first, and hits per value of each filter under all other ones."""

    query: LessonQuery
    found: Sequence[Found]
    facets: Mapping[Facet, Counter[str]]

    @property
    def total(self) -> int:
        """How many lessons fit."""
        return len(self.found)

    @property
    def on_page(self) -> Sequence[Found]:
        """Those of the page."""
        start = (self.query.page - 1) * self.query.size
        return self.found[start : start + self.query.size]


def find_lessons(query: LessonQuery, *, seen_by: Person) -> LessonResult:
    """Find the lessons that a person may see and that fit.

    Lessons are written by people: there are hundreds, not thousands, and all are read.
    """
    words = fold(query.text).split()
    seen = visible_lessons(seen_by)
    is_simulated = shown(query.simulated, seen)
    rows = of_world(seen, is_simulated=is_simulated).order_by("pk")
    every = [Found(row, shown_grade(row)) for row in rows if _has_words(row, words)]
    every.sort(key=_order)
    found = [one for one in every if one.fits(query.chosen)]
    facets = {facet: _counted(every, query, facet) for facet in Facet}
    last = max(1, -(-len(found) // query.size))
    asked = replace(query, page=min(query.page, last), simulated=is_simulated)
    return LessonResult(asked, found, facets)


def _has_words(lesson: Lesson, words: Sequence[str]) -> bool:
    if not words:
        return True
    texts = (lesson.statement, lesson.condition)
    text = fold(" ".join(words for one in texts for words in one.each().values()))
    return all(word in text for word in words)


def _order(one: Found) -> tuple[int, int, int]:
    return ORDER.index(one.grade.grade), -one.grade.n_families, one.lesson.pk


def _counted(every: Sequence[Found], query: LessonQuery, facet: Facet) -> Counter[str]:
    fitting = (one.values[facet] for one in every if one.fits(query.chosen, but=facet))
    return Counter(value for value in fitting if value)


# --- What the list of lessons shows ---------------------------------------------------------------


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
