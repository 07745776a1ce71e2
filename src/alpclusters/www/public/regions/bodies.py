"""The organisations of a region: the first cluster organisations, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.territory.domain.tiles import NUTS_2_LENGTH
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.parts import Figure
from alpclusters.www.worlds import in_world

MOST: Final = 12
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
    return list(clusters.select_related("cluster", "region").order_by("name", "pk")[:MOST])


def _clusters(n: int, url: str) -> Figure:
    if not n:
        return Figure("", _("No cluster organisation of this region is in the directory yet."))
    words = ngettext(
        "%(n)s cluster organisation has its seat here.",
        "%(n)s cluster organisations have their seat here.",
        n,
    ) % {"n": n}
    if n <= MOST:
        return Figure("", words, key="clusters", exact=n, is_listed=True)
    return Figure("", words, key="clusters", exact=n, url=url, why=WIDER)


def _every(n: int, url: str) -> Figure:
    words = ngettext(
        "The directory has %(n)s organisation of this region in all.",
        "The directory has %(n)s organisations of this region in all.",
        n,
    ) % {"n": n}
    return Figure("", words, key="organisations", exact=n, url=url, why=WIDER)
