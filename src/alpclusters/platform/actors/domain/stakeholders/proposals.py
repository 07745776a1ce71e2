"""Whom to invite next: one after the other whoever brings the list nearest to its aims.

Greedy and pure. Nobody is proposed who is on the list, and each proposal makes the deficit
smaller; where nobody helps any more, the proposal ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alpclusters.platform.actors.domain.stakeholders.deficits import (
    Deficits,
    Goal,
    Seat,
    deficits_of,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stakeholder who could be asked; ``weight`` decides between equals (influence, interest)."""

    pk: int
    organisation: int
    seat: Seat
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody to ask, what that fills, and the deficit before and after."""

    candidate: Candidate
    reasons: tuple[str, ...]
    before: int
    after: int


def propose(
    candidates: Iterable[Candidate],
    listed: Sequence[Seat],
    goal: Goal,
    *,
    on_list: frozenset[int] = frozenset(),
) -> list[Proposal]:
    """Choose step by step.

    Parameters
    ----------
    candidates : iterable of Candidate
        Stakeholders; one per organisation is taken at most.
    listed : sequence of Seat
        Those who are on the list already.
    goal : Goal
        The aims.
    on_list : frozenset of int
        Organisations that are on the list already.
    """
    open_ones = [one for one in candidates if one.organisation not in on_list]
    seats, found = list(listed), []
    size = len(seats)
    now = deficits_of(seats, goal, size=size)
    while open_ones and now.total:
        best, after = _best(open_ones, seats, goal, size)
        if after.total >= now.total:
            break
        found.append(Proposal(best, reasons_of(now, after), now.total, after.total))
        seats.append(best.seat)
        open_ones = [one for one in open_ones if one.organisation != best.organisation]
        now = after
    return found


def _best(
    candidates: Sequence[Candidate], seats: list[Seat], goal: Goal, size: int
) -> tuple[Candidate, Deficits]:
    # Candidates of one cell and level change the deficit alike: count each kind once.
    wanted = {one.seat for one in candidates}
    kinds = {seat: deficits_of([*seats, seat], goal, size=size) for seat in wanted}
    best = min(candidates, key=lambda one: (kinds[one.seat].total, -one.weight, one.pk))
    return best, kinds[best.seat]


def reasons_of(before: Deficits, after: Deficits) -> tuple[str, ...]:
    """Name the aims that came nearer: cell, group, level, region."""
    pairs = {
        "cell": (sum(before.cells.values()), sum(after.cells.values())),
        "group": (before.groups, after.groups),
        "level": (before.levels, after.levels),
        "region": (sum(before.regions.values()), sum(after.regions.values())),
    }
    return tuple(name for name, (was, will_be) in pairs.items() if will_be < was)
