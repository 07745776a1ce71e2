"""What the page of a region shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.territory.domain.lookups import codes_in_all_vintages
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.domain.tiles import NUTS_2_LENGTH, tiles
from alpclusters.platform.territory.models import (
    CURRENT_VINTAGE,
    ProgrammeArea,
    ProgrammeAreaRegion,
    Region,
    Standing,
)
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Cell, Column, Fact, Figure, Table
from alpclusters.www.public.regions.bodies import COUNTRY_LENGTH, Bodies, read_bodies
from alpclusters.www.public.regions.policy import RegionPolicy, read_policy
from alpclusters.www.public.regions.ratings import Rated, read_rated, snapshots_of
from alpclusters.www.worlds import Side, side_of

MOST: Final = 30


@dataclass(frozen=True)
class RegionPage:
    """Everything the template names."""

    region: Region
    is_current: bool
    place: str
    facts: Sequence[Fact]
    codes: Table
    names: Table
    areas: Sequence[Fact]
    partners: Sequence[Partner]
    cafes: Sequence[AlpCafe]
    parts: Sequence[Region]
    bodies: Bodies
    rated: Rated
    policy: RegionPolicy
    simulated: bool


def side_of_region(request: HttpRequest, rows: Sequence[Region]) -> Side:
    """Choose the world of the page: what is real of a region comes first."""
    inside, _above = _ids(rows[0].code)
    return side_of(
        request,
        Partner.objects.filter(region__in=inside, project__is_public=True),
        AlpCafe.objects.public().filter(region__in=inside),
        Organisation.objects.listed().filter(region__in=inside),
        snapshots_of(inside),
    )


def read_page(rows: Sequence[Region], *, is_simulated: bool = False) -> RegionPage:
    """Read what is known of a code in one world; the newest of its rows speaks for it."""
    region = rows[0]
    year = min(region.last_vintage, max(CURRENT_VINTAGE, region.first_vintage))
    inside, above = _ids(region.code)
    rated = read_rated(region.code, inside, is_simulated=is_simulated)
    return RegionPage(
        region=region,
        is_current=region.first_vintage <= CURRENT_VINTAGE <= region.last_vintage,
        place=country_name(region.country, get_language()),
        facts=_facts(region, rows, year),
        codes=_codes(region.code, year),
        names=_names(region),
        areas=_areas(region.code),
        partners=_partners(inside, is_simulated=is_simulated),
        cafes=_cafes(inside, is_simulated=is_simulated),
        parts=_parts(region, year),
        bodies=read_bodies(region, inside, is_simulated=is_simulated),
        rated=rated,
        policy=read_policy(inside, above, is_simulated=is_simulated),
        simulated=is_simulated,
    )


def _facts(region: Region, rows: Sequence[Region], year: int) -> list[Fact]:
    first = min(r.first_vintage for r in rows)
    last = max(r.last_vintage for r in rows)
    facts = [
        Fact(_("Code"), region.code),
        Fact(_("Level"), f"NUTS {region.level}"),
        Fact(_("Country"), country_name(region.country, get_language())),
        Fact(_("Vintages of the code"), f"{first}–{last}" if first != last else str(first)),
    ]
    if region.parent_code and region.level > 1:
        parent = Region.objects.in_vintage(year).filter(code=region.parent_code).first()
        url = reverse("public:region", args=[region.parent_code])
        facts.append(Fact(_("Part of"), str(parent or region.parent_code), url=url))
    return facts


def _codes(code: str, year: int) -> Table:
    columns = [Column(_("Vintage")), Column(_("Code")), Column(_("Status"))]
    rows = [
        [str(vintage), _linked(codes), _certainty(codes)]
        for vintage, codes in codes_in_all_vintages(code, vintage=year)
    ]
    return Table(_("The code in all vintages"), columns, rows)


def _linked(codes: Sequence[str]) -> Cell | str:
    if len(codes) == 1:
        return Cell(codes[0], url=reverse("public:region", args=[codes[0]]))
    return ", ".join(codes) or "–"


def _certainty(codes: Sequence[str]) -> str:
    if not codes:
        return _("no code")
    return _("one code") if len(codes) == 1 else _("several possible codes")


def _names(region: Region) -> Table:
    columns = [Column(_("Language")), Column(_("Name"))]
    rows = [[name, Cell(region.name.inside(code) or "–", lang=code)] for code, name in LANGUAGES]
    return Table(_("Names in five languages"), columns, rows)


def _areas(code: str) -> list[Fact]:
    """Say of each area whether the region belongs to it, or parts of it do, and what says so."""
    rows = list(ProgrammeAreaRegion.objects.select_related("area").order_by("pk"))
    members = _memberships(code, rows)
    parts = Counter(row.area_id for row in rows if row.code.startswith(code) and row.code != code)
    return [
        _area_fact(code, a, members.get(a.pk), parts[a.pk]) for a in ProgrammeArea.objects.all()
    ]


def _area_fact(
    code: str, area: ProgrammeArea, member: ProgrammeAreaRegion | None, n_parts: int
) -> Fact:
    url = f"{reverse('public:regions')}?area={area.key}"
    if member is None and n_parts:
        url = f"{url}&in={code}"
        words = ngettext(
            "%(n)s region in it belongs to the area",
            "%(n)s regions in it belong to the area",
            n_parts,
        )
        counted = Figure(area.name, n_parts, key="regions", exact=n_parts, url=url)
        return Fact(area.name, words % {"n": n_parts}, url=url, figure=counted)
    if member is None:
        return Fact(area.name, _("not in this area"), url=url)
    source = format_html(
        '<span lang="en">{}</span>', SafeString(urlize(member.source, autoescape=True))
    )
    state = Standing(member.status).value
    return Fact(area.name, _("belongs to it"), state=state, source=source, url=url)  # type: ignore[arg-type]


def _memberships(code: str, rows: Sequence[ProgrammeAreaRegion]) -> dict[int, ProgrammeAreaRegion]:
    """Return the rows of areas for a code, its NUTS 2 region or the code its tile had then."""
    wide = code[:NUTS_2_LENGTH]
    tile = next((t for t in tiles() if t.code == wide), None)
    found = {row.area_id: row for row in rows if row.code in {code, wide}}
    for row in rows if tile else []:
        if tile and row.area_id not in found and row.area.key in tile.areas:
            older = dict(codes_in_all_vintages(wide, vintage=CURRENT_VINTAGE))
            if row.code in older.get(row.area.nuts_vintage, ()):
                found[row.area_id] = row
    return found


def _ids(code: str) -> tuple[list[int], list[int]]:
    """Return the rows of a region with those inside it, and the rows of the regions around it."""
    around = [code[:length] for length in range(COUNTRY_LENGTH, len(code))]
    rows = Region.objects.filter(Q(code__startswith=code) | Q(code__in=around)).order_by("pk")
    pairs = list(rows.values_list("pk", "code"))
    inside = [pk for pk, found in pairs if found.startswith(code)]
    return inside, [pk for pk, found in pairs if not found.startswith(code)]


def _partners(region_ids: Sequence[int], *, is_simulated: bool) -> list[Partner]:
    """Return the partners that answer for a region or a part of it, in public projects."""
    answering = Partner.objects.filter(region__in=region_ids, project__is_public=True)
    own = of_world(answering, is_simulated=is_simulated)
    related = own.select_related("project", "organisation__cluster", "region")
    return list(related.order_by("project", "order")[:MOST])


def _cafes(region_ids: Sequence[int], *, is_simulated: bool) -> list[AlpCafe]:
    held = of_world(
        AlpCafe.objects.public().filter(region__in=region_ids), is_simulated=is_simulated
    )
    return list(held.select_related("project", "region")[:MOST])


def _parts(region: Region, year: int) -> list[Region]:
    return list(Region.objects.in_vintage(year).filter(parent_code=region.code))
