"""What keeps a scheme out of a joint call, and the smallest set of rule changes that lets it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.funding.schemes.calls import SIX_WEEKS
from alpclusters.analysis.funding.schemes.covers import Covers, Option, smallest_cover
from alpclusters.analysis.funding.schemes.records import (
    ATTRIBUTES,
    NEVER_OFFERED,
    Change,
    Scheme,
    check_schemes,
    check_values,
)
from alpclusters.analysis.funding.schemes.tables import works
from alpclusters.analysis.funding.schemes.values import Choices, Value, common, widened

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
