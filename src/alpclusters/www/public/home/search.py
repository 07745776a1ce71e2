"""Search over everything public, in all five languages at once, accents folded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery, Scope
from alpclusters.platform.actors.domain.directory.searching import search
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evidence.domain.search import Hits, Kind, search_evidence
from alpclusters.platform.evidence.models import Document, Initiative, Lesson
from alpclusters.platform.languages.folding import fold, fold_umlauts
from alpclusters.platform.languages.text import Text
from alpclusters.platform.measures.rules import visible_to as visible_measures
from alpclusters.platform.partnership.roles import EVERY_ROLE, Person, project_ids
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region, Standing
from alpclusters.platform.worlds import foreign_to
from alpclusters.www.components.marked_text import Piece, marked
from alpclusters.www.public.directory.filters import list_address
from alpclusters.www.public.directory.hits import HitView, hit_views
from alpclusters.www.public.funding.asking import FundingQuery, Order, Shown, address
from alpclusters.www.public.funding.entry_list import Hit as Line
from alpclusters.www.public.funding.entry_list import entries_of, hit_of
from alpclusters.www.public.funding.finding import find_entries

# --- What a search of the whole site finds, whatever found it -------------------------------------


MOST: Final = 20
KINDS: Final = {
    "measure": gettext_lazy("Measures"),
    "initiative": gettext_lazy("Initiatives"),
    "lesson": gettext_lazy("Lessons"),
    "document": gettext_lazy("Sources"),
    "project": gettext_lazy("Projects"),
    "organisation": gettext_lazy("Organisations"),
    "offer": gettext_lazy("Offers of funding"),
    "programme": gettext_lazy("Funding programmes"),
    "region": gettext_lazy("Regions"),
    "cafe": gettext_lazy("AlpCafés"),
}


@dataclass(frozen=True)
class Candidate:
    """One thing that can be found, with its titles and texts by language."""

    kind: str
    title: str
    url: str
    note: str
    titles: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str]] = ()
    is_simulated: bool = False
    is_unverified: bool = False


@dataclass(frozen=True)
class Hit:
    """A thing that was found; ``foreign`` is the title of another language that matched."""

    candidate: Candidate
    pieces: Sequence[Piece]
    score: int
    foreign: str = ""
    foreign_language: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind."""

    label: Any
    hits: Sequence[Hit]
    total: int
    # Where all of them are.
    more_url: str = ""


# --- Initiatives, lessons and sources that a search of the whole site finds -----------------------


# A title with all the words comes before a text with them; the index has put them in order.
_SCORE: Final = 1


def evidence_groups(user: Person, query: str, *, is_simulated: bool) -> dict[str, Group]:
    """Return the best hits of each kind of evidence, of one world."""
    wanted = (Kind.INITIATIVE, Kind.LESSON, Kind.DOCUMENT)
    found = search_evidence(query, kinds=wanted, public_only=project_ids(user, *EVERY_ROLE) == [])
    words = query.split()
    return {
        name: _evidence_group(
            name, _own(found, kind, is_simulated=is_simulated), kind, describe, words
        )
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


def _evidence_group(
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


# --- Programmes and offers of funding that a search of the whole site finds -----------------------


_KINDS: Final = {"offer": Shown.OFFERS, "programme": Shown.PROGRAMMES}


def funding_groups(query: str, *, is_simulated: bool) -> dict[str, Group]:
    """Return the best hits among offers and programmes, with the address of all of them."""
    return {
        kind: _funding_group(kind, shown, query, is_simulated=is_simulated)
        for kind, shown in _KINDS.items()
    }


def _funding_group(kind: str, shown: Shown, text: str, *, is_simulated: bool) -> Group:
    asked = FundingQuery(
        shown=shown, text=text, order=Order.NAME, size=MOST, simulated=is_simulated
    )
    today = timezone.localdate()
    found = find_entries(asked, today=today)
    entries = entries_of(shown, found.page_ids)
    hits = [_funding_hit(kind, hit_of(shown, entry, today), text.split()) for entry in entries]
    return Group(KINDS[kind], hits, found.total, address("public:funding", replace(asked, page=1)))


def _funding_hit(kind: str, line: Line, words: list[str]) -> Hit:
    title = str(line.name.text)
    candidate = Candidate(
        kind,
        title,
        line.url,
        line.about,
        [("", title)],
        is_simulated=line.is_simulated,
        is_unverified=line.unverified,
    )
    return Hit(candidate, marked(title, words), _SCORE)


# --- Search over everything public, in all five languages at once, accents folded -----------------
#
# The texts are read with one query per kind and folded in memory: folding is remembered per text,
# so a search of a few thousand texts takes milliseconds and never shows a stale index.
# Organisations and evidence come from indexes of their own.


# What is of no world is found in both.
REFERENCE: Final = frozenset({"measure", "region"})
WHOLE_TITLE, TITLE_START, TITLE_WORD, TITLE_PART, TEXT_PART = 5, 4, 3, 2, 1


@dataclass(frozen=True)
class Found:
    """The whole answer."""

    groups: Sequence[Group] = field(default_factory=list)
    total: int = 0


def search_everything(user: Person, query: str, *, is_simulated: bool = False) -> Found:
    """Find what contains every word of the query, in any of the five languages, of one world."""
    words = query.split()
    if not words:
        return Found()
    own = (c for c in candidates(user) if c.kind in REFERENCE or c.is_simulated == is_simulated)
    hits = [hit for c in own if (hit := _search_hit(c, words))]
    indexed = {
        "organisation": listed_organisations(query, is_simulated=is_simulated),
        **evidence_groups(user, query, is_simulated=is_simulated),
        **funding_groups(query, is_simulated=is_simulated),
    }
    groups = [_search_group(kind, hits, indexed.get(kind)) for kind in KINDS]
    return Found([g for g in groups if g.hits], sum(g.total for g in groups))


def candidates(user: Person) -> Iterator[Candidate]:
    """Read everything a person may find; one query per kind."""
    yield from _measures(user)
    yield from _projects(user)
    yield from _partners()
    yield from _regions()
    yield from _cafes()


def _search_group(kind: str, hits: Iterable[Hit], listed: Group | None) -> Group:
    own = [h for h in hits if h.candidate.kind == kind]
    best = sorted(own, key=lambda h: (-h.score, h.candidate.title.lower()))
    if listed is None:
        return Group(KINDS[kind], best[:MOST], len(own))
    shown = [*listed.hits, *best][:MOST]
    return Group(KINDS[kind], shown, len(own) + listed.total, listed.more_url)


def _search_hit(candidate: Candidate, words: Sequence[str]) -> Hit | None:
    scores = [_best(candidate, word) for word in words]
    if not all(score for score, _code in scores):
        return None
    pieces = marked(candidate.title, words)
    score = sum(score for score, _code in scores)
    if any(piece.is_hit for piece in pieces):
        return Hit(candidate, pieces, score)
    language = scores[0][1]
    foreign = dict(candidate.titles).get(language, "") if language != get_language() else ""
    return Hit(candidate, pieces, score, foreign, language)


def _best(candidate: Candidate, word: str) -> tuple[int, str]:
    """Return how well a word fits and in which language; own language first."""
    own = get_language()
    rated = [(_title_score(text, word), code == own, code) for code, text in candidate.titles]
    rated += [
        (TEXT_PART, code == own, code) for code, text in candidate.texts if _within(text, word)
    ]
    score, _own, code = max(rated, default=(0, False, ""))
    return score, code


def _title_score(text: str, word: str) -> int:
    return max(_place(fold(text), fold(word)), _place(fold_umlauts(text), fold_umlauts(word)))


def _place(text: str, word: str) -> int:
    if text == word:
        return WHOLE_TITLE
    if text.startswith(word):
        return TITLE_START
    if f" {word}" in text:
        return TITLE_WORD
    return TITLE_PART if word in text else 0


def _within(text: str, word: str) -> bool:
    return fold(word) in fold(text) or fold_umlauts(word) in fold_umlauts(text)


def _languages(thing: Any, name: str) -> list[tuple[str, str]]:
    text: Text = getattr(thing, name)
    return list(text.by_language.items())


def _measures(user: Person) -> Iterator[Candidate]:
    for measure in visible_measures(user).order_by("order", "pk"):
        yield Candidate(
            "measure",
            measure.name,
            reverse("public:measure", args=[measure.key]),
            measure.description,
            _languages(measure, "name"),
            _languages(measure, "description"),
        )


def _projects(user: Person) -> Iterator[Candidate]:
    for project in visible_projects(user).order_by("pk"):
        yield Candidate(
            "project",
            project.acronym,
            reverse("public:project", args=[project.slug]),
            project.name,
            [(get_language() or "", project.acronym), *_languages(project, "name")],
            _languages(project, "summary"),
            is_simulated=project.is_simulated,
        )


def _partners() -> Iterator[Candidate]:
    """Return partners that the directory does not list: their page is the page of the project."""
    rows = Organisation.objects.filter(partner__project__is_public=True, is_listed=False).values(
        "name", "short_name", "town", "country", "status", "is_simulated", "partner__project__slug"
    )
    for row in rows.order_by("name", "pk"):
        yield Candidate(
            "organisation",
            row["name"],
            reverse("public:project", args=[row["partner__project__slug"]]),
            ", ".join(filter(None, (row["town"], country_name(row["country"], get_language())))),
            [("", row["name"]), ("", row["short_name"])],
            [("", row["town"])],
            is_simulated=row["is_simulated"],
            is_unverified=row["status"] == "unverified" and not row["is_simulated"],
        )


def listed_organisations(query: str, *, is_simulated: bool) -> Group:
    """Return the best hits of the directory, which has an index of its own."""
    asked = DirectoryQuery(
        today=timezone.localdate(),
        text=query,
        scope=Scope.ALL,
        size=MOST,
        simulated=is_simulated,
    )
    result = search(asked)
    if result.corrections:
        return Group(KINDS["organisation"], [], 0)
    hits = [_directory_hit(view) for view in hit_views(result)]
    return Group(KINDS["organisation"], hits, result.total, list_address(asked))


def _directory_hit(view: HitView) -> Hit:
    candidate = Candidate(
        "organisation",
        view.name,
        view.url,
        view.place,
        [("", view.name)],
        is_simulated=view.is_simulated,
        is_unverified=view.standing == "unverified",
    )
    return Hit(candidate, view.pieces, WHOLE_TITLE)


def _regions() -> Iterator[Candidate]:
    """Return the regions of the current vintage."""
    for region in Region.objects.current().filter(level__lte=3):
        yield Candidate(
            "region",
            region.name,
            reverse("public:region", args=[region.code]),
            f"{region.code}, {country_name(region.country, get_language())}",
            [*_languages(region, "name"), ("", region.code)],
        )


def _cafes() -> Iterator[Candidate]:
    for cafe in AlpCafe.objects.public().select_related("project", "region"):
        yield Candidate(
            "cafe",
            cafe.title,
            reverse("public:cafe", args=[cafe.pk]),
            ", ".join(filter(None, (cafe.region.name, cafe.place))),
            _languages(cafe, "title") or [("", cafe.title)],
            [*_languages(cafe.region, "name"), ("", cafe.place)],
            is_simulated=cafe.is_simulated,
        )
