"""Several cases as one record of a case: ids carry the name of their part, nothing else changes.

Only what the optimiser reads once cells and ceilings are known is right in it: each part is
prepared by itself, with its own days, places and answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from alpclusters.analysis.funding.case.mixes import Allocation, Cell
from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.analysis.funding.case.records import (
    Case,
    Line,
    Link,
    Offer,
    Partner,
    SolverWishes,
    Undertaking,
    Wish,
    WorkPackage,
)
from alpclusters.analysis.funding.joint.parts import Node, Part, shared_heads

SLASH = "/"


def named(part: str, name: str) -> str:
    """Return the id that a record of a part has in the merged case."""
    return f"{part}{SLASH}{name}"


def split_allocation(allocation: Allocation, parts: Sequence[Part]) -> dict[str, Allocation]:
    """Return the mix of each part with the ids of its own case."""
    found: dict[str, list[Cell]] = {part.key: [] for part in parts}
    for cell in allocation:
        part, _, offer = cell.offer.partition(SLASH)
        line = cell.line.partition(SLASH)[2]
        found[part].append(replace(cell, offer=offer, line=line))
    return {key: tuple(sorted(cells)) for key, cells in found.items()}


def merged_case(parts: Sequence[Part], heads: Mapping[Node, Node]) -> Case:
    """Return the parts as one case.

    Parameters
    ----------
    parts : sequence of Part
        With a common history.
    heads : mapping
        The first of those that an undertaking is one with.
    """
    shared = shared_heads(heads)
    cases = [(part.key, part.case) for part in parts]
    return Case(
        title="",
        periods=Periods(
            min(case.periods.start for _, case in cases),
            max(case.periods.count for _, case in cases),
        ),
        undertakings=tuple(
            _undertaking(key, one, heads, shared)
            for key, case in cases
            for one in case.undertakings
        ),
        partners=tuple(_partner(key, one) for key, case in cases for one in case.partners),
        work_packages=tuple(
            _package(key, one) for key, case in cases for one in case.work_packages
        ),
        lines=tuple(_line(key, one) for key, case in cases for one in case.lines),
        offers=tuple(_offer(key, one, case) for key, case in cases for one in case.offers),
        links=tuple(_link(key, one) for key, case in cases for one in case.links),
        wishes=tuple(_wish(key, one) for key, case in cases for one in case.wishes),
        solver=SolverWishes(seed=cases[0][1].solver.seed),
        rulebook=cases[0][1].rulebook,
        is_simulated=any(case.is_simulated for _, case in cases),
    )


def scopes_of(parts: Sequence[Part]) -> tuple[frozenset[str], ...]:
    """Return for each wish of the merged case the offers that it speaks of: those of its part."""
    own = [
        (part.case, frozenset(named(part.key, offer.id) for offer in part.case.offers))
        for part in parts
    ]
    return tuple(chain.from_iterable([offers] * len(case.wishes) for case, offers in own))


def _undertaking(
    key: str, one: Undertaking, heads: Mapping[Node, Node], shared: frozenset[Node]
) -> Undertaking:
    """Tie an undertaking that several parts know to the first of them, which keeps the history."""
    node = (key, one.id)
    above = None if one.controlled_by is None else named(key, one.controlled_by)
    made = replace(one, id=named(*node), controlled_by=above)
    if heads[node] not in shared:
        return made
    if heads[node] == node:
        return replace(made, controlled_by=None)
    return replace(made, controlled_by=named(*heads[node]), de_minimis=(), earlier_aid=())


def _partner(key: str, one: Partner) -> Partner:
    return replace(one, id=named(key, one.id), undertaking=named(key, one.undertaking))


def _package(key: str, one: WorkPackage) -> WorkPackage:
    return replace(one, id=named(key, one.id))


def _line(key: str, one: Line) -> Line:
    return replace(
        one, id=named(key, one.id), partner=named(key, one.partner), wp=named(key, one.wp)
    )


def _offer(key: str, one: Offer, case: Case) -> Offer:
    """An offer without a day is judged on the first day of its own project."""
    return replace(
        one,
        id=named(key, one.id),
        seal_of=None if one.seal_of is None else named(key, one.seal_of),
        partner_floors_ct={named(key, who): ct for who, ct in one.partner_floors_ct.items()},
        decided_on=one.decided_on if one.day else case.periods.start,
    )


def _link(key: str, one: Link) -> Link:
    return replace(one, offers=tuple(named(key, name) for name in one.offers))


def _wish(key: str, one: Wish) -> Wish:
    def mine(name: str | None) -> str | None:
        return None if name is None else named(key, name)

    return replace(one, offer=mine(one.offer), partner=mine(one.partner), line=mine(one.line))
