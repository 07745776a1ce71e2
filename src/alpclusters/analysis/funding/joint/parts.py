"""Cases weighed together, whose undertakings are one, and all of them as one record of a case."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from alpclusters.analysis.funding.case import (
    Allocation,
    Case,
    Cell,
    EarlierAid,
    Line,
    Link,
    Offer,
    Partner,
    PastAid,
    Periods,
    SolverWishes,
    Undertaking,
    Wish,
    WorkPackage,
)

# --- Cases weighed together: whose undertakings are one, and what was granted to them before ------


type Node = tuple[str, str]  # part, undertaking


@dataclass(frozen=True, slots=True)
class Part:
    """One case of several, with a short name that has no slash."""

    key: str
    case: Case


@dataclass(frozen=True, slots=True)
class Learnt:
    """Earlier aid that a case did not state and another one of the same undertaking does.

    ``account`` is the granting state for de minimis, else the article.
    """

    part: str
    undertaking: str
    account: str
    amount_ct: int


def heads_of(parts: Sequence[Part], same: Iterable[Iterable[Node]]) -> Mapping[Node, Node]:
    """Return for each undertaking of each part the first of those it is one with.

    Parameters
    ----------
    parts : sequence of Part
    same : iterable of sets of (part, undertaking)
        Who is one undertaking across the parts; control inside a part is read from its case.

    Returns
    -------
    mapping
        From (part, undertaking) to (part, undertaking).

    Raises
    ------
    KeyError
        ``same`` names an undertaking that is not there.
    """
    order = {(part.key, one.id): 0 for part in parts for one in part.case.undertakings}
    head = {node: node for node in order}
    place = {node: at for at, node in enumerate(order)}

    def root(node: Node) -> Node:
        while head[node] != node:
            node = head[node]
        return node

    def tie(one: Node, other: Node) -> None:
        first, second = sorted((root(one), root(other)), key=place.__getitem__)
        head[second] = first

    for part in parts:
        for firm in part.case.undertakings:
            above = (part.key, firm.controlled_by or "")
            if above in head:
                tie((part.key, firm.id), above)
    for group in same:
        first, *others = group
        for other in others:
            tie(first, other)
    return {node: root(node) for node in head}


def shared_heads(heads: Mapping[Node, Node]) -> frozenset[Node]:
    """Return the first of all undertakings that more than one part knows."""
    parts: dict[Node, set[str]] = {}
    for node, head in heads.items():
        parts.setdefault(head, set()).add(node[0])
    return frozenset(head for head, known in parts.items() if len(known) > 1)


def with_common_history(
    parts: Sequence[Part], same: Iterable[Iterable[Node]]
) -> tuple[tuple[Part, ...], tuple[Learnt, ...]]:
    """Let every part know what any part states about earlier aid of a common undertaking.

    The same aid (account, day and amount) that two parts state is one grant. In each part the
    undertakings that are one hang together by control, and the first of them carries all of it.

    Returns
    -------
    parts : tuple of Part
    learnt : tuple of Learnt
        What a part did not know before.
    """
    heads = heads_of(parts, same)
    shared = shared_heads(heads)
    learnt: list[Learnt] = []
    known = {part.key: part.case for part in parts}
    for head in sorted(shared):
        own = {
            part.key: [u for u in part.case.undertakings if heads[part.key, u.id] == head]
            for part in parts
        }
        own = {key: firms for key, firms in own.items() if firms}
        aid = _union([[a for u in firms for a in u.de_minimis] for firms in own.values()])
        early = _union([[a for u in firms for a in u.earlier_aid] for firms in own.values()])
        for key, firms in own.items():
            learnt.extend(_learnt(key, firms, aid, early))
            changed = _tied(firms, aid, early)
            case = known[key]
            firms_now = tuple(changed.get(u.id, u) for u in case.undertakings)
            known[key] = replace(case, undertakings=firms_now)
    return tuple(Part(part.key, known[part.key]) for part in parts), tuple(learnt)


def _union[T: PastAid | EarlierAid](lists: Sequence[Sequence[T]]) -> list[T]:
    """Return aid of all lists, each as often as the list that has it most often."""
    most: Counter[tuple[object, ...]] = Counter()
    samples: dict[tuple[object, ...], list[T]] = {}
    for one in lists:
        found: dict[tuple[object, ...], list[T]] = {}
        for aid in one:
            found.setdefault(_same_aid(aid), []).append(aid)
        for key, members in found.items():
            if len(members) > most[key]:
                most[key], samples[key] = len(members), members
    together = [aid for members in samples.values() for aid in members]
    return sorted(together, key=lambda aid: (aid.granted_on, str(_same_aid(aid))))


def _same_aid(aid: PastAid | EarlierAid) -> tuple[object, ...]:
    return _account_of(aid), aid.granted_on, aid.amount_ct


def _account_of(aid: PastAid | EarlierAid) -> str:
    return aid.state if isinstance(aid, PastAid) else aid.article


def _tied(
    firms: Sequence[Undertaking], aid: Sequence[PastAid], early: Sequence[EarlierAid]
) -> dict[str, Undertaking]:
    first, *others = firms
    found = {
        first.id: replace(
            first, de_minimis=tuple(aid), earlier_aid=tuple(early), controlled_by=None
        )
    }
    for other in others:
        found[other.id] = replace(other, de_minimis=(), earlier_aid=(), controlled_by=first.id)
    return found


def _learnt(
    key: str,
    firms: Sequence[Undertaking],
    aid: Sequence[PastAid],
    early: Sequence[EarlierAid],
) -> Iterable[Learnt]:
    own: list[PastAid | EarlierAid] = [a for u in firms for a in u.de_minimis]
    own += [a for u in firms for a in u.earlier_aid]
    every: list[PastAid | EarlierAid] = [*aid, *early]
    before, new = Counter(map(_same_aid, own)), Counter[str]()
    for one in every:
        if before[_same_aid(one)]:
            before[_same_aid(one)] -= 1
        else:
            new[_account_of(one)] += one.amount_ct
    for account, amount in sorted(new.items()):
        yield Learnt(key, firms[0].id, account, amount)


# --- Several cases as one record of a case: ids carry the name of their part, nothing else changes
#
# Only what the optimiser reads once cells and ceilings are known is right in it: each part is
# prepared by itself, with its own days, places and answers.


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
