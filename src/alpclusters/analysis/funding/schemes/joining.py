"""What keeps a scheme out of a joint call, and the smallest set of rule changes that solves it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.funding.schemes.calls import SIX_WEEKS, works
from alpclusters.analysis.funding.schemes.records import (
    ATTRIBUTES,
    NEVER_OFFERED,
    Change,
    Choices,
    Scheme,
    Value,
    check_schemes,
    check_values,
    common,
    widened,
)

# --- The smallest set of changes that solves all conflicts: weighted set cover, exact -------------


MOST: Final = 60
MAX_NODES: Final = 200_000


@dataclass(frozen=True, slots=True)
class Option:
    """A change that can be made: what it solves, its weight, and who decides.

    Attributes
    ----------
    id : str
    solves : frozenset of str
        Keys of conflicts.
    weight : int
        At least 1.
    level : int
        Of who decides; low is near.
    """

    id: str
    solves: frozenset[str]
    weight: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Cover:
    """Changes that together solve every conflict that can be solved.

    Attributes
    ----------
    options : tuple of str
        Ids in order.
    weight : int
        Sum of their weights.
    levels : tuple of int
        Who decides, the highest first.
    """

    options: tuple[str, ...]
    weight: int
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Covers:
    """The best covers, and what no change solves.

    Attributes
    ----------
    best : tuple of Cover
        By weight; ties by the lowest levels of decision, then ids. The first one is proved best
        unless ``is_proved`` is false. None of them holds a change it could do without.
    unsolved : tuple of str
        Conflicts that no option solves; the covers solve all others.
    is_proved : bool
        Whether the search came to its end.
    """

    best: tuple[Cover, ...]
    unsolved: tuple[str, ...]
    is_proved: bool


def smallest_cover(
    conflicts: Sequence[str], options: Sequence[Option], *, n_best: int = 3
) -> Covers:
    """Find the cheapest sets of changes that solve all conflicts.

    Weighted set cover by branch and bound: the conflict with the fewest options left is branched
    on; the bound adds for each open conflict the least weight per newly solved conflict, which no
    cover can undercut. Greedy choice by that ratio would not be exact.

    Parameters
    ----------
    conflicts : sequence of str
        Keys.
    options : sequence of Option
        At most 60 that solve anything.
    n_best : int
        How many covers to keep.

    Returns
    -------
    Covers

    Raises
    ------
    AnalysisError
        A weight below 1, an id that stands twice, too many options.

    Examples
    --------
    >>> from alpclusters.analysis.funding.schemes import Option
    >>> options = [
    ...     Option("A", frozenset("12"), 2), Option("B", frozenset("234"), 3),
    ...     Option("C", frozenset("45"), 2), Option("D", frozenset("135"), 3),
    ... ]
    >>> for cover in smallest_cover("12345", options).best:
    ...     print(cover.options, cover.weight)
    ('B', 'D') 6
    ('A', 'B', 'C') 7
    ('A', 'C', 'D') 7
    """
    useful = sorted((o for o in options if o.solves & set(conflicts)), key=lambda o: o.id)
    _check(options, len(useful), n_best)
    solvable = frozenset[str]().union(*(o.solves for o in useful))
    tree = _Tree(useful, n_best)
    tree.search(frozenset(conflicts) & solvable, (), frozenset())
    unsolved = tuple(key for key in dict.fromkeys(conflicts) if key not in solvable)
    return Covers(tuple(tree.best), unsolved, tree.n_nodes <= MAX_NODES)


def _check(options: Sequence[Option], n_useful: int, n_best: int) -> None:
    ids = {option.id for option in options}
    if len(ids) < len(options) or any(o.weight < 1 for o in options) or n_best < 1:
        raise AnalysisError("schemes.not_a_change", where=Where(argument="options"), found="")
    if n_useful > MOST:
        raise AnalysisError("schemes.too_many_changes", found=str(n_useful), expected=str(MOST))


type _Key = tuple[int, tuple[int, ...], tuple[str, ...]]


class _Tree:
    """Branches on the conflict with the fewest options left."""

    def __init__(self, options: Sequence[Option], n_best: int) -> None:
        self.options = options
        self.n_best = n_best
        self.best: list[Cover] = []
        self.n_nodes = 0

    def search(
        self, open_: frozenset[str], chosen: tuple[Option, ...], banned: frozenset[str]
    ) -> None:
        """Solve the open conflicts with options that are not banned."""
        self.n_nodes += 1
        if self.n_nodes > MAX_NODES:
            return
        if not open_:
            self._keep(chosen)
            return
        ways = self._ways(open_, banned)
        if ways is None or self._is_too_heavy(open_, chosen, ways):
            return
        for option in min(ways.values(), key=len):
            self.search(open_ - option.solves, (*chosen, option), banned)
            # Covers with this option have been seen: each cover is met once.
            banned |= {option.id}

    def _ways(
        self, open_: frozenset[str], banned: frozenset[str]
    ) -> Mapping[str, list[Option]] | None:
        free = [option for option in self.options if option.id not in banned]
        ways = {key: [o for o in free if key in o.solves] for key in sorted(open_)}
        return ways if all(ways.values()) else None

    def _is_too_heavy(
        self,
        open_: frozenset[str],
        chosen: tuple[Option, ...],
        ways: Mapping[str, list[Option]],
    ) -> bool:
        if len(self.best) < self.n_best:
            return False
        least = sum(min(o.weight / len(o.solves & open_) for o in found) for found in ways.values())
        # Ties may still win by level or name: only what is heavier is cut.
        bound = sum(option.weight for option in chosen) + math.ceil(least - 1e-9)
        return bound > self.best[-1].weight

    def _keep(self, chosen: tuple[Option, ...]) -> None:
        if _has_spare(chosen):
            return
        ordered = sorted(chosen, key=lambda option: option.id)
        levels = tuple(sorted((option.level for option in chosen), reverse=True))
        cover = Cover(tuple(o.id for o in ordered), sum(o.weight for o in chosen), levels)
        self.best = sorted([*self.best, cover], key=_key)[: self.n_best]


def _key(cover: Cover) -> _Key:
    return cover.weight, cover.levels, cover.options


def _has_spare(chosen: Sequence[Option]) -> bool:
    """Say whether an option could be left out."""
    solved = frozenset[str]().union(*(option.solves for option in chosen))
    return any(
        frozenset[str]().union(*(o.solves for o in chosen if o is not option)) == solved
        for option in chosen
    )


# --- What keeps a scheme out of a joint call, and the smallest set of rule changes that lets it in


# What the call asks stands against the scheme, or what the other members have in common.
type Against = Literal["members", "call"]
CALL_LEVEL: Final = 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """One requirement of the joint call that the scheme does not meet.

    Attributes
    ----------
    attribute : str
    against : {"members", "call"}
        What the other members have in common, or what the call asks.
    wanted : Choices, Span or Days
        One of the keys, some part of the interval.
    own : Choices, Span or Days
        What the scheme allows.
    """

    attribute: str
    against: Against
    wanted: Value
    own: Value

    @property
    def key(self) -> str:
        """Return a name that is its own within one design."""
        keys = sorted(self.wanted.values) if isinstance(self.wanted, Choices) else []
        return ":".join([self.attribute, self.against, *keys])


@dataclass(frozen=True, slots=True)
class Joining:
    """How a missing scheme could join.

    Attributes
    ----------
    scheme : str
    conflicts : tuple of Conflict
        Empty: it fits as it is.
    offered : tuple of Change
        Its own changes and the call's that solve any conflict.
    never : tuple of Change
        Changes of EU law that would solve one; they are not offered.
    covers : Covers
        The smallest sets of changes; ``unsolved`` are keys of conflicts that cannot be solved here.
    status, reasons
        "undefined" where the other members have nothing in common themselves, "limited" where a
        conflict stays unsolved or the search was stopped.
    conventions : Conventions
    """

    scheme: str
    conflicts: tuple[Conflict, ...]
    offered: tuple[Change, ...]
    never: tuple[Change, ...]
    covers: Covers
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def let_join(
    members: Sequence[Scheme],
    missing: Scheme,
    *,
    wishes: Mapping[str, Value] | None = None,
    min_days: int = SIX_WEEKS,
    n_best: int = 3,
) -> Joining:
    """Find the smallest set of rule changes that lets a missing scheme into a joint call.

    Conflicts are pairs (attribute, requirement). Changes are those the missing scheme names and
    one of the call's text for each of its own wishes (level 1: the wish is taken back). A change
    widens, so that what it solves stays solved; EU law is never offered.

    Parameters
    ----------
    members : sequence of Scheme
        Those who hold the call.
    missing : Scheme
        The one that does not fit.
    wishes : mapping of str to Choices, Span or Days, optional
        What the call asks.
    min_days : int
        Shortest common window.
    n_best : int
        How many sets of changes to give.

    Returns
    -------
    Joining

    Raises
    ------
    AnalysisError
        As `joint_call`; also if the missing scheme is one of the members.

    Examples
    --------
    >>> from alpclusters.analysis.funding.schemes import Change, Choices, Scheme
    >>> tyrol = Scheme("t", "AT33", {"kinds": Choices(frozenset({"sme", "research"}))})
    >>> more = Change("k", "kinds", 2, Choices(frozenset({"sme"})))
    >>> bern = Scheme("b", "CH02", {"kinds": Choices(frozenset({"cluster"}))}, changes=(more,))
    >>> answer = let_join([tyrol], bern)
    >>> [conflict.key for conflict in answer.conflicts]
    ['kinds:members:research:sme']
    >>> answer.covers.best[0].options, answer.covers.best[0].weight
    (('k',), 2)
    """
    wanted = dict(wishes or {})
    if min_days < 1:
        raise AnalysisError("schemes.not_a_window", where=Where(argument="min_days"))
    check_schemes([*members, missing])
    check_values(wanted, where="wishes")
    shared = _shared(members, min_days)
    conflicts = _conflicts(missing.attributes, shared, wanted, min_days)
    changes = [*missing.changes, *_of_the_call(wanted)]
    solved = {
        change.id: _solved_by(change, missing, shared, wanted, conflicts, min_days)
        for change in changes
    }
    useful = [change for change in changes if solved[change.id]]
    offered = tuple(change for change in useful if change.level < NEVER_OFFERED)
    covers = smallest_cover(
        [conflict.key for conflict in conflicts],
        [Option(c.id, solved[c.id], c.weight, c.level) for c in offered],
        n_best=n_best,
    )
    reasons = _reasons(members, wanted, covers, min_days)
    return Joining(
        scheme=missing.id,
        conflicts=conflicts,
        offered=offered,
        never=tuple(change for change in useful if change.level >= NEVER_OFFERED),
        covers=covers,
        status=_status(reasons),
        reasons=reasons,
        conventions=Conventions(method="let_join", thresholds=(("min_days", min_days),)),
    )


def _shared(members: Sequence[Scheme], min_days: int) -> dict[str, Value | None]:
    """Return what members have in common, without what the call asks; None is nothing."""
    known = {key: [s.attributes[key] for s in members if key in s.attributes] for key in ATTRIBUTES}
    return {key: common(values, min_days=min_days) for key, values in known.items() if values}


def _conflicts(
    own: Mapping[str, Value],
    shared: Mapping[str, Value | None],
    wishes: Mapping[str, Value],
    min_days: int,
) -> tuple[Conflict, ...]:
    found = []
    for key in ATTRIBUTES:
        if key not in own:
            continue
        of_members, wish = shared.get(key), wishes.get(key)
        if of_members is not None and common([own[key], of_members], min_days=min_days) is None:
            found.append(Conflict(key, "members", of_members, own[key]))
        if wish is not None:
            found += _against_the_call(key, own[key], wish, min_days)
    return tuple(found)


def _against_the_call(key: str, own: Value, wish: Value, min_days: int) -> list[Conflict]:
    """Each wished key of a set is a conflict of its own; an interval is one."""
    if isinstance(wish, Choices) and isinstance(own, Choices):
        lacking = sorted(wish.values - own.values)
        return [Conflict(key, "call", Choices(frozenset({one})), own) for one in lacking]
    fits = common([own, wish], min_days=min_days) is not None
    return [] if fits else [Conflict(key, "call", wish, own)]


def _of_the_call(wishes: Mapping[str, Value]) -> list[Change]:
    return [Change(f"call:{key}", key, CALL_LEVEL) for key in ATTRIBUTES if key in wishes]


def _solved_by(
    change: Change,
    missing: Scheme,
    shared: Mapping[str, Value | None],
    wishes: Mapping[str, Value],
    conflicts: Sequence[Conflict],
    min_days: int,
) -> frozenset[str]:
    """Return the conflicts that are gone once the change is made."""
    own, asked = dict(missing.attributes), dict(wishes)
    if change.value is None:
        asked.pop(change.attribute, None)
    elif change.attribute in own:
        own[change.attribute] = widened(own[change.attribute], change.value)
    left = {conflict.key for conflict in _conflicts(own, shared, asked, min_days)}
    return frozenset(conflict.key for conflict in conflicts) - left


def _reasons(
    members: Sequence[Scheme], wishes: Mapping[str, Value], covers: Covers, min_days: int
) -> tuple[str, ...]:
    told = {
        "members_do_not_fit": not works(members, wishes, min_days=min_days),
        "unsolved": bool(covers.unsolved),
        "search_stopped": not covers.is_proved,
    }
    return tuple(code for code, holds in told.items() if holds)


def _status(reasons: tuple[str, ...]) -> Status:
    if "members_do_not_fit" in reasons:
        return "undefined"
    return "limited" if reasons else "ok"
