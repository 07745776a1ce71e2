"""What the page of all regions shows: the areas to choose from, the map of one, its regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.domain.tiles import tiles
from alpclusters.platform.territory.models import (
    ProgrammeArea,
    ProgrammeAreaRegion,
    Region,
    Standing,
)
from alpclusters.www.components.charts import ChartView
from alpclusters.www.components.parts import Cell, Column, Tab, Table
from alpclusters.www.public.regions.maps import UNVERIFIED, VERIFIED, area_map

DEFAULT_AREA: Final = "alpine-space-2021-2027"


@dataclass(frozen=True)
class RegionList:
    """The page of all regions."""

    tabs: Sequence[Tab]
    area: ProgrammeArea | None
    status: str
    claim: str
    n_regions: int
    map: ChartView | None
    sources: Sequence[str]
    table: Table | None


def read_list(key: str, *, inside: str = "") -> RegionList:
    """Read the areas and the regions of the chosen one, all or those in one region."""
    areas = list(ProgrammeArea.objects.prefetch_related("area_regions"))
    area = _chosen(areas, key)
    if area is None:
        return RegionList([], None, "", "", 0, None, [], None)
    rows = Region.objects.filter(code=inside).order_by("-last_vintage", "-pk")
    around = rows.first() if inside else None
    members = [m for m in area.area_regions.all() if not around or m.code.startswith(around.code)]
    n_regions = ngettext("%(n)s region", "%(n)s regions", len(members)) % {"n": len(members)}
    claim = f"{area.name}, {around.name}: {n_regions}" if around else f"{area.name}: {n_regions}"
    return RegionList(
        tabs=[_tab(a, a is area) for a in areas],
        area=area,
        status=_status(area),
        claim=claim,
        n_regions=len(members),
        map=None if around else area_map(area_values(area), area=area.name, caption=claim),
        sources=sorted({r.source for r in area.area_regions.all()}),
        table=_table(area, members),
    )


def area_values(area: ProgrammeArea) -> dict[str, float]:
    """Return per tile whether its region belongs to an area, verified or not."""
    surest = VERIFIED if _status(area) == Standing.VERIFIED else UNVERIFIED
    unsure = {r.code for r in area.area_regions.all() if r.status != Standing.VERIFIED}
    return {
        t.code: UNVERIFIED if t.code in unsure or area.key in t.unverified_areas else surest
        for t in tiles()
        if area.key in t.areas
    }


def _chosen(areas: Sequence[ProgrammeArea], key: str) -> ProgrammeArea | None:
    by_key = {a.key: a for a in areas}
    return by_key.get(key) or by_key.get(DEFAULT_AREA) or next(iter(areas), None)


def _status(area: ProgrammeArea) -> str:
    """Return the surest status any region of the area has."""
    statuses = {r.status for r in area.area_regions.all()}
    return Standing.VERIFIED if Standing.VERIFIED in statuses else Standing.UNVERIFIED


def _tab(area: ProgrammeArea, is_current: bool) -> Tab:  # noqa: FBT001 - a tab is current or not
    return Tab(area.name, f"{reverse('public:regions')}?area={area.key}", is_current)


def _table(area: ProgrammeArea, members: Sequence[ProgrammeAreaRegion]) -> Table:
    """List regions in the codes of the area's own time."""
    named = Region.objects.filter(code__in=[m.code for m in members])
    names = {r.code: r.name for r in named.in_vintage(area.nuts_vintage)} | {
        r.code: r.name for r in named.current()
    }
    columns = [Column(_("Region")), Column(_("Code")), Column(_("Country")), Column(_("Status"))]
    rows = [
        [
            Cell(
                names.get(m.code, m.code),
                url=reverse("public:region", args=[m.code]),
                row=("regions", 1),
            ),
            m.code,
            country_name(m.code[:2], get_language()),
            m.get_status_display(),
        ]
        for m in members
    ]
    caption = _("%(area)s, codes of NUTS %(vintage)s") % {
        "area": area.name,
        "vintage": area.nuts_vintage,
    }
    return Table(caption, columns, rows)
