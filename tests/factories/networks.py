"""Small networks for tests: organisations by region, tied by links or by joint projects."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count
from typing import Any

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.models import Initiative, Participation
from alpclusters.platform.network.models import Link
from alpclusters.platform.territory.models import Region
from tests.factories.evaluation import NOW
from tests.factories.evidence import make_initiative, make_participation
from tests.factories.organisations import make_organisation
from tests.factories.territory import make_region

_numbers = count(1)


def region_of(code: str) -> Region:
    """Return a region; it is built where it is not there."""
    return Region.objects.filter(code=code).first() or make_region(code)


def make_bodies(code: str, n: int, **fields: Any) -> list[Organisation]:
    """Build organisations of one region of NUTS 2."""
    region = region_of(code)
    return [
        make_organisation(
            f"{code} body {next(_numbers)}", region=region, country=code[:2], **fields
        )
        for _ in range(n)
    ]


def tie(first: Organisation, second: Organisation, **fields: Any) -> Link:
    """Build a confirmed link between two organisations."""
    one, two = sorted((first, second), key=lambda body: body.pk)
    values = {"standing": "confirmed", "started_on": date(2022, 5, 1), "entered_at": NOW}
    return Link.objects.create(first=one, second=two, **{**values, **fields})


def make_project_of(
    bodies: Iterable[Organisation], start: date | None = date(2022, 5, 1), **fields: Any
) -> Initiative:
    """Build a published project in which organisations take part."""
    initiative = make_initiative(start=start, **fields)
    for body in bodies:
        make_participation(initiative, organisation=body, country=body.country, region=body.region)
    return initiative


def make_three_regions(per_region: int = 6, **fields: Any) -> dict[str, list[Organisation]]:
    """Build bodies of Tirol, Trentino and West Slovenia."""
    return {code: make_bodies(code, per_region, **fields) for code in ("AT33", "ITH2", "SI04")}


def weave(
    left: Sequence[Organisation], right: Sequence[Organisation], n: int, **fields: Any
) -> list[Link]:
    """Tie the first n pairs of two lists, walking the second one faster."""
    pairs = [(one, two) for one in left for two in right][:n]
    return [tie(one, two, **fields) for one, two in pairs]


def participants(initiative: Initiative) -> list[Participation]:
    """Return who takes part."""
    return list(initiative.participations.order_by("pk"))
