"""What facets, their values and orders are called."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.directory.queries import Facet, Freshness, Order
from alpclusters.platform.actors.domain.ecosystems import ecosystem_label
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region, Standing

FACETS: Final = {
    Facet.COUNTRY: _("Country"),
    Facet.REGION: _("Region"),
    Facet.SECTION: _("Sectors"),
    Facet.SECTOR: _("Sector in detail"),
    Facet.ECOSYSTEM: _("Industrial ecosystem"),
    Facet.TECHNOLOGY: _("Technology"),
    Facet.LABEL: _("Label"),
    Facet.MARKET: _("Target market"),
    Facet.STANDING: _("State of the data"),
    Facet.FRESHNESS: _("Last confirmed"),
}
ORDERS: Final = {
    Order.RELEVANCE: _("best hits first"),
    Order.NAME: _("by name"),
    Order.COUNTRY: _("by country"),
    Order.CONFIRMED: _("last confirmed first"),
    Order.COMPLETENESS: _("most complete first"),
    Order.CHANGED: _("last changed first"),
}
_FRESHNESS: Final = {
    Freshness.YEAR: _("within the last year"),
    Freshness.OLDER: _("longer ago"),
    Freshness.NEVER: _("never"),
}
_BY_CODE: Final[dict[Facet, Callable[[str, str | None], str]]] = {
    Facet.COUNTRY: country_name,
    Facet.SECTION: sector_label,
    Facet.SECTOR: sector_label,
    Facet.ECOSYSTEM: ecosystem_label,
    Facet.TECHNOLOGY: technology_label,
    Facet.MARKET: country_name,
}


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of regions of the current vintage (one query)."""
    wanted = set(codes)
    if not wanted:
        return {}
    return {r.code: r.name for r in Region.objects.current().filter(code__in=wanted)}


def value_name(facet: Facet, value: str, regions: Mapping[str, str]) -> Any:
    """Return what a value of a facet is called in the reader's language."""
    if facet in _BY_CODE:
        return _BY_CODE[facet](value, get_language())
    if facet == Facet.REGION:
        return regions.get(value, value)
    if facet == Facet.LABEL:
        return _label_name(value)
    known: dict[str, Any] = dict(Standing.choices) | dict(_FRESHNESS)
    return known.get(value, value)


def _label_name(value: str) -> str:
    scheme, _between, level = value.partition(" ")
    language = get_language()
    level_name = choice_label("label_level", level, language)
    return f"{level_name} ({choice_label('label_scheme', scheme, language)})"
