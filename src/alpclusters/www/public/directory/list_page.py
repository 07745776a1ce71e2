"""What the list page shows, with the tile map beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.directory.queries import (
    DirectoryQuery,
    DirectoryResult,
    Facet,
    Group,
    Scope,
)
from alpclusters.platform.actors.domain.directory.searching import search
from alpclusters.platform.actors.models import SavedSearch
from alpclusters.platform.fields import label_of, length_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.domain.tiles import tile_codes
from alpclusters.reports.charts.tiles import Tile
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Chip, Tab
from alpclusters.www.public.directory.filters import (
    ORDERS,
    FilterView,
    address,
    chips,
    filter_views,
    list_address,
    only,
    region_names,
    write_query,
)
from alpclusters.www.public.directory.hits import HitView, hit_views
from alpclusters.www.public.regions.tile_maps import CountMap, named_tiles
from alpclusters.www.worlds import in_world

# --- The tile map beside the list: how many hits lie in each region, and a way to them ------------


LIMITS = (2, 3, 6, 11, 21)
_WIDE_LIMITS = (10, 100, 300, 1000, 3000)


@dataclass(frozen=True)
class TilesView:
    """The map, and words on hits that have no tile."""

    chart: ChartView
    left_out: str
    names: dict[str, str]


def tiles_view(result: DirectoryResult) -> TilesView:
    """Draw the counts of the regions; other filters hold, the choice of regions does not."""
    tiles = named_tiles()
    counts = result.facets[Facet.REGION]
    values = {code: float(n) for code, n in counts.items() if code in tile_codes()}
    without = result.n_regionless + sum(n for c, n in counts.items() if c not in values)
    language = nearest_language(get_language())
    title = _("Hits by region")
    chart = CountMap(
        language=language,
        tiles=tiles,
        values=values,
        limits=LIMITS if max(values.values(), default=0) <= LIMITS[-1] else _WIDE_LIMITS,
        what=_("hits"),
        title=title,
        links=_links(result, tiles),
    )
    view = view_of(chart, caption=title, language=language)
    return TilesView(view, _left_out(without), {t.code: t.name for t in tiles})


def _links(result: DirectoryResult, tiles: tuple[Tile, ...]) -> dict[str, str]:
    counts = result.facets[Facet.REGION]
    return {
        tile.code: list_address(only(result.query, Facet.REGION, tile.code))
        for tile in tiles
        if counts.get(tile.code)
    }


def _left_out(n: int) -> str:
    if not n:
        return ""
    return ngettext(
        "%(n)s hit has no known region on the map.",
        "%(n)s hits have no known region on the map.",
        n,
    ) % {"n": n}


# --- What the list page shows ---------------------------------------------------------------------


FORMATS: Final = ("csv", "xlsx", "json", "geojson")
MOST_WORDS: Final = 6


@dataclass(frozen=True)
class Words:
    """The words of several languages that were looked for, and the address without them."""

    text: str
    typed: str
    exact_url: str


@dataclass(frozen=True)
class Instead:
    """A correction in words, and the address that asks for what was typed."""

    given: str
    used: str
    exact_url: str


@dataclass(frozen=True)
class Way:
    """A way out of an empty page."""

    label: Any
    url: str


@dataclass(frozen=True)
class Kept:
    """A search that the reader keeps."""

    name: str
    url: str
    feed_url: str
    remove_url: str


@dataclass(frozen=True)
class DirectoryPage:
    """Everything the template names."""

    result: DirectoryResult
    query: DirectoryQuery
    hits: Sequence[HitView]
    numbers: Page[Any]
    filters: Sequence[FilterView]
    chips: Sequence[Chip]
    scopes: Sequence[Tab]
    orders: Sequence[tuple[str, Any, bool]]
    words: Sequence[Words]
    instead: Sequence[Instead]
    exact_off_url: str
    ways: Sequence[Way]
    tiles: TilesView
    exports: Sequence[tuple[str, str]]
    feed_url: str
    embed_url: str
    map_url: str
    reset_url: str
    written: str
    kept: Sequence[Kept]
    simulated: bool

    @property
    def counts(self) -> str:
        """What the number of hits counts."""
        return "organisations" if self.query.scope == Scope.ALL else "clusters"

    @property
    def name_label(self) -> str:
        """How the name is called under which one keeps a search."""
        return label_of(SavedSearch, "name")

    @property
    def longest_name(self) -> int:
        """The most letters of that name."""
        return length_of(SavedSearch, "name")

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)


def read_page(user: Person, query: DirectoryQuery) -> DirectoryPage:
    """Search, and put the answer into words."""
    result = _search_known_page(query)
    query = result.query
    hits = hit_views(result)
    tiles = tiles_view(result)
    regions = _region_names(result, tiles)
    return DirectoryPage(
        result=result,
        query=query,
        hits=hits,
        numbers=_numbers(result),
        filters=filter_views(result, regions),
        chips=chips(query, regions),
        scopes=_scopes(result),
        orders=[(o.value, label, o == query.order) for o, label in ORDERS.items()],
        words=_words(result),
        instead=_instead(result),
        exact_off_url=list_address(replace(query, exact=False, page=1)) if query.exact else "",
        ways=_ways(result) if not result.total else (),
        tiles=tiles,
        exports=[(f.upper(), address("public:directory-export", query, f)) for f in FORMATS],
        feed_url=address("public:directory-feed", query),
        embed_url=address("public:directory-embed", query),
        map_url=address("public:directory-map", query),
        reset_url=in_world(reverse("public:directory"), is_simulated=bool(query.simulated)),
        written=write_query(query),
        kept=_kept(user),
        simulated=bool(query.simulated),
    )


def _search_known_page(query: DirectoryQuery) -> DirectoryResult:
    """Search; a page behind the last one is the last one."""
    result = search(query)
    last = max(1, -(-result.total // query.size))
    return result if query.page <= last else search(replace(query, page=last))


def _region_names(result: DirectoryResult, tiles: TilesView) -> dict[str, str]:
    shown = set(result.facets[Facet.REGION]) | result.query.chosen.get(Facet.REGION, frozenset())
    missing = shown - tiles.names.keys()
    return {**tiles.names, **region_names(missing)}


def _numbers(result: DirectoryResult) -> Page[Any]:
    paginator = Paginator(range(result.total), result.query.size)
    return paginator.get_page(result.query.page)


def _scopes(result: DirectoryResult) -> list[Tab]:
    labels = {Scope.CLUSTERS: _("Cluster organisations"), Scope.ALL: _("All organisations")}
    query = result.query
    return [
        Tab(
            f"{label} ({result.scopes[scope]})",
            list_address(replace(query, scope=scope, page=1)),
            is_current=scope == query.scope,
        )
        for scope, label in labels.items()
    ]


def _words(result: DirectoryResult) -> list[Words]:
    exact = list_address(replace(result.query, exact=True, page=1))
    return [Words(_listed(group), group.typed, exact) for group in result.groups if group.foreign]


def _listed(group: Group) -> str:
    """List what was typed and one word per language, the reader's language first."""
    own = nearest_language(get_language())
    order = [own, *(code for code in LANGUAGE_CODES if code != own)]
    terms: dict[str, str] = {}
    for way in group.foreign:
        terms.setdefault(way.language, way.term)
    ordered = [group.typed, *(terms[code] for code in order if code in terms)]
    seen = {text.casefold(): text for text in reversed(ordered)}
    return ", ".join([text for text in ordered if seen.get(text.casefold()) is text][:MOST_WORDS])


def _instead(result: DirectoryResult) -> list[Instead]:
    exact = list_address(replace(result.query, exact=True, page=1))
    return [Instead(c.given, c.used, exact) for c in result.corrections]


def _ways(result: DirectoryResult) -> list[Way]:
    """Say what would find more: fewer filters, all organisations, fewer words."""
    query = result.query
    tried = []
    if query.chosen:
        tried.append((_("Remove all filters"), replace(query, chosen={}, page=1)))
    if query.scope == Scope.CLUSTERS:
        tried.append((_("Search all organisations"), replace(query, scope=Scope.ALL, page=1)))
    words = query.text.split()
    if len(words) > 1:
        for word in words[:3]:
            text = _("Search for “%(word)s” alone") % {"word": word}
            tried.append((text, replace(query, text=word, chosen={}, page=1)))
    found = [(label, better, search(better).total) for label, better in tried]
    return [Way(f"{label} ({n})", list_address(better)) for label, better, n in found if n]


def _kept(user: Person) -> list[Kept]:
    if not user.is_authenticated:
        return []
    return [
        Kept(
            s.name,
            f"{reverse('public:directory')}?{s.query}",
            f"{reverse('public:directory-feed')}?{s.query}",
            reverse("public:directory-search-remove", args=[s.pk]),
        )
        for s in SavedSearch.objects.filter(user=user)
    ]
