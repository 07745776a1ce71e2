"""Count the choices of the top three: points by place, people behind them, small groups hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.platform.cafe.models import AlpCafe, TopThree

type Choice = tuple[str, ...]
"""Keys of measures, best first."""


@dataclass(frozen=True, slots=True)
class TopThreeLine:
    """What one measure was given.

    Attributes
    ----------
    measure : str
        Key of the measure.
    points : int
    n : int
        People who chose it.
    places : tuple of int
        People who put it on each place.
    """

    measure: str
    points: int
    n: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TopThreeCount:
    """The top three of one round.

    Attributes
    ----------
    round : int
    weights : tuple of int
        Points of the places, first place first.
    n : int or None
        People with a choice that stands; None below the smallest group.
    lines : tuple of TopThreeLine
        Every measure of the AlpCafé, most points first; ties in the order of the table. Empty
        where nothing may be shown.
    is_withheld : bool
        Fewer than five people chose, or all of fewer than ten chose alike.
    """

    round: int
    weights: tuple[int, ...]
    n: int | None
    lines: tuple[TopThreeLine, ...]
    is_withheld: bool


# From this many people on, a choice made by all may be shown.
_UNANIMOUS_BELOW = 10


def count_top_three(cafe: AlpCafe, round: int = 1) -> TopThreeCount:  # noqa: A002 - as the model
    """Count the standing choices of a round in two queries."""
    choices = standing_choices(cafe, round)
    keys = list(cafe.cafe_measures.values_list("measure__key", flat=True))
    return tally(choices, keys, weights=cafe.top_three_points, round_=round)


def standing_choices(cafe: AlpCafe, round: int = 1) -> list[Choice]:  # noqa: A002
    """Return the latest choice of each person; choices taken back are none."""
    rows = TopThree.objects.filter(cafe=cafe, round=round).order_by("pk")
    latest = dict(rows.values_list("participant_id", "measures"))
    return [tuple(choice) for choice in latest.values() if choice]


def tally(
    choices: Sequence[Choice], keys: Sequence[str], *, weights: Sequence[int], round_: int = 1
) -> TopThreeCount:
    """Add up points; a small or unanimous small group is withheld as a whole.

    Examples
    --------
    >>> found = tally([("a", "b")] * 4 + [("b",)] * 2, ["a", "b"], weights=[3, 2, 1])
    >>> [(line.measure, line.points, line.n) for line in found.lines]
    [('b', 14, 6), ('a', 12, 4)]
    """
    n = len(choices)
    is_withheld = 0 < n < K_ANONYMITY or (n < _UNANIMOUS_BELOW and len(set(choices)) == 1)
    lines = [] if is_withheld else [_line(key, choices, weights) for key in keys]
    return TopThreeCount(
        round=round_,
        weights=tuple(weights),
        n=None if 0 < n < K_ANONYMITY else n,
        lines=tuple(sorted(lines, key=lambda line: -line.points)),
        is_withheld=is_withheld,
    )


def _line(key: str, choices: Sequence[Choice], weights: Sequence[int]) -> TopThreeLine:
    places = tuple(
        sum(1 for choice in choices if choice[place : place + 1] == (key,))
        for place in range(len(weights))
    )
    points = sum(weight * n for weight, n in zip(weights, places, strict=True))
    return TopThreeLine(key, points, sum(places), places)
