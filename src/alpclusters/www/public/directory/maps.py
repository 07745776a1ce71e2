"""The tile map beside the list: how many hits lie in each region, and a way to them."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.directory.queries import DirectoryResult, Facet
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.tiles import tile_codes
from alpclusters.reports.charts.tiles import Tile
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.public.directory.addresses import list_address, only
from alpclusters.www.public.regions.maps import CountMap, named_tiles

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
