"""Find lessons: words, certainty as shown, verdict and type of measure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from alpclusters.platform.evidence.domain.grading import ShownGrade, shown_grade
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.worlds import of_world
from alpclusters.www.public.lessons.queries import Facet, LessonQuery
from alpclusters.www.worlds import shown

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
