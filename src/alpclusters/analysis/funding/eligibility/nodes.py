"""A condition as it is evaluated: one node for each, and whose fields it asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from alpclusters.analysis.funding.eligibility.fields import Field
from alpclusters.analysis.funding.eligibility.places import MISSING, Ground, Place, Within, Zone
from alpclusters.analysis.funding.eligibility.truth import (
    FALSE,
    TRUE,
    UNKNOWN,
    Trace,
    Truth,
    at_least,
    between,
    said,
    turned,
)

# --- Whose fields a condition asks: the partner, the project, the offer, the item of a count ------


# Under this key a record names the fields that were put in to try them out.
FILLED: Final = "\0filled"

type Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose fields are asked: records by root, their names for the trace, and the ground."""

    records: Mapping[str, Record]
    items: tuple[Record, ...] | None
    ground: Ground
    by_site: bool = False
    it: str = "it"

    def bound(self, item: Record, name: str) -> "Scope":
        """Return the scope inside a count, for one item."""
        records = {**self.records, "it": item}
        return Scope(records, self.items, self.ground, self.by_site, name)

    def named(self, field: Field) -> str:
        """Return a field's path as it is asked here."""
        return f"{self.it}.{field.name}" if field.root == "it" else field.path


def value_of(scope: Scope, field: Field) -> object:
    """Return what the case says of a field, None where it says nothing."""
    record = scope.records.get(field.root)
    if record is None:
        return None
    if "[" not in field.name:
        return record.get(field.name)
    sites = record.get("sites")
    return tuple(code for code, _ in _sites(sites)) if sites is not None else None


def is_missing(scope: Scope, field: Field) -> bool:
    """Say whether the case says nothing of a field; a code without its vintage says nothing."""
    if field.path == "partners":
        return scope.items is None
    return value_of(scope, field) is None or (
        field.type == "code" and any(vintage is None for _, vintage in places(scope, field))
    )


def is_filled(scope: Scope, field: Field) -> bool:
    """Say whether a value was put in to try it out and is not known."""
    filled = scope.records.get(field.root, {}).get(FILLED, ())
    return isinstance(filled, frozenset) and field.name in filled


def places(scope: Scope, field: Field) -> list[Place]:
    """Return the places that count: sites, the seat, or both where the offer takes any site."""
    record = scope.records.get(field.root, {})
    sites = record.get("sites")
    if "[" in field.name:
        return _sites(sites) if sites is not None else [(None, None)]
    seat = _place(record)
    if not scope.by_site:
        return [seat]
    return [seat, *(_sites(sites) if sites is not None else [(None, None)])]


def items(scope: Scope, field: Field) -> list[Scope] | None:
    """Return the scopes of the items that a count goes through; None where the list is missing."""
    if field.path == "partners":
        if scope.items is None:
            return None
        return [scope.bound(one, name_of(scope, one, at)) for at, one in enumerate(scope.items)]
    sites = scope.records.get(field.root, {}).get("sites")
    if sites is None:
        return None
    owner = scope.it if field.root == "it" else field.root
    return [
        scope.bound({"nuts": code, "vintage": vintage}, f"{owner}.sites[{at}]")
        for at, (code, vintage) in enumerate(_sites(sites))
    ]


def name_of(scope: Scope, item: Record, at: int) -> str:
    """Name a partner: ``partner`` where it is the judged one, else by its id or position."""
    judged = scope.records.get("partner")
    own = item.get("id")
    if judged is not None and (item is judged or (own is not None and own == judged.get("id"))):
        return "partner"
    return f"partners[{at if own is None else own}]"


def _place(record: Record) -> Place:
    code, vintage = record.get("nuts"), record.get("vintage")
    return (
        code if isinstance(code, str) else None,
        vintage if isinstance(vintage, int) and not isinstance(vintage, bool) else None,
    )


def _sites(value: object) -> list[Place]:
    if not isinstance(value, list | tuple):
        return []
    return [_place(one) for one in value if isinstance(one, Mapping)]


# --- A condition as it is evaluated: one node for each, asked for its truth or its trace ----------


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
