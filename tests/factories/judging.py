"""AlpCafés with several measures, for tests of rankings and opinion groups."""

from collections.abc import Sequence

from alpclusters.platform.cafe.models import AlpCafe
from tests.factories.evaluation import CANNOT, join, make_cafe, rate

FOUR = ("fair", "pilot", "label", "visit")
GOLDEN = ("5432", "4421", "5542", "4331", "55.2", "4432", "3.31", "5442", "5341", "4532")
"""One person per text, one answer per measure; a dot is "cannot judge"."""


def four_cafe(
    rows: Sequence[str] = GOLDEN,
    *,
    regions: Sequence[str] = ("AT32",),
    criteria: Sequence[str] = ("effectiveness",),
    measures: Sequence[str] = FOUR,
    cafe: AlpCafe | None = None,
) -> AlpCafe:
    """Build an AlpCafé in which one person per text rated; a blank is no answer."""
    hall = cafe or make_cafe(measures=measures, criteria=criteria)
    for place, row in enumerate(rows):
        person = join(hall, region=regions[place % len(regions)])
        for measure, sign in zip(measures, row, strict=True):
            for criterion in criteria if sign != " " else ():
                value = CANNOT if sign == "." else int(sign)
                rate(person, value, measure=measure, criterion=criterion)
    return hall


def two_camps(n: int, *, regions: Sequence[str] = ("AT32",)) -> AlpCafe:
    """Build an AlpCafé with two camps that answer the opposite, three to two."""
    swayed = ("5142", "5241", "4152", "5131", "4142")
    other = ("1524", "1425", "2514", "1335", "2425")
    rows = [(swayed if place % 5 < 3 else other)[place % 4] for place in range(n)]
    return four_cafe(rows, regions=regions, criteria=("effectiveness", "durability"))
