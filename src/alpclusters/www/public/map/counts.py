"""The hits of a search by region: counts as colours, and what becomes of hits without a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.actors.domain.directory.queries import DirectoryResult, Facet
from alpclusters.platform.actors.domain.places import Spread
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.territory.models import Standing
from alpclusters.reports.blocks import WITHHELD, Marker
from alpclusters.reports.charts.heat import class_words, sequential_step
from alpclusters.reports.charts.tiles import Tile, TileMap
from alpclusters.reports.numbers import format_number

# --- Counts as colours: classes that fit the counts, zero apart from "no entry" -------------------


FEW: Final = (2, 3, 5, 7, 10)
_NICE: Final = (1, 2, 5)
_N_LIMITS: Final = 5
_MOST_FOR_FEW: Final = 20
NO_ENTRY: Final = WITHHELD  # drawn as a hatch: outside of every scale


def limits_for(highest: int) -> tuple[float, ...]:
    """Return the lower ends of the classes 2 to 6, round numbers up to the highest count.

    Examples
    --------
    >>> limits_for(12), limits_for(4500)
    ((2, 3, 5, 7, 10), (100, 200, 500, 1000, 2000))
    """
    if highest <= _MOST_FOR_FEW:
        return FEW
    series = [step * 10**power for power in range(9) for step in _NICE]
    return tuple([number for number in series if number <= highest][-_N_LIMITS:])


def class_of(value: int | None, limits: tuple[float, ...]) -> int | None:
    """Return the class: None without entry, 0 for zero, else 1 to 6."""
    if not value:
        return value
    return sequential_step(value, limits)


def words_of_classes(limits: tuple[float, ...], language: str) -> tuple[str, ...]:
    """Say which counts each of the classes 1 to 6 holds."""
    first = "1" if limits[0] == FEW[0] else f"1–{format_number(limits[0] - 1, language, 0)}"
    return (first, *class_words(limits, language, 0)[1:])


@dataclass(frozen=True, slots=True)
class HitMap(TileMap):
    """Hits by tile: white with 0 where none fits, hatched where the directory has no entry."""

    # No super() in a dataclass with slots: it would look for the class that the slots replaced.

    def _fill(self, tile: Tile) -> str:
        value = self.values.get(tile.code)
        if not value or isinstance(value, Marker):
            return "q0"
        return f"q{sequential_step(value, self.limits)}"

    def _name(self, tile: Tile) -> str:
        value = self.values.get(tile.code)
        if value is NO_ENTRY:
            words = translator(self.language).gettext("no entry in the directory")
            return f"{tile.short} {tile.name} ({tile.code}): {words}"
        return TileMap._name(self, tile)  # noqa: SLF001 - see above

    def _legend(self) -> list[tuple[str, str]]:
        text = translator(self.language)
        words = words_of_classes(self.limits, self.language)
        entries = [("hatch", text.gettext("no entry in the directory")), ("q0", "0")]
        return entries + [(f"q{i}", word) for i, word in enumerate(words, start=1)]


def hit_map(
    counts: Mapping[str, int | None],
    *,
    tiles: tuple[Tile, ...],
    links: Mapping[str, str],
    what: str,
    title: str,
    language: str,
) -> HitMap:
    """Build the tile map of counts; None is a region without entry."""
    values = {code: NO_ENTRY if n is None else float(n) for code, n in counts.items()}
    return HitMap(
        language=language,
        tiles=tiles,
        values=values,
        limits=limits_for(max((n or 0 for n in counts.values()), default=0)),
        what=what,
        title=title,
        links=links,
    )


# --- The hits of a search by region, and what becomes of those that the map does not show ---------


@dataclass(frozen=True)
class RegionCounts:
    """Hits by region of a level; None where the directory has no entry at all."""

    level: int
    by_code: Mapping[str, int | None]

    @property
    def limits(self) -> tuple[float, ...]:
        """Lower ends of the classes 2 to 6."""
        return limits_for(max((n or 0 for n in self.by_code.values()), default=0))

    @property
    def n(self) -> int:
        """How many hits lie in these regions."""
        return sum(n or 0 for n in self.by_code.values())


def count_regions(
    hits: Spread, everything: Spread, *, level: int, codes: Iterable[str]
) -> RegionCounts:
    """Count hits by region; zero where others than the hits lie, None where nobody does."""
    found, there = hits.at(level + 2), everything.at(level + 2)
    return RegionCounts(level, {c: found[c] if c in there else None for c in sorted(codes)})


def small_print(result: DirectoryResult, hits: Spread, counts: RegionCounts) -> list[str]:
    """Say what is counted, how many the map leaves out and why, how many are unverified."""
    coarser = hits.n_coarser(counts.level + 2)
    outside = hits.n - hits.n_without - coarser - counts.n
    lines = [
        _("Counted is each organisation once, in the region of its seat: n = %(n)s of %(all)s.")
        % {"n": counts.n, "all": hits.n},
        _coarser(coarser),
        _outside(outside),
        _without(hits.n_without),
        _unverified(result),
    ]
    return [line for line in lines if line]


def _coarser(n: int) -> str:
    text = ngettext(
        "%(n)s is known only by a larger area and is not on the map.",
        "%(n)s are known only by a larger area and are not on the map.",
        n,
    )
    return text % {"n": n} if n else ""


def _outside(n: int) -> str:
    text = ngettext("%(n)s lies outside the map.", "%(n)s lie outside the map.", n)
    return text % {"n": n} if n else ""


def _without(n: int) -> str:
    text = ngettext("%(n)s has no region.", "%(n)s have no region.", n)
    return text % {"n": n} if n else ""


def _unverified(result: DirectoryResult) -> str:
    n = result.facets[Facet.STANDING].get(Standing.UNVERIFIED, 0)
    if not n or result.query.chosen.get(Facet.STANDING):
        return ""
    return ngettext("%(n)s is unverified.", "%(n)s are unverified.", n) % {"n": n}
