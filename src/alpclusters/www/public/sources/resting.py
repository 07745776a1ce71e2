"""What rests on a source: places page by page, activities, lessons, measures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from alpclusters.platform.evidence.domain.documents.files import place_words
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    Document,
    Initiative,
    Lesson,
    LessonMeasure,
    Quotation,
)
from alpclusters.platform.evidence.rules import visible_initiatives, visible_lessons
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.measures.rules import visible_to
from alpclusters.platform.partnership.roles import Person
from alpclusters.www.public.initiatives.said import Said, page_labels, said
from alpclusters.www.public.initiatives.search import initiative_url


@dataclass(frozen=True)
class Resting:
    """A thing that rests on the source, and what in turn rests on it."""

    name: Said
    url: str
    note: str = ""
    leads_to: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Place:
    """A quoted place and what it is quoted for."""

    words: str
    of: Resting
    is_lesson: bool


@dataclass(frozen=True)
class PageView:
    """All places of one page; without a number where the source has no pages."""

    number: int | None
    name: str
    places: Sequence[Place]


@dataclass(frozen=True)
class RestingView:
    """Everything that rests on a source."""

    pages: Sequence[PageView] = ()
    initiatives: Sequence[Resting] = ()
    activities: Sequence[Resting] = ()
    lessons: Sequence[Resting] = ()
    measures: Sequence[Resting] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing rests on it."""
        found = (self.pages, self.initiatives, self.activities, self.lessons, self.measures)
        return not any(found)


@dataclass
class _Chain:
    """The things between a source and the measures, each once."""

    activities: dict[int, Activity] = field(default_factory=dict)
    lessons: dict[int, Lesson] = field(default_factory=dict)
    # Activity -> lessons on which it bears; lesson -> measures that it suggests.
    bears: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    suggests: dict[int, list[Measure]] = field(default_factory=lambda: defaultdict(list))


def read_resting(user: Person, document: Document) -> RestingView:
    """Read what a person may see of what rests on a source."""
    quotations = _quotations(user, document)
    chain = _chain(user, quotations)
    described = visible_to(user).filter(described_in=document).order_by("order", "pk")
    return RestingView(
        pages=_pages(quotations, chain),
        initiatives=_initiatives(user, document),
        activities=[_activity(a, chain) for a in chain.activities.values()],
        lessons=[_lesson(lesson, chain) for lesson in chain.lessons.values()],
        measures=_measures(list(described), chain),
    )


def _quotations(user: Person, document: Document) -> list[Quotation]:
    of_activity = Q(activity__initiative__in=visible_initiatives(user)) & ~Q(
        activity__state=Activity.State.OPEN
    )
    of_lesson = Q(lesson__in=visible_lessons(user))
    rows = Quotation.objects.filter(of_activity | of_lesson, document=document)
    related = rows.select_related("document", "activity__initiative", "lesson")
    return sorted(related.order_by("pk"), key=lambda q: (q.page or 0, q.page_end or 0, q.pk))


def _chain(user: Person, quotations: Sequence[Quotation]) -> _Chain:
    chain = _Chain()
    for row in quotations:
        if row.activity:
            chain.activities.setdefault(row.activity.pk, row.activity)
        elif row.lesson:
            chain.lessons.setdefault(row.lesson.pk, row.lesson)
    bearings = Bearing.objects.filter(
        activity__in=chain.activities, lesson__in=visible_lessons(user)
    )
    for bearing in bearings.exclude(stance="").select_related("lesson").order_by("pk"):
        chain.lessons.setdefault(bearing.lesson_id, bearing.lesson)
        chain.bears[bearing.activity_id].append(bearing.lesson_id)
    suggestions = LessonMeasure.objects.filter(
        lesson__in=chain.lessons, measure__in=visible_to(user)
    )
    for one in suggestions.select_related("measure").order_by("measure__order", "pk"):
        chain.suggests[one.lesson_id].append(one.measure)
    return chain


def _pages(quotations: Sequence[Quotation], chain: _Chain) -> list[PageView]:
    labels = page_labels(quotations)
    by_page: dict[int | None, list[Quotation]] = defaultdict(list)
    for row in quotations:
        by_page[row.page].append(row)
    return [
        PageView(
            number,
            place_words(rows[0], labels.get(rows[0].document_id, {})),
            [_place(row, chain) for row in rows],
        )
        for number, rows in by_page.items()
    ]


def _place(row: Quotation, chain: _Chain) -> Place:
    if row.activity:
        return Place(row.words, _activity(row.activity, chain), is_lesson=False)
    assert row.lesson is not None, "a constraint of the database"  # noqa: S101
    return Place(row.words, _lesson(row.lesson, chain), is_lesson=True)


def _activity(activity: Activity, chain: _Chain) -> Resting:
    initiative = activity.initiative
    lessons = [chain.lessons[pk] for pk in chain.bears.get(activity.pk, ())]
    return Resting(
        said(activity, "name"),
        initiative_url(initiative.key, activity.number),
        initiative.acronym,
        [(said(one, "statement").text, _lesson_url(one)) for one in lessons],
    )


def _lesson(lesson: Lesson, chain: _Chain) -> Resting:
    return Resting(
        said(lesson, "statement"),
        _lesson_url(lesson),
        leads_to=[(m.name, _measure_url(m)) for m in chain.suggests.get(lesson.pk, ())],
    )


def _lesson_url(lesson: Lesson) -> str:
    return reverse("public:lesson", args=[lesson.key])


def _measure_url(measure: Measure) -> str:
    return reverse("public:measure", args=[measure.key])


def _initiatives(user: Person, document: Document) -> list[Resting]:
    rows = visible_initiatives(user).filter(documents=document).order_by("acronym", "pk")
    return [_initiative(row) for row in rows]


def _initiative(row: Initiative) -> Resting:
    return Resting(Said(row.acronym), initiative_url(row.key), said(row, "title").text)


def _measures(described: Sequence[Measure], chain: _Chain) -> list[Resting]:
    """Return the measures described in it, then those that lessons behind it suggest."""
    suggested = [m for measures in chain.suggests.values() for m in measures]
    every = {m.pk: m for m in (*described, *suggested)}
    return [Resting(Said(m.name), _measure_url(m)) for m in every.values()]
