"""The regions that a form offers in a project: the large ones, and those of its partners."""

from itertools import groupby
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region

LARGEST_LEVEL: Final = 2


def regions_of(project_ids: list[int]) -> QuerySet[Region]:
    """List what one may choose in projects: NUTS 1 and 2, smaller ones of a partner."""
    large = Q(level__gte=1, level__lte=LARGEST_LEVEL)
    of_partners = Q(partners__project__in=project_ids)
    return (
        Region.objects.current()
        .filter(large | of_partners)
        .distinct()
        .order_by("country", "code", "pk")
    )


def region_choices(project_id: int) -> tuple[QuerySet[Region], list[tuple[Any, Any]]]:
    """Return the regions one may come from, and how a field offers them by country."""
    regions = regions_of([project_id])
    return regions, [("", _("unknown")), *by_country(regions)]


def by_country(regions: QuerySet[Region]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Group the choices of a field by country."""
    language = get_language()
    return [
        (country_name(country, language), [(r.pk, f"{r.name} ({r.code})") for r in group])
        for country, group in groupby(regions, key=lambda r: r.country)
    ]
