"""A condition as it is evaluated: one node for each, asked for its truth or its trace."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from alpclusters.analysis.funding.eligibility.fields import Field
from alpclusters.analysis.funding.eligibility.places import MISSING, Within, Zone
from alpclusters.analysis.funding.eligibility.scopes import (
    Scope,
    is_filled,
    is_missing,
    items,
    places,
    value_of,
)
from alpclusters.analysis.funding.eligibility.traces import Trace
from alpclusters.analysis.funding.eligibility.truth import (
    FALSE,
    TRUE,
    UNKNOWN,
    Truth,
    at_least,
    between,
    said,
    turned,
)

WRONG_TYPE: Final = "wrong_type"
_OPEN: Final = Within(UNKNOWN, MISSING)
_ODD: Final = Within(UNKNOWN, WRONG_TYPE)
_COMPARES: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": eq,
    "ne": ne,
    "lt": lt,
    "le": le,
    "gt": gt,
    "ge": ge,
}
_PYTHON: Final[Mapping[str, type]] = {
    **dict.fromkeys(("text", "enum", "date", "code"), str),
    **dict.fromkeys(("count", "money"), int),
    "bool": bool,
}

type Sources = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Const:
    """Always the same."""

    op: str
    pointer: str
    operand: bool

    def truth(self, _scope: Scope) -> Truth:
        """Return its value."""
        return said(self.operand)

    def trace(self, _scope: Scope, sources: Sources) -> Trace:
        """Return its value with the reasons."""
        result = said(self.operand)
        return Trace(
            self.op, self.pointer, "", self.operand, None, result, (), sources.get(self.pointer, "")
        )


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question to one field, or to two of one type."""

    op: str
    pointer: str
    field: Field
    operand: object
    other: Field | None = None
    zone: Zone | None = None
    wanted: frozenset[object] = frozenset()

    def truth(self, scope: Scope) -> Truth:
        """Return its value."""
        return self.judge(scope).truth

    def judge(self, scope: Scope) -> Within:
        """Return the value with the reason where it is open."""
        if self.op == "within":
            return scope.ground.within(places(scope, self.field), self.zone)
        seen = value_of(scope, self.field)
        if self.op == "known":
            return Within(said(seen is not None and not is_filled(scope, self.field)))
        if seen is None:
            return _OPEN
        return self._compared(seen, scope)

    def _compared(self, seen: object, scope: Scope) -> Within:
        if self.op in _COMPARES:
            to = value_of(scope, self.other) if self.other else self.operand
            if to is None:
                return _OPEN
            if not (_fits(seen, self.field) and _fits(to, self.field)):
                return _ODD
            return Within(said(_COMPARES[self.op](seen, to)))
        if self.op == "in":
            return Within(said(seen in self.wanted)) if _fits(seen, self.field) else _ODD
        if not isinstance(seen, list | tuple):
            return _ODD
        has = self.wanted.intersection(one for one in seen if isinstance(one, str))
        return Within(said(bool(has) if self.op == "hasany" else has == self.wanted))

    def trace(self, scope: Scope, sources: Sources) -> Trace:
        """Return its value with the reasons."""
        found = self.judge(scope)
        detail: dict[str, str | int] = {}
        if found.code and found.truth is UNKNOWN:
            detail = {"code": found.code, "vintage": found.vintage, "wanted": found.wanted}
        missing = self.missing(scope) if found.reason == MISSING else ()
        return Trace(
            self.op,
            self.pointer,
            scope.named(self.field),
            self.operand,
            value_of(scope, self.field),
            found.truth,
            (),
            sources.get(self.pointer, ""),
            found.reason,
            detail,
            missing,
        )

    def asked(self) -> tuple[Field, ...]:
        """Return the fields that it asks."""
        return (self.field, self.other) if self.other else (self.field,)

    def missing(self, scope: Scope) -> tuple[str, ...]:
        """Return what it asks and nobody said."""
        return tuple(scope.named(one) for one in self.asked() if is_missing(scope, one))


@dataclass(frozen=True, slots=True)
class Branch:
    """Conditions joined by all, any, not, atleast."""

    op: str
    pointer: str
    n: int
    children: tuple["Node", ...]

    def truth(self, scope: Scope) -> Truth:
        """Return its value."""
        return self.joined([child.truth(scope) for child in self.children])

    def joined(self, truths: Sequence[Truth]) -> Truth:
        """Return the value that the children's values give."""
        if self.op == "all":
            return min(truths, default=TRUE)
        if self.op == "any":
            return max(truths, default=FALSE)
        return turned(truths[0]) if self.op == "not" else at_least(self.n, truths)

    def trace(self, scope: Scope, sources: Sources) -> Trace:
        """Return its value with the reasons."""
        children = tuple(child.trace(scope, sources) for child in self.children)
        truths = [child.result for child in children]
        bounds = (truths.count(TRUE), len(truths) - truths.count(FALSE))
        is_atleast = self.op == "atleast"
        return Trace(
            self.op,
            self.pointer,
            "",
            self.n if is_atleast else None,
            bounds if is_atleast else None,
            self.joined(truths),
            children,
            sources.get(self.pointer, ""),
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How many items meet a condition, or how many distinct keys those have."""

    op: str
    pointer: str
    field: Field
    where: "Node"
    n: int
    operand: object
    key: Field | None = None

    def truth(self, scope: Scope) -> Truth:
        """Return its value."""
        inside = items(scope, self.field)
        if inside is None:
            return UNKNOWN
        return between(self.n, *self.bounds(inside, [self.where.truth(one) for one in inside]))

    def bounds(self, inside: Sequence[Scope], truths: Sequence[Truth]) -> tuple[int, int]:
        """Return how many it are at least and at most."""
        if self.key is None:
            return truths.count(TRUE), len(truths) - truths.count(FALSE)
        keys = [value_of(one, self.key) for one in inside]
        sure = {key for key, truth in zip(keys, truths, strict=True) if truth is TRUE}
        may = [key for key, truth in zip(keys, truths, strict=True) if truth is not FALSE]
        return len(sure - {None}), len(set(may) - {None}) + may.count(None)

    def trace(self, scope: Scope, sources: Sources) -> Trace:
        """Return its value with the reasons."""
        inside = items(scope, self.field)
        children = tuple(self.where.trace(one, sources) for one in inside or ())
        truths = [child.result for child in children]
        bounds = self.bounds(inside, truths) if inside is not None else None
        result = between(self.n, *bounds) if bounds else UNKNOWN
        missing = self.missing(inside, truths) if inside is not None else (self.field.path,)
        return Trace(
            self.op,
            self.pointer,
            self.field.path,
            self.operand,
            bounds,
            result,
            children,
            sources.get(self.pointer, ""),
            MISSING if missing and result is UNKNOWN else "",
            missing=missing if result is UNKNOWN else (),
        )

    def missing(self, inside: Sequence[Scope], truths: Sequence[Truth]) -> tuple[str, ...]:
        """Return the keys that nobody said, of items that may count."""
        if self.key is None:
            return ()
        pairs = zip(inside, truths, strict=True)
        open_ones = [one for one, truth in pairs if truth is not FALSE]
        return tuple(one.named(self.key) for one in open_ones if is_missing(one, self.key))


type Node = Const | Leaf | Branch | Count


def _fits(value: object, field: Field) -> bool:
    return type(value) is _PYTHON.get(field.type)
