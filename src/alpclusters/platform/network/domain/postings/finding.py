"""Find postings in the reader's words: a need in Italian is found in Slovenian.

A word of the query fits a posting in one of three ways: it, or a word that means the same in
another language (the thesaurus of the directory), stands in the posting, in the names of its
sectors and technologies in all five languages, or in the name of its organisation; or the glossary
of the AlpCafé cards knows both as one concept. Postings with all words come first; if there are
none, those with at least half of them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import Final

from django.db.models import Count, QuerySet

from alpclusters.analysis.similarity import Glossary
from alpclusters.analysis.similarity.words import words_of
from alpclusters.platform.actors.domain.directory.documents import parts, stem, thesaurus, tokens
from alpclusters.platform.actors.domain.directory.queries import Group, Needle, read_groups
from alpclusters.platform.actors.domain.named_lists import technology_label
from alpclusters.platform.actors.domain.sectors import SECTIONS, section_of, sector_name
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.cafe.domain.similar import GLOSSARY
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.models import Introduction, Posting
from alpclusters.platform.seed_rows import read_rows

# --- Which postings visitors see, of a measure, of an organisation; and where they belong ---------


_DIVISION = 2


def open_postings(day: date) -> QuerySet[Posting]:
    """List what is open on a day: published, not expired, of listed organisations."""
    rows = Posting.objects.open_on(day).filter(organisation__is_listed=True)
    return rows.select_related("organisation__region", "organisation__cluster", "measure")


def readable_postings() -> QuerySet[Posting]:
    """List the postings whose page visitors may open: also those that expired or were closed."""
    states = (Posting.State.PUBLISHED, Posting.State.CLOSED)
    rows = Posting.objects.filter(
        state__in=states,
        published_at__isnull=False,
        organisation__is_listed=True,
        organisation__merged_into=None,
    )
    return rows.select_related("organisation__region", "organisation__cluster", "measure")


def postings_of_measure(measure: Measure, day: date) -> QuerySet[Posting]:
    """List the open postings that came out of a measure, the newest first."""
    return open_postings(day).filter(measure=measure).order_by("-published_at", "-pk")


def postings_of(organisations: Iterable[int]) -> QuerySet[Posting]:
    """List all postings of some organisations, in every state, the last changed first."""
    rows = Posting.objects.filter(organisation__in=organisations, organisation__merged_into=None)
    return rows.select_related("organisation", "change").order_by("-changed_at", "-pk")


def n_interested(postings: Iterable[Posting]) -> dict[int, int]:
    """Count by posting how many organisations expressed interest; withdrawn ones do not count."""
    asked = Introduction.objects.filter(posting__in=[one.pk for one in postings])
    kept = asked.exclude(state=Introduction.State.WITHDRAWN).order_by()
    rows = kept.values("posting").annotate(n=Count("asking", distinct=True))
    return {row["posting"]: row["n"] for row in rows}


def lies_in(organisation: Organisation, territory: Collection[str]) -> bool:
    """Say whether an organisation is seated in one of some countries or regions; empty is all."""
    if not territory:
        return True
    code = organisation.region.code if organisation.region else ""
    places = {organisation.country, *(code[:n] for n in range(2, len(code) + 1))}
    return not places.isdisjoint(territory)


def works_in(posting: Posting, sectors: Collection[str]) -> bool:
    """Say whether a posting belongs to one of some sectors, at any level; empty is all."""
    return not sectors or any(_meet(own, code) for own in posting.sectors for code in sectors)


def division_of(code: str) -> str:
    """Return the division of a code of NACE; a section stays what it is.

    Examples
    --------
    >>> division_of("28.41"), division_of("C")
    ('28', 'C')
    """
    return code if code in SECTIONS else code[:_DIVISION]


def _meet(one: str, other: str) -> bool:
    """Say whether one code lies in the other."""
    if one in SECTIONS or other in SECTIONS:
        return section_of(one) == section_of(other)
    return one.startswith(other) or other.startswith(one)


# --- Find postings in the reader's words: a need in Italian is found in Slovenian -----------------


SIZE: Final = 20
# How much of an ending is cut, and what must be left: lesena, robotov, lesa.
MOST_CUT: Final = 3
SHORTEST_BEGIN: Final = 3
_NUTS2: Final = 4


class Facet(StrEnum):
    """A filter, named as in the address."""

    KIND = "kind"
    COUNTRY = "country"
    REGION = "region"
    SECTOR = "sector"
    LANGUAGE = "language"


@dataclass(frozen=True)
class PostingQuery:
    """A search: words in a language, filters, page."""

    text: str = ""
    language: str = "en"
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    page: int = 1
    size: int = SIZE
    # None: real ones, and invented ones only where there are no others.
    simulated: bool | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a posting can be found by.

    Attributes
    ----------
    sorted : tuple of str
        All words, folded, in alphabetical order.
    title : tuple of str
        Those of the title, in alphabetical order.
    concepts : frozenset of str
        What the glossary finds in it.
    """

    sorted: tuple[str, ...]
    title: tuple[str, ...]
    concepts: frozenset[str]


@dataclass(frozen=True)
class Found:
    """A posting with how many words of the query it has, in all and in the title."""

    posting: Posting
    n_words: int
    n_in_title: int

    @cached_property
    def values(self) -> Mapping[Facet, frozenset[str]]:
        """The values of each filter."""
        body = self.posting.organisation
        code = body.region.code[:_NUTS2] if body.region else ""
        return {
            Facet.KIND: frozenset((self.posting.kind,)),
            Facet.COUNTRY: frozenset(filter(None, (body.country,))),
            Facet.REGION: frozenset(filter(None, (code,))),
            Facet.SECTOR: frozenset(division_of(code) for code in self.posting.sectors),
            Facet.LANGUAGE: frozenset((self.posting.language,)),
        }

    def fits(self, chosen: Mapping[Facet, frozenset[str]], *, but: Facet | None = None) -> bool:
        """Say whether it has one of the chosen values of every other filter."""
        values = self.values
        return all(values[one] & wanted for one, wanted in chosen.items() if one is not but)


@dataclass(frozen=True)
class PostingResult:
    """Hits in order, and hits per value of each filter under all other ones.

    Attributes
    ----------
    query : PostingQuery
    found : sequence of Found
    facets : mapping of Facet to Counter
    n_groups : int
        How many words the query has; words that belong together count once.
    is_partial : bool
        Whether no posting has all words, so that those with at least half are shown.
    """

    query: PostingQuery
    found: Sequence[Found]
    facets: Mapping[Facet, Counter[str]]
    n_groups: int
    is_partial: bool

    @property
    def total(self) -> int:
        """How many postings fit."""
        return len(self.found)

    @property
    def on_page(self) -> Sequence[Found]:
        """Those of the page."""
        start = (self.query.page - 1) * self.query.size
        return self.found[start : start + self.query.size]


def find_postings(query: PostingQuery, *, today: date) -> PostingResult:
    """Find the postings that are open and fit; the newest first, the best first with words.

    Postings are written by people and expire: there are hundreds, and all are read. With 1,000 open
    ones a search takes about a tenth of a second of processor time, the first one after a start
    three quarters, because the words of every posting are read once.
    """
    groups = groups_of(query)
    is_open = open_postings(today)
    is_simulated = query.simulated
    if is_simulated is None:
        is_simulated = not is_open.filter(is_simulated=False).exists() and is_open.exists()
    rows = is_open.filter(is_simulated=is_simulated).order_by("-published_at", "-pk")
    every = [_rate(row, groups, query.language) for row in rows]
    kept, is_partial = _kept(every, len(groups))
    kept.sort(key=lambda one: (-one.n_words, -one.n_in_title))
    found = [one for one in kept if one.fits(query.chosen)]
    facets = {facet: _counted(kept, query, facet) for facet in Facet}
    last = max(1, -(-len(found) // query.size))
    asked = replace(query, page=min(query.page, last), simulated=is_simulated)
    return PostingResult(asked, found, facets, len(groups), is_partial)


def groups_of(query: PostingQuery) -> tuple[Group, ...]:
    """Read the words of a query; an inflected word also finds what its stem means elsewhere."""
    groups = read_groups(query.text, exact=False)
    return tuple(one if one.foreign else _uninflected(one, query.language) for one in groups)


def _uninflected(group: Group, language: str) -> Group:
    """Add what a word means whose ending the thesaurus does not know: lesena is of les."""
    for n in range(1, MOST_CUT + 1):
        begin = group.typed[:-n]
        if len(begin) >= SHORTEST_BEGIN and _is_word(begin, language):
            known = read_groups(begin, exact=False)[0].foreign
            return replace(group, ways=(*group.ways, *known))
    return group


def _is_word(begin: str, language: str) -> bool:
    """Say whether the thesaurus has the beginning as a word of the reader's language."""
    own = [one.tokens for one in thesaurus().at([begin])[1] if one.language == language]
    wanted = stem(fold(begin))
    return any(len(words) == 1 and stem(words[0][0]) == wanted for words in own)


def _kept(every: Sequence[Found], n_groups: int) -> tuple[list[Found], bool]:
    """Keep the postings with all words; else those with half of them, and say so."""
    whole = [one for one in every if one.n_words == n_groups]
    if whole or not n_groups:
        return whole, False
    half = [one for one in every if one.n_words and 2 * one.n_words >= n_groups]
    return half, bool(half)


def _rate(posting: Posting, groups: Sequence[Group], language: str) -> Found:
    if not groups:
        return Found(posting, 0, 0)
    words = words_of_posting(posting)
    n = sum(_has(words, group, language) for group in groups)
    in_title = sum(any(_fits(way.needles, words.title) for way in group.ways) for group in groups)
    return Found(posting, n, in_title)


def _has(words: Words, group: Group, language: str) -> bool:
    if any(_fits(way.needles, words.sorted) for way in group.ways):
        return True
    meant = {hit.concept for hit in glossary().hits(words_of(group.typed), language)}
    return bool(meant) and meant <= words.concepts


def _fits(needles: Sequence[Needle], words: Sequence[str]) -> bool:
    """Say whether all needles are among sorted words."""
    return all(_is_among(needle, words) for needle in needles)


def _is_among(needle: Needle, words: Sequence[str]) -> bool:
    place = bisect_left(words, needle.text)
    return place < len(words) and needle.fits(words[place])


def _counted(every: Sequence[Found], query: PostingQuery, facet: Facet) -> Counter[str]:
    fitting = (one.values[facet] for one in every if one.fits(query.chosen, but=facet))
    return Counter(value for values in fitting for value in values)


# --- words of a posting -------------------------------------------------------------------------


def words_of_posting(posting: Posting) -> Words:
    """Return what a posting can be found by; remembered until it changes."""
    return _words(
        posting.organisation.name,
        posting.title,
        posting.text,
        posting.language,
        tuple(posting.sectors),
        tuple(posting.technologies),
    )


@lru_cache(maxsize=10_000)
def _words(
    name: str,
    title: str,
    text: str,
    language: str,
    sectors: tuple[str, ...],
    technologies: tuple[str, ...],
) -> Words:
    found = _with_parts(tokens(name, title, text, *_subjects(sectors, technologies)))
    in_title = _with_parts(tokens(title))
    hits = glossary().hits(words_of(f"{title} {text}"), language)
    concepts = frozenset(hit.concept for hit in hits)
    return Words(tuple(sorted(found)), tuple(sorted(in_title)), concepts)


def _with_parts(found: frozenset[str]) -> frozenset[str]:
    """Add known words in compounds: Holzbau is found by Holz."""
    return found.union(*(parts(token) for token in found))


def _subjects(sectors: Sequence[str], technologies: Sequence[str]) -> list[str]:
    """Name sectors and technologies in all languages."""
    names = [sector_name(code, one) for code in sectors for one in LANGUAGE_CODES]
    return names + [technology_label(key, one) for key in technologies for one in LANGUAGE_CODES]


@cache
def glossary() -> Glossary:
    """Read the words of the field by concept, in five languages."""
    entries: dict[str, dict[str, str]] = {code: {} for code in LANGUAGE_CODES}
    for row in read_rows(GLOSSARY):
        for code in LANGUAGE_CODES:
            terms = filter(None, row[f"terms_{code}"].split("|"))
            entries[code] |= dict.fromkeys(terms, row["concept"])
    return Glossary.of(entries)
