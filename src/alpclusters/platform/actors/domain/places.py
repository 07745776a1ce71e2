"""Where organisations lie: counts by region and points, for thousands of hits at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.platform.actors.domain.directory.index import read_state
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.territory.models import CURRENT_VINTAGE

type Ints = NDArray[np.int64]

DECIMALS: Final = 4  # about 10 m; what sources give is rarely better
_NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Spread:
    """How some organisations spread over the regions.

    Attributes
    ----------
    by_code : mapping of str to int
        How many have just this code of the current vintage, of whatever level.
    n : int
        How many organisations there are.
    n_without : int
        How many have no region, or one of another vintage.
    """

    by_code: Counter[str]
    n: int
    n_without: int

    def at(self, length: int) -> Counter[str]:
        """Count by codes of a length; parts count for the region they lie in."""
        found: Counter[str] = Counter()
        for code, n in self.by_code.items():
            if len(code) >= length:
                found[code[:length]] += n
        return found

    def n_coarser(self, length: int) -> int:
        """How many have a code of a larger area than codes of a length."""
        return sum(n for code, n in self.by_code.items() if len(code) < length)


@dataclass(frozen=True, slots=True)
class Point:
    """An organisation with coordinates, in degrees."""

    organisation_id: int
    name: str
    slug: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class _Seats:
    """The region of every listed organisation; ``places`` point into ``codes``."""

    ids: Ints
    places: Ints
    codes: tuple[str, ...]


def spread_of(ids: Ints) -> Spread:
    """Count organisations by the region of their seat."""
    seats = _seats(read_state().token)
    if not len(seats.ids) or not len(ids):
        return Spread(Counter(), len(ids), len(ids))
    rows = np.minimum(np.searchsorted(seats.ids, ids), len(seats.ids) - 1)
    places = np.where(seats.ids[rows] == ids, seats.places[rows], _NONE)
    counts = np.bincount(places[places >= 0], minlength=len(seats.codes))
    by_code = Counter({seats.codes[i]: int(counts[i]) for i in np.flatnonzero(counts)})
    return Spread(by_code, len(ids), len(ids) - sum(by_code.values()))


@lru_cache(maxsize=1)
def _seats(token: str) -> _Seats:  # noqa: ARG001 - the version of the index is the key of the cache
    rows = Organisation.objects.filter(
        merged_into=None,
        is_listed=True,
        region__first_vintage__lte=CURRENT_VINTAGE,
        region__last_vintage__gte=CURRENT_VINTAGE,
    ).order_by("pk")
    pairs = list(rows.values_list("pk", "region__code"))
    codes = tuple(sorted({code for _pk, code in pairs}))
    place_of = {code: place for place, code in enumerate(codes)}
    return _Seats(
        np.array([pk for pk, _code in pairs], dtype=np.int64),
        np.array([place_of[code] for _pk, code in pairs], dtype=np.int64),
        codes,
    )


def points_of(ids: Sequence[int], *, most: int) -> tuple[list[Point], int]:
    """Return the organisations with coordinates in the order of the hits, and how many more."""
    rows = Organisation.objects.filter(
        merged_into=None, is_listed=True, latitude__isnull=False, longitude__isnull=False
    ).order_by()
    fields = ("pk", "name", "cluster__slug", "latitude", "longitude")
    placed = {row[0]: row for row in rows.values_list(*fields).iterator(chunk_size=5_000)}
    found = [placed[pk] for pk in ids if pk in placed]
    points = [
        Point(pk, name, slug or "", round(latitude, DECIMALS), round(longitude, DECIMALS))
        for pk, name, slug, latitude, longitude in found[:most]
    ]
    return points, len(found) - len(points)
