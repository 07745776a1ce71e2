"""Where the map leads: itself at another level, the list of a region, a region, a profile."""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery, Facet
from alpclusters.platform.actors.domain.places import Point
from alpclusters.platform.territory.domain.tiles import NUTS_2_LENGTH
from alpclusters.www.public.directory.filters import list_address, only, read_query, write_query

LEVELS: Final = (2, 3)


@dataclass(frozen=True)
class View:
    """What an address of the map asks for: a search, the level, schematic or detailed."""

    query: DirectoryQuery
    level: int = LEVELS[0]
    is_detailed: bool = False

    @classmethod
    def read(cls, parameters: QueryDict) -> "View":
        """Read an address."""
        level = LEVELS[1] if parameters.get("level") == str(LEVELS[1]) else LEVELS[0]
        return cls(read_query(parameters), level, parameters.get("detailed") == "1")

    def url(self) -> str:
        """Write the address of the map."""
        parts = [write_query(self.query)]
        parts += [f"level={self.level}"] if self.level != LEVELS[0] else []
        parts += ["detailed=1"] if self.is_detailed else []
        return with_query("public:directory-map", "&".join(filter(None, parts)))


def with_query(name: str, query: str) -> str:
    """Return the address of a page with a query behind it."""
    url = reverse(name)
    return f"{url}?{query}" if query else url


def region_url(code: str, query: DirectoryQuery) -> str:
    """Return the hits of a region of level 2, or the page of a smaller region."""
    if len(code) > NUTS_2_LENGTH:
        return reverse("public:region", args=[code])
    return list_address(only(query, Facet.REGION, code))


def profile_url(point: Point) -> str:
    """Return the page of an organisation."""
    if point.slug:
        return reverse("public:cluster-organisation", args=[point.slug])
    return reverse("public:organisation", args=[point.organisation_id])
