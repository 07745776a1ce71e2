"""Search over everything public, in all five languages at once, accents folded.

The texts are read with one query per kind and folded in memory: folding is remembered per text,
so a search of a few thousand texts takes milliseconds and never shows a stale index. Organisations
and evidence come from indexes of their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery, Scope
from alpclusters.platform.actors.domain.directory.searching import search
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.folding import fold, fold_umlauts
from alpclusters.platform.languages.text import Text
from alpclusters.platform.measures.rules import visible_to as visible_measures
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.marking import marked
from alpclusters.www.public.directory.filters import list_address
from alpclusters.www.public.directory.hits import HitView, hit_views
from alpclusters.www.public.home.evidence import evidence_groups
from alpclusters.www.public.home.funding import funding_groups
from alpclusters.www.public.home.hits import KINDS, MOST, Candidate, Group, Hit

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
    hits = [hit for c in own if (hit := _hit(c, words))]
    indexed = {
        "organisation": listed_organisations(query, is_simulated=is_simulated),
        **evidence_groups(user, query, is_simulated=is_simulated),
        **funding_groups(query, is_simulated=is_simulated),
    }
    groups = [_group(kind, hits, indexed.get(kind)) for kind in KINDS]
    return Found([g for g in groups if g.hits], sum(g.total for g in groups))


def candidates(user: Person) -> Iterator[Candidate]:
    """Read everything a person may find; one query per kind."""
    yield from _measures(user)
    yield from _projects(user)
    yield from _partners()
    yield from _regions()
    yield from _cafes()


def _group(kind: str, hits: Iterable[Hit], listed: Group | None) -> Group:
    own = [h for h in hits if h.candidate.kind == kind]
    best = sorted(own, key=lambda h: (-h.score, h.candidate.title.lower()))
    if listed is None:
        return Group(KINDS[kind], best[:MOST], len(own))
    shown = [*listed.hits, *best][:MOST]
    return Group(KINDS[kind], shown, len(own) + listed.total, listed.more_url)


def _hit(candidate: Candidate, words: Sequence[str]) -> Hit | None:
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
