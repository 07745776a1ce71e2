"""A simulated network in the database: organisations in the regions of the tile map, home first."""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import batched
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
SEED: Final = 20260
HOME: Final = 0.35
ABROAD: Final = 0.4
_BATCH: Final = 5_000
_FIRST: Final = date(2010, 1, 1)
_DAYS: Final = 5_800


def populate(n: int, m: int) -> None:
    """Store n simulated organisations and m links between them, each pair once."""
    from alpclusters.platform.actors.models import Organisation
    from alpclusters.platform.network.models import Link

    regions = _regions()
    random = np.random.default_rng(SEED)
    place = random.integers(0, len(regions), n)
    for rows in batched(_organisations(place, regions), _BATCH, strict=False):
        Organisation.objects.bulk_create(rows)
    found = Organisation.objects.filter(source="benchmark").order_by("pk")
    numbers = np.array(list(found.values_list("pk", flat=True)), dtype=np.int64)
    country = np.array([hash_of(region.country) for region in regions])[place]
    first, second = pairs(place, country, m, random)
    days = random.integers(0, _DAYS, m)
    for rows in batched(_links(numbers, first, second, days), _BATCH, strict=False):
        Link.objects.bulk_create(rows)


def hash_of(country: str) -> int:
    """Return a number for a country."""
    return ord(country[0]) * 256 + ord(country[1])


def pairs(
    place: IntArray, country: IntArray, m: int, random: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Draw m different pairs; many at home, more in the same country than chance would give.

    Some organisations are drawn far more often than others, as in real networks.
    """
    n = len(place)
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(place.max() + 2))
    taken: IntArray = np.zeros(0, np.int64)
    while len(taken) < m:
        size = int((m - len(taken)) * 1.4) + 64
        one = _heavy(random, size, n)
        own = place[one]
        low, high = starts[own], starts[own + 1]
        near = order[low + (random.random(size) * (high - low)).astype(np.int64)]
        other = np.where(random.random(size) < HOME, near, _heavy(random, size, n))
        keep = (one != other) & ((country[one] == country[other]) | (random.random(size) < ABROAD))
        keys = np.minimum(one, other)[keep] * n + np.maximum(one, other)[keep]
        taken = np.unique(np.concatenate([taken, keys]))
    chosen = random.permutation(taken)[:m]
    return chosen // n, chosen % n


def _heavy(random: np.random.Generator, size: int, n: int) -> IntArray:
    """Draw organisations; a few come very often."""
    return (n * random.random(size) ** 1.7).astype(np.int64)


def _regions() -> list[Any]:
    from alpclusters.platform.territory.domain.tiles import tile_codes
    from alpclusters.platform.territory.models import Region

    return list(Region.objects.current().filter(code__in=tile_codes()).order_by("code"))


def _organisations(place: IntArray, regions: list[Any]) -> Iterator[Any]:
    from alpclusters.platform.actors.models import Organisation

    for number, where in enumerate(place.tolist()):
        region = regions[where]
        yield Organisation(
            name=f"{region.name} {number} (simulated)",
            source="benchmark",
            region=region,
            country=region.country,
            is_listed=number % 3 != 0,
            is_simulated=True,
        )


def _links(numbers: IntArray, first: IntArray, second: IntArray, days: IntArray) -> Iterator[Any]:
    from django.utils import timezone

    from alpclusters.platform.network.models import Link

    now = timezone.now()
    ends = np.sort(np.stack([numbers[first], numbers[second]]), axis=0)
    for one, two, day in zip(*ends.tolist(), days.tolist(), strict=True):
        yield Link(
            first_id=one,
            second_id=two,
            type="joint_project" if day % 3 else "exchange",
            status="active_self" if day % 2 else "active_funded",
            standing="confirmed",
            started_on=_FIRST + timedelta(days=day),
            entered_at=now,
            is_simulated=True,
        )
