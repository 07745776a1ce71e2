"""The map of the directory: the page, its addresses, boundaries, hits with coordinates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.directory.queries import (
    Correction,
    DirectoryQuery,
    Facet,
    Scope,
)
from alpclusters.platform.actors.domain.directory.searching import matching_ids, search
from alpclusters.platform.actors.domain.places import Point, points_of, spread_of
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.boundaries import (
    ATTRIBUTION,
    LEVELS,
    has_boundaries,
    read_shapes,
)
from alpclusters.platform.territory.domain.tiles import NUTS_2_LENGTH, tile_codes
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.parts import Cell, Column, Tab, Table
from alpclusters.www.public.directory.filters import (
    list_address,
    only,
    read_query,
    region_names,
    value_name,
    write_query,
)
from alpclusters.www.public.map.counts import (
    RegionCounts,
    class_of,
    count_regions,
    hit_map,
    small_print,
    words_of_classes,
)
from alpclusters.www.public.regions.tile_maps import named_tiles
from alpclusters.www.worlds import side_of

# --- Where the map leads: itself at another level, the list of a region, a region, a profile ------


MAP_LEVELS: Final = (2, 3)


@dataclass(frozen=True)
class View:
    """What an address of the map asks for: a search, the level, schematic or detailed."""

    query: DirectoryQuery
    level: int = MAP_LEVELS[0]
    is_detailed: bool = False

    @classmethod
    def read(cls, parameters: QueryDict) -> "View":
        """Read an address."""
        level = MAP_LEVELS[1] if parameters.get("level") == str(MAP_LEVELS[1]) else MAP_LEVELS[0]
        return cls(read_query(parameters), level, parameters.get("detailed") == "1")

    def url(self) -> str:
        """Write the address of the map."""
        parts = [write_query(self.query)]
        parts += [f"level={self.level}"] if self.level != MAP_LEVELS[0] else []
        parts += ["detailed=1"] if self.is_detailed else []
        return with_query("public:directory-map", "&".join(filter(None, parts)))


def with_query(name: str, query: str) -> str:
    """Return the address of a page with a query behind it."""
    url = reverse(name)
    return f"{url}?{query}" if query else url


def region_url(code: str, query: DirectoryQuery) -> str:
    """Return the hits of a region of level 2, or the page of a smaller region."""
    if len(code) > NUTS_2_LENGTH:
        return reverse("public:region", args=[code])
    return list_address(only(query, Facet.REGION, code))


def profile_url(point: Point) -> str:
    """Return the page of an organisation."""
    if point.slug:
        return reverse("public:cluster-organisation", args=[point.slug])
    return reverse("public:organisation", args=[point.organisation_id])


# --- The hits that have coordinates, as GeoJSON ---------------------------------------------------


MOST: Final = 5_000


def read_points(parameters: QueryDict) -> dict[str, Any]:
    """Return the points of a search; ``left_out`` says how many more there are."""
    found, left_out = points_of(matching_ids(read_query(parameters)).tolist(), most=MOST)
    return {
        "type": "FeatureCollection",
        "left_out": left_out,
        "features": [_feature(point) for point in found],
    }


def _feature(point: Point) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        "properties": {"name": point.name, "url": profile_url(point)},
    }


# --- What the map of the directory shows: the hits of a search by region, as map and as table -----


@dataclass(frozen=True)
class MapPage:
    """Everything the template names."""

    view: View
    claim: str
    chosen: Sequence[Any]
    corrected: Sequence[Correction]
    small_print: Sequence[str]
    drawing: SafeString
    tabs: Sequence[Tab]
    table: Table
    is_offered: bool
    is_detailed: bool
    detailed_url: str
    schematic_url: str
    list_url: str
    attribution: str
    data: Mapping[str, Any]
    legend: Sequence[tuple[str, str]]
    simulated: bool


def read_page(view: View) -> MapPage:
    """Read the hits of a search and spread them over the regions."""
    query = view.query
    result = search(replace(query, page=1, size=1))
    query = replace(query, simulated=result.query.simulated)
    view = replace(view, query=query)
    hits = spread_of(matching_ids(query))
    every = DirectoryQuery(today=query.today, scope=query.scope, simulated=query.simulated)
    everything = spread_of(matching_ids(every))
    names = _names(view.level)
    counts = count_regions(hits, everything, level=view.level, codes=names)
    of_tiles = count_regions(hits, everything, level=MAP_LEVELS[0], codes=tile_codes())
    is_offered = has_boundaries()
    is_detailed = view.is_detailed and is_offered
    claim = _claim(query.scope, result.total)
    return MapPage(
        view=view,
        claim=claim,
        chosen=_chosen(query),
        corrected=result.corrections,
        small_print=small_print(result, hits, counts),
        drawing=_drawing(of_tiles, query, title=claim),
        tabs=_tabs(view),
        table=_table(counts, names, query, caption=claim),
        is_offered=is_offered,
        is_detailed=is_detailed,
        detailed_url=replace(view, is_detailed=True).url(),
        schematic_url=replace(view, is_detailed=False).url(),
        list_url=list_address(query),
        attribution=_(ATTRIBUTION),
        data=_data(counts, names, query) if is_detailed else {},
        legend=_legend(counts),
        simulated=bool(query.simulated),
    )


def _names(level: int) -> dict[str, str]:
    """Return the regions of a level on the map with their names in the active language."""
    current = Region.objects.current().filter(level=level)
    return {r.code: r.name for r in current if r.code[:NUTS_2_LENGTH] in tile_codes()}


def _claim(scope: Scope, n: int) -> str:
    if scope == Scope.CLUSTERS:
        text = ngettext("%(n)s cluster organisation", "%(n)s cluster organisations", n)
    else:
        text = ngettext("%(n)s organisation", "%(n)s organisations", n)
    return text % {"n": n}


def _chosen(query: DirectoryQuery) -> list[Any]:
    """Name what the list is narrowed by."""
    names = region_names(query.chosen.get(Facet.REGION, ()))
    return [
        value_name(facet, value, names)
        for facet in Facet
        for value in sorted(query.chosen.get(facet, ()))
    ]


def _drawing(counts: RegionCounts, query: DirectoryQuery, *, title: str) -> SafeString:
    is_narrow = query.scope == Scope.CLUSTERS
    drawn = hit_map(
        counts.by_code,
        tiles=named_tiles(),
        links={code: region_url(code, query) for code in counts.by_code},
        what=_("Cluster organisations") if is_narrow else _("Organisations"),
        title=title,
        language=_lang(),
    )
    return mark_safe(drawn.svg_rows())  # noqa: S308 - the writers of `reports` escape every text


def _tabs(view: View) -> list[Tab]:
    labels = {2: _("Larger regions (NUTS 2)"), 3: _("Smaller regions (NUTS 3)")}
    return [
        Tab(labels[level], replace(view, level=level).url(), level == view.level)
        for level in MAP_LEVELS
    ]


def _table(
    counts: RegionCounts, names: Mapping[str, str], query: DirectoryQuery, *, caption: str
) -> Table:
    """List the regions with entries, the highest counts first."""
    columns = [Column(_("Region")), Column(_("Hits"), is_number=True)]
    known = [(code, n) for code, n in counts.by_code.items() if n is not None]
    known.sort(key=lambda pair: (-pair[1], pair[0]))
    rows = [
        [
            Cell(f"{names.get(code, code)} ({code})", url=region_url(code, query)),
            str(n),
        ]
        for code, n in known
    ]
    return Table(caption, columns, rows, wide=True)


def _legend(counts: RegionCounts) -> list[tuple[str, str]]:
    words = words_of_classes(counts.limits, _lang())
    return [(f"q{i}", word) for i, word in enumerate(words, start=1)]


def _data(counts: RegionCounts, names: Mapping[str, str], query: DirectoryQuery) -> dict[str, Any]:
    """Return what the script of the detailed map needs, as plain values."""
    return {
        "level": counts.level,
        "shapes": with_query("public:directory-shapes", f"level={counts.level}"),
        "points": with_query("public:directory-points", write_query(query)),
        "what": _("Hits"),
        "regions": {
            code: {
                "name": names.get(code, code),
                "n": n,
                "class": class_of(n, counts.limits),
                "url": region_url(code, query),
            }
            for code, n in counts.by_code.items()
        },
    }


def _lang() -> str:
    return nearest_language(get_language())


# --- The map of the directory: the page, the boundaries, the points -------------------------------


GEOJSON = "application/geo+json"
SHAPES_KEPT_S = 3600


@require_safe
def directory_map(request: HttpRequest) -> HttpResponse:
    """Show where the hits of a search lie."""
    page = read_page(View.read(request.GET))
    side = side_of(request, Organisation.objects.listed())
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "network"}
    return render(request, "public/map/page.html", context)


@require_safe
def shapes(request: HttpRequest) -> HttpResponse:
    """Answer the boundaries of a level, packed where the browser takes it."""
    level = request.GET.get("level", str(LEVELS[0]))
    found = read_shapes(int(level)) if level in {str(known) for known in LEVELS} else None
    if found is None:
        raise Http404
    response = HttpResponse(content_type=GEOJSON)
    response.headers["ETag"] = found.etag
    response.headers["Cache-Control"] = f"public, max-age={SHAPES_KEPT_S}"
    patch_vary_headers(response, ["Accept-Encoding"])
    if request.headers.get("If-None-Match") == found.etag:
        response.status_code = 304
        return response
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.headers["Content-Encoding"] = "gzip"
        response.content = found.packed
    else:
        response.content = found.text
    return response


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Answer the hits that have coordinates."""
    return JsonResponse(read_points(request.GET), content_type=GEOJSON)


urlpatterns = [
    path("directory/map/", directory_map, name="directory-map"),
    path("directory/map/shapes.json", shapes, name="directory-shapes"),
    path("directory/map/points.json", points, name="directory-points"),
]
