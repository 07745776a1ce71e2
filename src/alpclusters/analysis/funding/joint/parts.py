"""Cases weighed together: whose undertakings are one, and what was granted to them before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from alpclusters.analysis.funding.case.records import Case, EarlierAid, PastAid, Undertaking

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
