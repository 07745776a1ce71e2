"""The regions of a project, and in which of them a body sits."""

from collections.abc import Iterable, Sequence

from alpclusters.platform.actors.models import Partner
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region


def project_regions(project: Project) -> list[Region]:
    """Return the regions its partners answer for and those of its AlpCafés, by code."""
    partners = Partner.objects.filter(project=project, region__isnull=False)
    cafes = AlpCafe.objects.filter(project=project)
    found = [one.region for one in partners.select_related("region") if one.region]
    found += [one.region for one in cafes.select_related("region").order_by("pk")]
    return sorted({one.code: one for one in found}.values(), key=lambda one: one.code)


def region_of(code: str, regions: Sequence[Region]) -> str:
    """Return the code of the project's region in which a place lies, or nothing.

    Examples
    --------
    >>> region_of("AT323", [Region(code="AT32"), Region(code="AT")])
    'AT32'
    """
    return narrowest(code, (region.code for region in regions))


def narrowest(code: str, wider: Iterable[str]) -> str:
    """Return the longest of some codes that a code begins with: NUTS codes are nested."""
    return max((one for one in wider if code.startswith(one)), key=len, default="")
