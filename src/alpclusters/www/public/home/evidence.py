"""Initiatives, lessons and sources that a search of the whole site finds."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.evidence.domain.search import Hits, Kind, search_evidence
from alpclusters.platform.evidence.models import Document, Initiative, Lesson
from alpclusters.platform.partnership.roles import EVERY_ROLE, Person, project_ids
from alpclusters.platform.territory.models import Standing
from alpclusters.platform.worlds import foreign_to
from alpclusters.www.components.marking import marked
from alpclusters.www.public.home.hits import KINDS, MOST, Candidate, Group, Hit

# A title with all the words comes before a text with them; the index has put them in order.
_SCORE: Final = 1


def evidence_groups(user: Person, query: str, *, is_simulated: bool) -> dict[str, Group]:
    """Return the best hits of each kind of evidence, of one world."""
    wanted = (Kind.INITIATIVE, Kind.LESSON, Kind.DOCUMENT)
    found = search_evidence(query, kinds=wanted, public_only=project_ids(user, *EVERY_ROLE) == [])
    words = query.split()
    return {
        name: _group(name, _own(found, kind, is_simulated=is_simulated), kind, describe, words)
        for name, kind, describe in (
            ("initiative", Kind.INITIATIVE, _initiative),
            ("lesson", Kind.LESSON, _lesson),
            ("document", Kind.DOCUMENT, _document),
        )
    }


def _own(found: Hits, kind: Kind, *, is_simulated: bool) -> list[int]:
    """Keep the hits of one world, in their order."""
    numbers = found.of(kind)
    foreign = foreign_to(_ROWS[kind]().model, numbers, is_simulated=is_simulated)
    return [pk for pk in numbers if pk not in foreign]


def _group(
    name: str,
    numbers: Sequence[int],
    kind: Kind,
    describe: Callable[[Any], Candidate],
    words: Sequence[str],
) -> Group:
    things = {thing.pk: thing for thing in _ROWS[kind]().filter(pk__in=numbers[:MOST])}
    candidates = [describe(things[pk]) for pk in numbers[:MOST] if pk in things]
    hits = [Hit(c, marked(c.title, words), _SCORE) for c in candidates]
    return Group(KINDS[name], hits, len(numbers))


_ROWS: Final[dict[Kind, Callable[[], QuerySet[Any]]]] = {
    Kind.INITIATIVE: lambda: Initiative.objects.select_related("programme"),
    Kind.LESSON: Lesson.objects.all,
    Kind.DOCUMENT: Document.objects.all,
}


def _initiative(initiative: Initiative) -> Candidate:
    return Candidate(
        "initiative",
        initiative.acronym,
        reverse("public:initiative", args=[initiative.key]),
        ", ".join(filter(None, (initiative.title, str(initiative.programme or "")))),
        [("", initiative.acronym)],
        is_simulated=initiative.is_simulated,
        is_unverified=initiative.standing == Standing.UNVERIFIED,
    )


def _lesson(lesson: Lesson) -> Candidate:
    own = get_language()
    return Candidate(
        "lesson",
        lesson.statement,
        reverse("public:lesson", args=[lesson.key]),
        str(lesson.get_verdict_display()),
        [(code, text) for code, text in lesson.statement.by_language.items() if code == own],
        is_simulated=lesson.is_simulated,
    )


def _document(document: Document) -> Candidate:
    return Candidate(
        "document",
        document.title,
        reverse("public:source", args=[document.key]),
        ", ".join(filter(None, (document.authors, str(document.year or "")))),
        [("", document.title)],
        is_simulated=document.is_simulated,
        is_unverified=document.standing == Standing.UNVERIFIED,
    )
