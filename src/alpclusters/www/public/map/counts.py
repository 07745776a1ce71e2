"""The hits of a search by region, and what becomes of those that the map does not show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.actors.domain.directory.queries import DirectoryResult, Facet
from alpclusters.platform.actors.domain.places import Spread
from alpclusters.platform.territory.models import Standing
from alpclusters.www.public.map.choropleth import limits_for


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
