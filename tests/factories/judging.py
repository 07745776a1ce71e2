"""AlpCafés with several measures, for tests of rankings and opinion groups."""

from collections.abc import Sequence
from random import Random

from alpclusters.platform.cafe.models import AlpCafe, Participant
from tests.factories.evaluation import CANNOT, join_all, make_cafe, rate_all

TWO_CRITERIA = ("effectiveness", "durability")
FOUR = ("fair", "pilot", "label", "visit")
TEN = ("5432", "4421", "5542", "4331", "55.2", "4432", "3.31", "5442", "5341", "4532")
"""One person per text, one answer per measure; a dot is "cannot judge"."""
GOLDEN = TEN * 2
"""So many that every measure is judged by more than ten."""


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
    people = join_all(hall, [regions[place % len(regions)] for place in range(len(rows))])
    rate_rows(people, rows, measures=measures, criteria=criteria)
    return hall


def rate_rows(
    people: Sequence[Participant],
    rows: Sequence[str],
    *,
    measures: Sequence[str] = FOUR,
    criteria: Sequence[str] = ("effectiveness",),
    **how: object,
) -> None:
    """Let people rate all measures, one text each; further ``how`` as in `rate`."""
    rate_all(
        (
            (person, CANNOT if sign == "." else int(sign), measure, criterion)
            for person, row in zip(people, rows, strict=True)
            for measure, sign in zip(measures, row, strict=True)
            for criterion in (criteria if sign != " " else ())
        ),
        **how,
    )


def rate_again(cafe: AlpCafe, rows: Sequence[str], **fields: Sequence[str]) -> AlpCafe:
    """Let the first people of an AlpCafé rate a second time, one text each."""
    people = list(cafe.participants.order_by("pk")[: len(rows)])
    rate_rows(people, rows, round=2, is_informed=True, **fields)
    return cafe


def two_camps(n: int, *, regions: Sequence[str] = ("AT32",)) -> AlpCafe:
    """Build an AlpCafé with two camps that answer the opposite, three to two."""
    swayed = ("5142", "5241", "4152", "5131", "4142")
    other = ("1524", "1425", "2514", "1335", "2425")
    rows = [(swayed if place % 5 < 3 else other)[place % 4] for place in range(n)]
    return four_cafe(rows, regions=regions, criteria=("effectiveness", "durability"))


EIGHT = (*FOUR, "voucher", "training", "lab", "stand")


def along_a_line(n: int = 240, *, regions: Sequence[str] = ("AT32",)) -> AlpCafe:
    """Build an AlpCafé whose people lie in one cloud along a line, on eight measures."""
    chance = Random(2)  # noqa: S311 - simulated answers
    rows = [_swayed(chance.gauss(0, 0.6), chance) for _ in range(n)]
    return four_cafe(rows, regions=regions, measures=EIGHT, criteria=TWO_CRITERIA)


def _swayed(place: float, chance: Random) -> str:
    """Rate every other measure higher the farther somebody is to the right, the rest lower."""
    values = (3 + (-1) ** item * 1.6 * place + chance.gauss(0, 0.5) for item in range(8))
    return "".join(str(min(5, max(1, round(value)))) for value in values)
