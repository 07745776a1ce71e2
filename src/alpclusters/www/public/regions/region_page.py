"""What the page of a region shows: its organisations, what plans say, its ratings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
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
from alpclusters.www.public.regions.ratings import Rated, read_rated, snapshots_of
from alpclusters.www.worlds import Side, in_world, side_of

# --- The organisations of a region: the first cluster organisations, and how many there are -------


MOST_BODIES: Final = 12
COUNTRY_LENGTH: Final = 2
WIDER: Final = gettext_lazy("the directory lists the larger region only")


@dataclass(frozen=True)
class Bodies:
    """Cluster organisations of a region, their number, and where all of them are listed."""

    clusters: Figure
    shown: Sequence[Organisation]
    every: Figure | None
    url: str
    is_wider: bool


def read_bodies(region: Region, region_ids: Sequence[int], *, is_simulated: bool = False) -> Bodies:
    """Read the cluster organisations of one world with a seat in a region or a part of it."""
    inside = Q(region__in=region_ids)
    if len(region.code) == COUNTRY_LENGTH:  # of some only the country is known
        inside |= Q(country=region.code)
    every = Organisation.objects.listed().filter(inside, is_simulated=is_simulated)
    clusters = every.filter(cluster__isnull=False)
    n = every.aggregate(
        all=Count("pk"),
        clusters=Count("pk", filter=Q(cluster__isnull=False)),
    )
    url = in_world(directory_url(region), is_simulated=is_simulated)
    is_wider = len(region.code) not in {COUNTRY_LENGTH, NUTS_2_LENGTH}
    return Bodies(
        clusters=_clusters(n["clusters"], "" if is_wider else url),
        shown=_first(clusters),
        every=_every(n["all"], "" if is_wider else f"{url}&scope=all") if n["all"] else None,
        url=url,
        is_wider=is_wider,
    )


def directory_url(region: Region) -> str:
    """Return the directory narrowed to a region: it knows countries and regions of NUTS 2."""
    is_small = len(region.code) >= NUTS_2_LENGTH
    chosen = ("region", region.code[:NUTS_2_LENGTH]) if is_small else ("country", region.country)
    return f"{reverse('public:directory')}?{urlencode([chosen])}"


def _first(clusters: QuerySet[Organisation]) -> list[Organisation]:
    return list(clusters.select_related("cluster", "region").order_by("name", "pk")[:MOST_BODIES])


def _clusters(n: int, url: str) -> Figure:
    if not n:
        return Figure("", _("No cluster organisation of this region is in the directory yet."))
    words = ngettext(
        "%(n)s cluster organisation has its seat here.",
        "%(n)s cluster organisations have their seat here.",
        n,
    ) % {"n": n}
    if n <= MOST_BODIES:
        return Figure("", words, key="clusters", exact=n, is_listed=True)
    return Figure("", words, key="clusters", exact=n, url=url, why=WIDER)


def _every(n: int, url: str) -> Figure:
    words = ngettext(
        "The directory has %(n)s organisation of this region in all.",
        "The directory has %(n)s organisations of this region in all.",
        n,
    ) % {"n": n}
    return Figure("", words, key="organisations", exact=n, url=url, why=WIDER)


# --- What the published plans say for a region: recommendations and actions of its projects -------


MOST_OF_PLANS: Final = 12


@dataclass(frozen=True)
class RegionPolicy:
    """Recommendations and actions."""

    recommendations: Sequence[Recommendation]
    actions: Sequence[Action]


def read_policy(
    region_ids: Sequence[int], above_ids: Sequence[int], *, is_simulated: bool = False
) -> RegionPolicy:
    """Read what was published in projects that answer for a region, a part or the whole of it.

    Parameters
    ----------
    region_ids : sequence of int
        The region and the regions in it.
    above_ids : sequence of int
        The regions it lies in.
    is_simulated : bool, default False
        Of which world the projects are.
    """
    answering = Q(partners__region__in=[*region_ids, *above_ids]) | Q(cafes__region__in=region_ids)
    public = of_world(Project.objects.public(), is_simulated=is_simulated)
    projects = public.filter(answering).order_by().values("pk")
    plans = ActionPlan.objects.published().filter(project__in=projects).order_by().values("pk")
    recommendations = list(
        Recommendation.objects.filter(actions__plan__in=plans)
        .select_related("project")
        .distinct()
        .order_by("pk")[:MOST_OF_PLANS]
    )
    actions = list(
        Action.objects.filter(plan__in=plans)
        .select_related("plan__project")
        .order_by("plan", "order", "pk")[:MOST_OF_PLANS]
    )
    return RegionPolicy(recommendations, actions)


# --- What the page of a region shows --------------------------------------------------------------


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
