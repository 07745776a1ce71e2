"""Count the choices of the top three: points, and of small groups nothing that gives them away.

Points stand without people and places behind them: with both, the places of a few would follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Subquery

from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.small_groups import withhold_groups
from alpclusters.platform.cafe.domain.person_marks import opinion_keys
from alpclusters.platform.cafe.models import AlpCafe, Block, TopThree

type Choice = tuple[str, ...]
"""Keys of measures, best first."""


class ChoiceRow(NamedTuple):
    """A choice as it arrived."""

    pk: int
    person: int
    measures: list[str]
    received_at: datetime


class ChoiceLog(NamedTuple):
    """Choices that count, late ones that do not, and when the top three could first be seen.

    The last is None where it was not, and after the seal.
    """

    counted: list[ChoiceRow]
    late: list[ChoiceRow]
    shown_at: datetime | None


POINTS_FROM: Final = 10
"""From this many people on points are told; below it the order of the first three."""
_FIRST: Final = 3


@dataclass(frozen=True, slots=True)
class TopThreeLine:
    """What one measure was given.

    Attributes
    ----------
    measure : str
        Key of the measure.
    points : int or None
        None where fewer than five people chose it, or where such points would follow from these.
    """

    measure: str
    points: int | None


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
        Every measure of the AlpCafé that is no statement about the person, most points first,
        then those without points; ties in the order of the table. Empty where no points may be
        shown.
    first : tuple of str
        Instead of points: keys of the first three measures, in their order.
    is_withheld : bool
        Fewer than five people chose, or all of fewer than ten chose alike: neither is shown.
    """

    round: int
    weights: tuple[int, ...]
    n: int | None
    lines: tuple[TopThreeLine, ...] = ()
    first: tuple[str, ...] = ()
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one measure was given, and by how many people; for no eyes."""

    measure: str
    points: int
    n: int


def count_choosers(cafe: AlpCafe) -> int:
    """Count the people with a choice that stands, in one query; below the smallest group 0."""
    n = len(latest_choices(read_log(cafe).counted))
    return n if n >= K_ANONYMITY else 0


def count_log(cafe: AlpCafe, rows: Iterable[ChoiceRow], *, round_: int = 1) -> TopThreeCount:
    """Count the latest of these choices of each person."""
    choices = list(latest_choices(rows).values())
    return tally(choices, opinion_keys(cafe), weights=cafe.top_three_points, round_=round_)


def latest_choices(rows: Iterable[ChoiceRow]) -> dict[int, Choice]:
    """Return the latest choice by person, without those taken back."""
    latest = {row.person: tuple(row.measures) for row in rows}
    return {person: choice for person, choice in latest.items() if choice}


def read_log(cafe: AlpCafe, round: int = 1) -> ChoiceLog:  # noqa: A002
    """Read every choice in one query, those apart that few people gave after results.

    Until ten people have given one after the top three could be seen, points with and without
    them beside each other would show what they chose. With the seal they are deleted
    (`sealing`): what is left then counts.
    """
    columns = ("pk", "participant_id", "measures", "received_at")
    found = TopThree.objects.filter(cafe=cafe, round=round).order_by("pk")
    rows = list(found.annotate(**_first_shown(cafe)).values_list(*columns, "hall", "page"))
    shown = [at for *_row, hall, page in rows[:1] for at in (hall, page) if at is not None]
    shown_at = None if cafe.sealed_at else min(shown, default=None)
    all_ = [ChoiceRow(*row[: len(columns)]) for row in rows]
    late = [row for row in all_ if shown_at is not None and row.received_at > shown_at]
    if len({row.person for row in late}) >= SMALLEST_GROUP:
        late = []
    left_out = {row.pk for row in late}
    return ChoiceLog([row for row in all_ if row.pk not in left_out], late, shown_at)


def _first_shown(cafe: AlpCafe) -> dict[str, Subquery]:
    """Say when the top three could first be seen, in the hall and in an evaluation."""
    hall = cafe.releases.filter(block=Block.TOP_THREE).order_by("visible_from")
    page = cafe.snapshots.filter(first_released_at__isnull=False).order_by("made_at")
    return {
        "hall": Subquery(hall.values("visible_from")[:1]),
        "page": Subquery(page.values("made_at")[:1]),
    }


def tally(
    choices: Sequence[Choice], keys: Sequence[str], *, weights: Sequence[int], round_: int = 1
) -> TopThreeCount:
    """Add up points; what would give a few people away is left out.

    Examples
    --------
    >>> choices = [("a", "b")] * 6 + [("b", "c")] * 5 + [("d",)]
    >>> found = tally(choices, ["a", "b", "c", "d"], weights=[3, 2, 1])
    >>> [(line.measure, line.points) for line in found.lines]
    [('b', 27), ('a', 18), ('c', None), ('d', None)]
    """
    n = len(choices)
    if K_ANONYMITY <= n < POINTS_FROM and len(set(choices)) == 1:
        return TopThreeCount(round_, tuple(weights), n, is_withheld=True)
    chosen = [_chosen(key, choices, weights) for key in keys]
    return tell(chosen, n=n, weights=weights, round_=round_)


def tell(
    chosen: Sequence[Chosen], *, n: int, weights: Sequence[int], round_: int = 1
) -> TopThreeCount:
    """Return what may be told of the choices of n people."""
    places = tuple(weights)
    if n < K_ANONYMITY:
        return TopThreeCount(round_, places, None if n else 0, is_withheld=n > 0)
    if n < POINTS_FROM or _is_nearly_everybody(chosen, n, places):
        return TopThreeCount(round_, places, n, first=_first(chosen))
    lines = _lines(chosen)
    if all(line.points is None for line in lines):
        return TopThreeCount(round_, places, n, first=_first(chosen))
    return TopThreeCount(round_, places, n, lines=lines)


def _chosen(key: str, choices: Sequence[Choice], weights: Sequence[int]) -> Chosen:
    given = [weight for choice in choices for one, weight in zip(choice, weights, strict=False)
             if one == key]  # fmt: skip
    return Chosen(key, sum(given), len(given))


def _is_nearly_everybody(chosen: Sequence[Chosen], n: int, weights: Sequence[int]) -> bool:
    """Say whether points so high name what each of the others chose, for all or for one of them.

    So must the points be that are not told because of it: from one step less on they are not.
    """
    return any(one.points >= max(weights) * (n - 2) for one in chosen)


def _first(chosen: Sequence[Chosen]) -> tuple[str, ...]:
    ranked = sorted(chosen, key=lambda one: -one.points)
    return tuple(one.measure for one in ranked[:_FIRST] if one.points)


def _lines(chosen: Sequence[Chosen]) -> tuple[TopThreeLine, ...]:
    flags = withhold_groups([one.n for one in chosen]).groups
    # That nobody chose it looks the same as that a few did.
    hidden = [flag or one.n < K_ANONYMITY for one, flag in zip(chosen, flags, strict=True)]
    shown = [one for one, is_hidden in zip(chosen, hidden, strict=True) if not is_hidden]
    ranked = sorted(shown, key=lambda one: -one.points)
    kept = [one for one, is_hidden in zip(chosen, hidden, strict=True) if is_hidden]
    return (
        *(TopThreeLine(one.measure, one.points) for one in ranked),
        *(TopThreeLine(one.measure, None) for one in kept),
    )
