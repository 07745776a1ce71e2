"""Count the choices of the top three: points, and of small groups nothing that gives them away.

Points stand without people and places behind them: with both, the places of a few would follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Subquery

from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.errors import InputError, StateError
from alpclusters.analysis.small_groups import withhold_groups
from alpclusters.platform.cafe.domain.cards import find_card
from alpclusters.platform.cafe.domain.commands import Change, Order, State, register
from alpclusters.platform.cafe.models import AlpCafe, Block, CafeMeasure, Card, TopThree
from alpclusters.platform.history import sign

if TYPE_CHECKING:
    from alpclusters.analysis.opinion.persons import PersonStatus


# --- Statements about the person among what people rate or support: ``mark_person`` ---------------
#
# Such a statement says what somebody is, has or did, not what should be: it is no opinion, and no
# ranking, structure or list of what divides may hold it. The organiser's mark decides, yes or no;
# without one a wording like a fact about oneself is a proposal, kept out until somebody decides
# (docs/methods/opinion.md).
#
# Arguments: ``measure`` or ``card`` (its number), ``about``: true, false, or null for "undecided".


COMMAND: Final = "mark_person"
MARKED: Final = "marked"
PROPOSED: Final = "proposed"


def measures_about_person(rows: Iterable[CafeMeasure]) -> dict[int, "PersonStatus"]:
    """Return the measures that are about the person, by number, ``marked`` or ``proposed``.

    A measure is a proposal if its name is one in any of the five languages.
    """
    found = list(rows)
    names = [list(row.measure.name.each().values()) for row in found]
    told = _statuses(names, [row.is_about_person for row in found])
    return {row.measure_id: one for row, one in zip(found, told, strict=True) if one != "no"}


def cards_about_person(cards: Iterable[Card]) -> dict[int, "PersonStatus"]:
    """Return the cards that are about the person, by number, ``marked`` or ``proposed``."""
    found = list(cards)
    told = _statuses([[card.text] for card in found], [card.is_about_person for card in found])
    return {card.pk: one for card, one in zip(found, told, strict=True) if one != "no"}


def opinion_keys(cafe: AlpCafe) -> list[str]:
    """Return the keys of the measures that may be ranked, in the order of the table."""
    rows = list(cafe.cafe_measures.select_related("measure"))
    persons = measures_about_person(rows)
    return [row.measure.key for row in rows if row.measure_id not in persons]


def mark_person(order: Order) -> Change:
    """Say that a measure or a card is about the person, or an opinion; or take that back."""
    about = order.arguments.get("about")
    if about is not None and not isinstance(about, bool):
        raise InputError("cafe.unknown_mark", found=str(about))
    row = _find_card(order) if "card" in order.arguments else _find_measure(order)
    kind = "card" if isinstance(row, Card) else "measure"
    number = row.pk if isinstance(row, Card) else row.measure_id
    before = {"kind": kind, "number": number, "about": row.is_about_person}
    _write(row, about=about, order=order)
    return Change(before, {**before, "about": about}, [f"person:{kind}:{number}"])


def revert_mark(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    """Make the earlier mark hold again."""
    del after, now
    if before["kind"] == "card":
        cafe.cards.filter(pk=before["number"]).update(is_about_person=before["about"])
        return
    row = cafe.cafe_measures.filter(measure_id=before["number"]).first()
    if row is not None:
        row.is_about_person = before["about"]
        row.save(update_fields=["is_about_person"])


def _statuses(texts: Sequence[Sequence[str]], marks: Sequence[bool | None]) -> list["PersonStatus"]:
    # The package needs SciPy, a third of a second: only who asks for statements waits for it.
    from alpclusters.analysis.opinion.persons import person_statements  # noqa: PLC0415

    found: list[PersonStatus] = []
    for own, mark in zip(texts, marks, strict=True):
        told = person_statements(own, marked=[mark] * len(own)).statuses
        found.append(next((one for one in told if one != "no"), "no"))
    return found


def _find_card(order: Order) -> Card:
    card = find_card(order)
    if not card.text:
        # A photo has no wording that anybody could have agreed with.
        raise StateError("cafe.unknown_card", found=str(card.pk))
    return card


def _find_measure(order: Order) -> CafeMeasure:
    number = order.arguments.get("measure")
    rows = order.cafe.cafe_measures.select_related("measure")
    row: CafeMeasure | None = (
        rows.filter(measure_id=number).first() if isinstance(number, int) else None
    )
    if row is None:
        raise StateError("cafe.unknown_measure", found=str(number))
    return row


def _write(row: CafeMeasure | Card, *, about: bool | None, order: Order) -> None:
    row.is_about_person = about
    if isinstance(row, CafeMeasure):
        sign(row, order.by)
    row.save(update_fields=["is_about_person"])


register(COMMAND, mark_person, revert_mark, is_strict=False)


# --- Count the choices of the top three: points, and of small groups nothing that gives them away


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
