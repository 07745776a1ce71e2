"""The schematic tile map on pages: tiles with the names of the reader's language, and links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, ngettext

from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.tiles import tile_codes, tile_of, tiles
from alpclusters.platform.territory.models import Region
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.charts.tiles import Tile, TileMap
from alpclusters.www.components.charts import ChartView, view_of

COUNT_LIMITS = (2, 3, 5, 7, 10)
VERIFIED = 2.0
UNVERIFIED = 1.0
SEAT = 2.0
CATCHMENT = 1.0


@dataclass(frozen=True)
class MapView:
    """A map ready for the tag ``tile_map``."""

    chart: ChartView
    left_out: str


@dataclass(frozen=True, slots=True)
class AreaMap(TileMap):
    """Which regions belong to an area: a dot where it is verified, a question mark where not."""

    # No super() in a dataclass with slots: it would look for the class that the slots replaced.

    def _number(self, tile: Tile) -> str:
        value = self.values.get(tile.code)
        return {VERIFIED: "•", UNVERIFIED: "?"}.get(value, "")  # type: ignore[arg-type]

    def _fill(self, tile: Tile) -> str:
        return {VERIFIED: "q4", UNVERIFIED: "q2"}.get(self.values.get(tile.code), "q0")  # type: ignore[arg-type]

    def _words(self, tile: Tile) -> str:
        text = translator(self.language)
        value = self.values.get(tile.code)
        if value is None:
            return text.gettext("not in this area")
        if value == VERIFIED:
            return text.gettext("belongs to it, verified")
        return text.gettext("belongs to it, unverified")

    def _name(self, tile: Tile) -> str:
        visible = f"{tile.short} {self._number(tile)}".strip()
        return f"{visible} {tile.name} ({tile.code}): {self._words(tile)}"

    def _legend(self) -> list[tuple[str, str]]:
        text = translator(self.language)
        found = set(self.values.values())
        entries = [("q0", text.gettext("not in this area"))]
        if UNVERIFIED in found:
            entries.append(("q2", "? " + text.gettext("belongs to it, unverified")))
        if VERIFIED in found:
            entries.append(("q4", "• " + text.gettext("belongs to it, verified")))
        return entries

    @property
    def alt(self) -> str:
        """Say what is shown and how many regions belong to it."""
        text = translator(self.language)
        return text.gettext("Schematic map: %(n)s of %(m)s regions belong to %(area)s.") % {
            "n": len(self.values),
            "m": len(self.tiles),
            "area": self.what,
        }

    def table(self) -> Table:
        """Regions with code, country and whether they belong to the area."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Region")),
            Column(text.gettext("Code"), "code"),
            Column(text.gettext("Country"), "code"),
            Column(self.what),
        )
        rows: tuple[Row, ...] = tuple(
            (t.name, t.code, t.country, self._words(t)) for t in self._ordered
        )
        return Table(columns, rows, name=self.title)


@dataclass(frozen=True, slots=True)
class CountMap(TileMap):
    """How many things lie on each tile; the first class is exactly one."""

    def _class_words(self) -> tuple[str, ...]:
        return ("1", *TileMap._class_words(self)[1:])  # noqa: SLF001 - see `AreaMap`


def named_tiles() -> tuple[Tile, ...]:
    """Return the tiles with the names of regions in the active language (one query)."""
    current = Region.objects.current().filter(code__in=tile_codes())
    names = {region.code: region.name for region in current}
    return tuple(
        Tile(t.code, t.short, names.get(t.code) or t.name, t.country, t.column, t.row)
        for t in tiles()
    )


def count_map(codes: Iterable[str], *, what: str, caption: str) -> MapView:
    """Colour each tile by how many of the codes lie on it; coarser codes are left out in words.

    Parameters
    ----------
    codes : iterable of str
        Codes of 2021, one per thing that is counted.
    what : str
        What is counted, in the plural.
    caption : str
        The sentence over the table.
    """
    values: dict[str, float] = {}
    coarse = 0
    for code in codes:
        tile = tile_of(code)
        if tile:
            values[tile] = values.get(tile, 0) + 1
        else:
            coarse += 1
    return MapView(
        view_of(_count_chart(values, what, caption), caption=caption, language=_language()),
        left_out(coarse),
    )


def left_out(n: int) -> str:
    """Say how many things have a code that is coarser than a tile or lies outside the map."""
    if not n:
        return ""
    return ngettext(
        "%(n)s entry has a code of a larger area and is left out.",
        "%(n)s entries have codes of larger areas and are left out.",
        n,
    ) % {"n": n}


def area_map(values: Mapping[str, float], *, area: str, caption: str) -> ChartView:
    """Show which regions belong to a programme area."""
    chart = AreaMap(
        language=_language(),
        tiles=named_tiles(),
        values=dict(values),
        limits=COUNT_LIMITS,
        what=area,
        title=caption,
        links=region_links(),
    )
    return view_of(chart, caption=caption, language=_language())


def region_links() -> dict[str, str]:
    """Return the page of each tile's region."""
    return {t.code: reverse("public:region", args=[t.code]) for t in tiles()}


def _count_chart(values: Mapping[str, float], what: str, caption: str) -> CountMap:
    return CountMap(
        language=_language(),
        tiles=named_tiles(),
        values=dict(values),
        limits=COUNT_LIMITS,
        what=what,
        title=caption,
        links=region_links(),
    )


def _language() -> str:
    return nearest_language(get_language())


@dataclass(frozen=True, slots=True)
class SeatMap(TileMap):
    """Where one organisation sits, and from where it takes its members."""

    def _number(self, tile: Tile) -> str:
        return "•" if self.values.get(tile.code) == SEAT else ""

    def _fill(self, tile: Tile) -> str:
        return {SEAT: "q5", CATCHMENT: "q2"}.get(self.values.get(tile.code), "q0")  # type: ignore[arg-type]

    def _words(self, tile: Tile) -> str:
        text = translator(self.language)
        value = self.values.get(tile.code)
        if value is None:
            return text.gettext("no entry")
        return text.gettext("seat") if value == SEAT else text.gettext("catchment area")

    def _name(self, tile: Tile) -> str:
        return f"{tile.short} {self._number(tile)}".strip() + (
            f" {tile.name} ({tile.code}): {self._words(tile)}"
        )

    def _legend(self) -> list[tuple[str, str]]:
        text = translator(self.language)
        entries = [("q5", "• " + text.gettext("seat"))]
        if CATCHMENT in self.values.values():
            entries.append(("q2", text.gettext("catchment area")))
        return entries

    @property
    def alt(self) -> str:
        """Say which tile is marked."""
        text = translator(self.language)
        found = [t.name for t in self._ordered if self.values.get(t.code) == SEAT]
        return text.gettext("Schematic map. Seat: %(names)s.") % {"names": ", ".join(found)}

    def table(self) -> Table:
        """The marked regions with their codes and what they are to it."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Region")),
            Column(text.gettext("Code"), "code"),
            Column(self.what),
        )
        rows: tuple[Row, ...] = tuple(
            (t.name, t.code, self._words(t)) for t in self._ordered if t.code in self.values
        )
        return Table(columns, rows, name=self.title)


def seat_map(seat: str, catchment: Iterable[str], *, what: str, caption: str) -> ChartView | None:
    """Mark the tile of a seat and those of a catchment area; None where no tile is marked."""
    values = {t.code: CATCHMENT for t in tiles() if t.code.startswith(tuple(catchment) or ("-",))}
    values |= {tile: CATCHMENT for code in catchment if (tile := tile_of(code))}
    tile = tile_of(seat)
    if tile is None:
        return None
    chart = SeatMap(
        language=_language(),
        tiles=named_tiles(),
        values=values | {tile: SEAT},
        limits=COUNT_LIMITS,
        what=what,
        title=caption,
    )
    return view_of(chart, caption=caption, language=_language())
