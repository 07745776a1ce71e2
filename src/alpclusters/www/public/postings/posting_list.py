"""Needs and offers: a search as an address, what the list shows, its rows and feed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.named_lists import technology_label
from alpclusters.platform.actors.domain.sectors import sector_label, sector_name
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES, nearest_language
from alpclusters.platform.network.domain.postings.finding import (
    Facet,
    Found,
    PostingQuery,
    PostingResult,
    find_postings,
    groups_of,
)
from alpclusters.platform.network.domain.postings.writing import EXPIRED, state_on
from alpclusters.platform.network.models import Posting
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.characters import clean_text
from alpclusters.www.components.marked_text import Piece
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import (
    chosen_in,
    page_number,
    with_query,
    without,
    words_in,
    write_chosen,
)
from alpclusters.www.public.directory.filters import FilterView, region_names
from alpclusters.www.public.directory.hits import highlighted, needles_of, organisation_url
from alpclusters.www.worlds import asked_in, in_world, write_world

# --- A search for needs and offers as an address and back -----------------------------------------


_LONGEST_VALUE: Final = 12


def read_query(parameters: QueryDict) -> PostingQuery:
    """Read a search in the language of the page; what the list does not know is left out."""
    return PostingQuery(
        text=words_in(parameters),
        language=nearest_language(get_language()),
        chosen=chosen_in(parameters, Facet, longest=_LONGEST_VALUE),
        page=page_number(parameters.get("page", "")),
        simulated=asked_in(parameters),
    )


def write_query(query: PostingQuery) -> str:
    """Write a search, always in the same way."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    write_chosen(parameters, query.chosen, Facet)
    write_world(parameters, query.simulated)
    return parameters.urlencode()


def address(name: str, query: PostingQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    return with_query(reverse(name, args=args), write_query(query))


# --- A posting in words: where its organisation is, how far it is, what it is about ---------------


# Few days left: the card says so.
SOON_DAYS: Final = 14
_COUNTRY: Final = 2
# state: (icon, tone, word) of its badge
LOOKS: Final[dict[str, tuple[str, str, Any]]] = {
    Posting.State.DRAFT: ("pencil", "", gettext_lazy("not handed in")),
    Posting.State.WAITING: ("clock", "warn", gettext_lazy("waits for the moderation")),
    Posting.State.PUBLISHED: ("check", "good", pgettext_lazy("need or offer", "open")),
    Posting.State.REFUSED: ("undo-2", "bad", gettext_lazy("sent back")),
    Posting.State.CLOSED: ("lock", "", pgettext_lazy("need or offer", "closed")),
    EXPIRED: ("clock", "warn", pgettext_lazy("need or offer", "expired")),
}


@dataclass(frozen=True)
class StateView:
    """How far a posting is, as a badge."""

    key: str
    text: Any
    icon: str
    tone: str


@dataclass(frozen=True)
class BodyView:
    """The organisation that posts."""

    name: str
    url: str
    place: str


def state_view(posting: Posting, today: date) -> StateView:
    """Return the badge of a posting on a day."""
    key = state_on(posting, today)
    icon, tone, text = LOOKS[key]
    return StateView(key, text, icon, tone)


def kind_name(posting: Posting) -> str:
    """Return the word for the kind as a heading: with a capital."""
    return gettext("Need") if posting.kind == Posting.Kind.NEED else gettext("Offer")


def foreign_language(posting: Posting) -> str:
    """Return the language of the text where it is not the reader's: named and marked there."""
    own = nearest_language(get_language())
    return "" if posting.language == own else str(dict(LANGUAGES)[posting.language])


def language_names(codes: Iterable[str]) -> list[str]:
    """Name languages by themselves, in the order of the site."""
    wanted = set(codes)
    return [name for code, name in LANGUAGES if code in wanted]


def body_view(organisation: Organisation) -> BodyView:
    """Return name, page and place of an organisation."""
    region = organisation.region.name if organisation.region else ""
    country = country_name(organisation.country, get_language()) if organisation.country else ""
    place = ", ".join(filter(None, (region, country)))
    return BodyView(organisation.name, organisation_url(organisation), place)


def subject_names(posting: Posting) -> list[str]:
    """Name sectors and technologies in the reader's language, each once."""
    language = get_language()
    names = [sector_name(code, language) for code in posting.sectors]
    names += [technology_label(key, language) for key in posting.technologies]
    return list(dict.fromkeys(names))


def place_names(codes: Iterable[str]) -> list[str]:
    """Name countries, and regions by name and code (a query only where there are regions)."""
    wanted = list(codes)
    regions = region_names(code for code in wanted if len(code) > _COUNTRY)
    language = get_language()
    return [
        f"{regions.get(code, '')} {code}".strip()
        if len(code) > _COUNTRY
        else country_name(code, language)
        for code in wanted
    ]


def posting_url(posting: Posting) -> str:
    """Return the public page of a posting."""
    return reverse("public:posting", args=[posting.pk])


def days_left(posting: Posting, today: date) -> int | None:
    """Return how many days are left where they are few; None where nothing presses."""
    days = (posting.expires_on - today).days
    return days if 0 <= days <= SOON_DAYS else None


# --- What the list of needs and offers shows ------------------------------------------------------


FORMATS: Final = ("csv", "json")
MOST_SHOWN: Final = 8
MOST_LETTERS: Final = 260
_OPEN: Final = frozenset({Facet.KIND, Facet.COUNTRY})
FACETS: Final = {
    Facet.KIND: _("Need or offer"),
    Facet.COUNTRY: _("Country"),
    Facet.REGION: _("Region"),
    Facet.SECTOR: _("Sector"),
    Facet.LANGUAGE: _("Language of the text"),
}


@dataclass(frozen=True)
class PostingCard:
    """One posting of the list."""

    posting: Posting
    kind: str
    title: Sequence[Piece]
    text: Sequence[Piece]
    url: str
    body: BodyView
    language: str
    subjects: Sequence[str]
    days_left: int | None


@dataclass(frozen=True)
class PostingList:
    """Everything the template names."""

    query: PostingQuery
    total: int
    cards: Sequence[PostingCard]
    numbers: Page[Any]
    filters: Sequence[FilterView]
    chips: Sequence[Chip]
    exports: Sequence[tuple[str, str]]
    feed_url: str
    reset_url: str
    written: str
    is_partial: bool

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)

    @property
    def simulated(self) -> bool:
        """Whether the postings are invented."""
        return bool(self.query.simulated)


def read_list(query: PostingQuery, *, today: date) -> PostingList:
    """Search, and put the answer into words."""
    result = find_postings(query, today=today)
    query = result.query
    regions = region_names([*result.facets[Facet.REGION], *query.chosen.get(Facet.REGION, ())])
    needles = needles_of(groups_of(query))
    views = [_filter(facet, result, regions) for facet in Facet]
    return PostingList(
        query=query,
        total=result.total,
        cards=[_card(one, needles, today) for one in result.on_page],
        numbers=Paginator(range(result.total), query.size).get_page(query.page),
        filters=[view for view in views if view.n_chosen or len(view.first) > 1],
        chips=_chips(query, regions),
        exports=[(f.upper(), address("public:postings-export", query, f)) for f in FORMATS],
        feed_url=address("public:postings-feed", query),
        reset_url=in_world(reverse("public:postings"), is_simulated=bool(query.simulated)),
        written=write_query(query),
        is_partial=result.is_partial,
    )


def _card(one: Found, needles: Sequence[Any], today: date) -> PostingCard:
    posting = one.posting
    return PostingCard(
        posting=posting,
        kind=kind_name(posting),
        title=highlighted(posting.title, needles),
        text=highlighted(_begin(posting.text), needles),
        url=posting_url(posting),
        body=body_view(posting.organisation),
        language=foreign_language(posting),
        subjects=subject_names(posting)[:3],
        days_left=days_left(posting, today),
    )


def _begin(text: str) -> str:
    """Return the beginning of a text, up to the end of a word."""
    flat = " ".join(text.split())
    if len(flat) <= MOST_LETTERS:
        return flat
    return f"{flat[:MOST_LETTERS].rsplit(' ', 1)[0]} …"


def _filter(facet: Facet, result: PostingResult, regions: Mapping[str, str]) -> FilterView:
    chosen = result.query.chosen.get(facet, frozenset())
    counts = result.facets[facet]
    options = [
        FacetOption(v, value_name(facet, v, regions), counts.get(v, 0), v in chosen)
        for v in _values(facet, set(counts) | chosen, counts, chosen)
    ]
    n = max(MOST_SHOWN, sum(option.is_chosen for option in options))
    return FilterView(
        facet.value, FACETS[facet], options[:n], options[n:], len(chosen),
        is_open=bool(chosen) or facet in _OPEN,
    )  # fmt: skip


def _values(
    facet: Facet, present: set[str], counts: Mapping[str, int], chosen: frozenset[str]
) -> list[str]:
    """Return fixed values in their order, others by their number of hits."""
    fixed = {Facet.KIND: Posting.Kind.values, Facet.LANGUAGE: list(LANGUAGE_CODES)}.get(facet)
    if fixed is not None:
        return [value for value in fixed if value in present]
    return sorted(present, key=lambda v: (v not in chosen, -counts.get(v, 0), v))


def value_name(facet: Facet, value: str, regions: Mapping[str, str]) -> Any:
    """Return what a value of a filter is called."""
    named: dict[Facet, Any] = {
        Facet.KIND: {Posting.Kind.NEED: _("Needs"), Posting.Kind.OFFER: _("Offers")}.get(value),  # type: ignore[call-overload]
        Facet.COUNTRY: country_name(value, get_language()),
        Facet.REGION: regions.get(value),
        Facet.SECTOR: sector_label(value, get_language()),
        Facet.LANGUAGE: dict(LANGUAGES).get(value),
    }
    return named[facet] or value


def _chips(query: PostingQuery, regions: Mapping[str, str]) -> list[Chip]:
    return [
        Chip(
            value_name(facet, value, regions),
            address("public:postings", without(query, facet, value)),
        )
        for facet in Facet
        for value in sorted(query.chosen.get(facet, ()))
    ]


# --- Open postings as plain rows, and the newest of a search as an Atom feed ----------------------


MOST_IN_FEED: Final = 50
COLUMNS: Final = (
    "number", "kind", "language", "title", "text", "organisation", "country", "region", "sectors",
    "technologies", "looked_for_in", "working_languages", "open_until", "published_on", "measure",
    "page", "source", "is_simulated",
)  # fmt: skip
SOURCE: Final = "AlpClusters; written by the organisation, read by the moderation"

type Record = Mapping[str, Any]


def records(found: Iterable[Found], base: str) -> Iterator[Record]:
    """Write postings in the given order; ``base`` is the address of the site."""
    return (_record(one.posting, base) for one in found)


def _record(posting: Posting, base: str) -> Record:
    body = posting.organisation
    published = posting.published_at
    return {
        "number": posting.pk,
        "kind": posting.kind,
        "language": posting.language,
        "title": posting.title,
        "text": posting.text,
        "organisation": body.name,
        "country": body.country,
        "region": body.region.code if body.region else "",
        "sectors": posting.sectors,
        "technologies": posting.technologies,
        "looked_for_in": posting.territory,
        "working_languages": posting.languages,
        "open_until": posting.expires_on.isoformat(),
        "published_on": published.date().isoformat() if published else "",
        "measure": posting.measure.key if posting.measure else "",
        "page": base + posting_url(posting),
        "source": SOURCE,
        "is_simulated": posting.is_simulated,
    }


def feed_of(query: PostingQuery, found: Iterable[Found], *, base: str) -> bytes:
    """Write the newest postings of a search as an Atom feed."""
    newest = sorted((one.posting for one in found), key=_moment, reverse=True)
    name = gettext("AlpClusters: needs and offers")
    feed = Atom1Feed(
        title=clean_text(f"{name}: {query.text}") if query.text else name,
        link=base + address("public:postings", query),
        feed_url=base + address("public:postings-feed", query),
        description=gettext("Needs and offers of cluster organisations that are open"),
        language=get_language(),
    )
    for posting in newest[:MOST_IN_FEED]:
        _add(feed, posting, base)
    text: str = feed.writeString("utf-8")
    return text.encode()


def _moment(posting: Posting) -> Any:
    return posting.published_at or posting.made_at, posting.pk


def _add(feed: Atom1Feed, posting: Posting, base: str) -> None:
    body = body_view(posting.organisation)
    notes = [body.name, body.place, gettext("simulated") if posting.is_simulated else ""]
    told = ", ".join(filter(None, notes))
    feed.add_item(
        title=clean_text(f"{kind_name(posting)}: {posting.title}"),
        link=base + posting_url(posting),
        description=clean_text(f"{told}. {posting.text}"),
        unique_id=f"{base}/postings/{posting.pk}",
        pubdate=posting.published_at,
        updateddate=posting.revised_at or posting.published_at,
        categories=[posting.kind, posting.language],
    )
