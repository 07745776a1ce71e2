"""Which region a postcode lies in: proposals with their source, never a silent assignment.

The points say it in the vintage of the source; the answer is carried over to the vintage in which
new things are recorded. A postcode that lies in several regions gives several proposals, and so
does a code that was divided since.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import batched
from typing import Final

from django.db import transaction

from alpclusters.platform.actors.models import PostalPoint
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.territory.domain.lookups import current_recoder
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region
from alpclusters.sources.postcodes import PostalCode, normalise_postcode

BATCH: Final = 1_000
_ISO: Final = {"EL": "GR", "UK": "GB"}
_CEDEX: Final = re.compile(r"\s+cedex\b.*$")


class ProposalSource(StrEnum):
    """What a proposal rests on."""

    POSTCODE = "postcode"
    TOWN = "town"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a postcode or a town says about the region.

    Attributes
    ----------
    regions : tuple of Region
        Of the current vintage, in the order of their codes; several where it is not clear.
    source : ProposalSource
        Town where the postcode is not known, as with letter boxes of large customers.
    is_recoded : bool
        The source has another vintage and the code changed since, or was divided.
    """

    regions: tuple[Region, ...]
    source: ProposalSource
    is_recoded: bool = False


NO_PROPOSALS: Final = Proposals((), ProposalSource.NONE)


def propose(country: str, postcode: str, town: str = "") -> Proposals:
    """Return the regions with what they rest on.

    Parameters
    ----------
    country : str
        ISO 3166 alpha-2; EL and UK are understood too. Empty asks all countries: a postcode of
        four digits then has several answers.
    postcode, town : str
        As somebody typed them; the town is asked where the postcode is not known.
    """
    land = _ISO.get(country.strip().upper(), country.strip().upper())
    for source, codes in _asked(land, postcode, town):
        regions, is_recoded = _carried_over(codes)
        if regions:
            return Proposals(regions, source, is_recoded)
    return NO_PROPOSALS


def _asked(
    country: str, postcode: str, town: str
) -> Iterator[tuple[ProposalSource, list[tuple[str, int]]]]:
    points = PostalPoint.objects.order_by()
    if country:
        points = points.filter(country=country)
    written = normalise_postcode(country, postcode)
    if written:
        found = points.filter(postcode=written).values_list("nuts3", "vintage").distinct()
        yield ProposalSource.POSTCODE, list(found)
    key = town_key(town)
    if key:
        found = points.filter(town=key).values_list("nuts3", "vintage").distinct()
        yield ProposalSource.TOWN, list(found)


def town_key(town: str) -> str:
    """Return a town as it is compared: small, without accents, without what follows a comma.

    Examples
    --------
    >>> town_key("Mainz, Stadt"), town_key("LYON CEDEX 03")
    ('mainz', 'lyon')
    """
    return _CEDEX.sub("", fold(town.split(",", maxsplit=1)[0]).strip())[:120]


def _carried_over(codes: Sequence[tuple[str, int]]) -> tuple[tuple[Region, ...], bool]:
    if not codes:
        return (), False
    recoder = current_recoder()
    found: set[str] = set()
    for code, vintage in codes:
        recoding = recoder.recode(code, from_vintage=vintage, to_vintage=CURRENT_VINTAGE)
        found.update(recoding.candidates)
    valid = {"first_vintage__lte": CURRENT_VINTAGE, "last_vintage__gte": CURRENT_VINTAGE}
    regions = tuple(Region.objects.filter(code__in=found, **valid).order_by("code"))
    return regions, not found <= {code for code, _vintage in codes}


@dataclass(frozen=True, slots=True)
class StoredPostcodes:
    """How many postal points there are now.

    Attributes
    ----------
    n_points : int
    vintage : int or None
        Of their codes; None without any.
    """

    n_points: int
    vintage: int | None


@transaction.atomic
def store_postcodes(codes: Iterable[PostalCode]) -> StoredPostcodes:
    """Put the points of the source in the place of those that were there."""
    PostalPoint.objects.all().delete()
    n_points, vintage = 0, None
    for batch in batched(_points(codes), BATCH):
        PostalPoint.objects.bulk_create(batch)
        n_points, vintage = n_points + len(batch), batch[-1].vintage
    return StoredPostcodes(n_points, vintage)


def _points(codes: Iterable[PostalCode]) -> Iterator[PostalPoint]:
    seen: set[tuple[str, ...]] = set()
    for code in codes:
        key = (code.country, code.postcode[:12], code.nuts3, town_key(code.town))
        if key not in seen:
            seen.add(key)
            country, postcode, nuts3, town = key
            yield PostalPoint(
                country=country, postcode=postcode, nuts3=nuts3, vintage=code.vintage, town=town
            )
