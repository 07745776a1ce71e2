"""Check a condition when it is saved: its form, its limits, the types of what it asks."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeGuard

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.funding.case import Territory
from alpclusters.analysis.funding.eligibility.fields import LISTS, ORDERED, Field, field_of

# --- What is wrong with a condition, and where in its JSON ----------------------------------------


@dataclass(frozen=True, slots=True)
class ExpressionFault:
    """One fault; ``pointer`` is a JSON Pointer from the condition's root: ``/all/2/lt/1``."""

    pointer: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class ExpressionError(AnalysisError):
    """A condition that cannot be read; ``faults`` has all that was found."""

    def __init__(self, faults: Sequence[ExpressionFault]) -> None:
        first = faults[0]
        super().__init__(
            "eligibility.faulty",
            where=Where(path=first.pointer),
            values={"fault": first.code, "n": len(faults)},
        )
        self.faults = tuple(faults)


class TooManyAnswersError(AnalysisError):
    """More ways to answer the open questions than are tried; ``values`` has how many."""


# --- Check a condition when it is saved: its form, its limits, the types of what it compares ------


MAX_DEPTH: Final = 12
MAX_NODES: Final = 200
MAX_LIST: Final = 500
MAX_FAULTS: Final = 200
VINTAGES: Final = (2006, 2010, 2013, 2016, 2021, 2024)
_CODE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}\Z")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_FOUND: Final = 40

type Faults = Iterator[ExpressionFault]


def check_expression(
    expression: object, *, territory: Territory | None = None
) -> tuple[ExpressionFault, ...]:
    """Find what is wrong with a condition; whatever it is given, it raises nothing.

    Parameters
    ----------
    expression : JSON value
        What should be a condition: an object with exactly one key.
    territory : Territory, optional
        Codes and areas; given, codes that no vintage has and unknown areas are faults too.

    Returns
    -------
    tuple of ExpressionFault
        At most 200, in the order of the JSON; empty where the condition can be evaluated. Codes:
        ``not_an_expression``, ``unknown_operator``, ``too_deep``, ``too_many_nodes``,
        ``too_long``, ``wrong_shape``, ``unknown_field``, ``not_in_count``, ``wrong_type``,
        ``not_ordered``, ``not_a_list``, ``not_a_place``, ``not_items``, ``unknown_value``,
        ``not_a_day``, ``negative``, ``unknown_vintage``, ``unknown_code``, ``unknown_area``.

    Notes
    -----
    Limits: depth 12, 200 conditions, lists of 500. O(size of the JSON within the limits).

    Examples
    --------
    >>> check_expression({"all": [{"lt": ["partner.employees", "many"]}]})[0].pointer
    '/all/0/lt/1'
    """
    check = _Check(territory)
    found = []
    for fault in check.expression(expression, "", 1, in_count=False):
        found.append(fault)
        if len(found) == MAX_FAULTS:
            break
    return tuple(found)


def is_day(text: str) -> bool:
    """Say whether a text is an ISO day of ten characters that the calendar has."""
    if not _DAY.match(text) or not text.isascii():
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(slots=True)
class _Check:
    """One walk through one condition; counts its nodes."""

    territory: Territory | None
    n_nodes: int = 0

    def expression(self, value: object, at: str, depth: int, *, in_count: bool) -> Faults:
        self.n_nodes += 1
        if self.n_nodes > MAX_NODES:
            if self.n_nodes == MAX_NODES + 1:
                yield ExpressionFault(at, "too_many_nodes", {"limit": MAX_NODES})
            return
        if depth > MAX_DEPTH:
            yield ExpressionFault(at, "too_deep", {"limit": MAX_DEPTH})
            return
        if not isinstance(value, Mapping) or len(value) != 1:
            yield ExpressionFault(at, "not_an_expression", {"found": _kind(value)})
            return
        ((op, operand),) = value.items()
        if not isinstance(op, str) or op not in _CHECKS:
            yield ExpressionFault(at, "unknown_operator", {"found": str(op)[:_FOUND]})
            return
        yield from _CHECKS[op](self, operand, f"{at}/{op}", depth, in_count)

    def several(self, value: object, at: str, depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        if not isinstance(value, list | tuple):
            yield _shape(at, "list")
            return
        if len(value) > MAX_LIST:
            yield ExpressionFault(at, "too_long", {"limit": MAX_LIST, "found": len(value)})
            return
        for index, part in enumerate(value):
            yield from self.expression(part, f"{at}/{index}", depth + 1, in_count=in_count)

    def turned(self, value: object, at: str, depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        yield from self.expression(value, at, depth + 1, in_count=in_count)

    def constant(self, value: object, at: str, _depth: int, _in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        if not isinstance(value, bool):
            yield _shape(at, "bool")

    def known(self, value: object, at: str, _depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        _, faults = self.field(value, at, in_count=in_count)
        yield from faults

    def atleast(self, value: object, at: str, depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        if not _has_keys(value, {"n", "of"}):
            yield _shape(at, "n, of")
            return
        yield from _whole(value["n"], f"{at}/n")
        yield from self.several(value["of"], f"{at}/of", depth, in_count)

    def count(self, value: object, at: str, depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        if not _has_keys(value, {"of", "where", "ge"}, frozenset({"distinct"})):
            yield _shape(at, "of, where, ge")
            return
        asked, faults = self.field(value["of"], f"{at}/of", in_count=in_count)
        yield from faults
        if asked and asked.type != "items":
            yield ExpressionFault(f"{at}/of", "not_items", {"field": asked.path})
        yield from self.expression(value["where"], f"{at}/where", depth + 1, in_count=True)
        yield from _whole(value["ge"], f"{at}/ge")
        if "distinct" in value:
            yield from self.key(value["distinct"], f"{at}/distinct")

    def key(self, value: object, at: str) -> Faults:
        asked, faults = self.field(value, at, in_count=True)
        yield from faults
        if asked and (asked.root != "it" or asked.type in {*LISTS, "items"} or "[" in asked.path):
            yield ExpressionFault(at, "wrong_type", {"field": asked.path})

    def compared(self, value: object, at: str, in_count: bool, *, ordered: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        if not _is_pair(value):
            yield _shape(at, "field, value")
            return
        asked, faults = self.field(value[0], f"{at}/0", in_count=in_count)
        yield from faults
        if asked is None:
            return
        if asked.type in {*LISTS, "items"} or "[" in asked.path:
            yield ExpressionFault(f"{at}/0", "wrong_type", {"field": asked.path})
        elif ordered and asked.type not in ORDERED:
            yield ExpressionFault(f"{at}/0", "not_ordered", {"field": asked.path})
        elif isinstance(value[1], Mapping):
            yield from self.other(value[1], asked, f"{at}/1", in_count=in_count)
        else:
            yield from _constant(value[1], asked, f"{at}/1")

    def same(self, value: object, at: str, _depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        yield from self.compared(value, at, in_count, ordered=False)

    def ordered(self, value: object, at: str, _depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        yield from self.compared(value, at, in_count, ordered=True)

    def other(
        self, value: Mapping[object, object], asked: Field, at: str, **options: bool
    ) -> Faults:
        if set(value) != {"field"}:
            yield _shape(at, "field")
            return
        other, faults = self.field(value["field"], f"{at}/field", **options)
        yield from faults
        if other and other.type != asked.type:
            yield ExpressionFault(
                f"{at}/field", "wrong_type", {"field": other.path, "expected": asked.type}
            )

    def within(self, value: object, at: str, _depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        if not _is_pair(value):
            yield _shape(at, "field, territory")
            return
        asked, faults = self.field(value[0], f"{at}/0", in_count=in_count)
        yield from faults
        if asked and asked.type != "code":
            yield ExpressionFault(f"{at}/0", "not_a_place", {"field": asked.path})
        yield from self.place(value[1], f"{at}/1")

    def place(self, value: object, at: str) -> Faults:
        if _has_keys(value, {"area"}):
            yield from self.area(value["area"], f"{at}/area")
        elif _has_keys(value, {"nuts", "vintage"}, frozenset({"except"})):
            yield from self.codes(value, at)
        else:
            yield _shape(at, "nuts, vintage")

    def area(self, value: object, at: str) -> Faults:
        if not isinstance(value, str):
            yield _shape(at, "text")
        elif self.territory and value not in self.territory.areas:
            yield ExpressionFault(at, "unknown_area", {"found": value[:_FOUND]})

    def codes(self, value: Mapping[str, object], at: str) -> Faults:
        vintage = value["vintage"]
        if isinstance(vintage, bool) or not isinstance(vintage, int) or vintage not in VINTAGES:
            yield ExpressionFault(
                f"{at}/vintage", "unknown_vintage", {"found": str(vintage)[:_FOUND]}
            )
            return
        for key in ("nuts", "except"):
            yield from self.code_list(value.get(key, ()), vintage, f"{at}/{key}")

    def code_list(self, value: object, vintage: int, at: str) -> Faults:
        if not isinstance(value, list | tuple):
            yield _shape(at, "list")
            return
        if len(value) > MAX_LIST:
            yield ExpressionFault(at, "too_long", {"limit": MAX_LIST, "found": len(value)})
            return
        for index, code in enumerate(value):
            if not self.is_code(code, vintage):
                yield ExpressionFault(
                    f"{at}/{index}", "unknown_code", {"found": str(code)[:_FOUND]}
                )

    def is_code(self, code: object, vintage: int) -> bool:
        if not isinstance(code, str) or not _CODE.match(code):
            return False
        known = self.territory.codes.get(vintage, frozenset()) if self.territory else frozenset()
        # A country that the tables leave out altogether may still be named: nobody is in it.
        return code in known or code[:2] not in known

    def member(self, value: object, at: str, _depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        yield from self.listed(value, at, in_count, of_list=False)

    def members(self, value: object, at: str, _depth: int, in_count: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        yield from self.listed(value, at, in_count, of_list=True)

    def listed(self, value: object, at: str, in_count: bool, *, of_list: bool) -> Faults:  # noqa: FBT001 - one form for all operators
        if not _is_pair(value) or not isinstance(value[1], list | tuple):
            yield _shape(at, "field, list")
            return
        asked, faults = self.field(value[0], f"{at}/0", in_count=in_count)
        yield from faults
        if len(value[1]) > MAX_LIST:
            yield ExpressionFault(
                f"{at}/1", "too_long", {"limit": MAX_LIST, "found": len(value[1])}
            )
        elif asked and (
            (asked.type in LISTS) != of_list or asked.type == "items" or "[" in asked.path
        ):
            yield ExpressionFault(
                f"{at}/0", "not_a_list" if of_list else "wrong_type", {"field": asked.path}
            )
        elif asked:
            for index, constant in enumerate(value[1]):
                yield from _constant(constant, asked, f"{at}/1/{index}")

    def field(self, value: object, at: str, *, in_count: bool) -> tuple[Field | None, Faults]:
        if not isinstance(value, str):
            return None, iter([_shape(at, "field")])
        asked = field_of(value)
        if asked is None:
            return None, iter([ExpressionFault(at, "unknown_field", {"found": value[:_FOUND]})])
        if asked.root == "it" and not in_count:
            return None, iter([ExpressionFault(at, "not_in_count", {"field": value[:_FOUND]})])
        return asked, iter(())


def _constant(value: object, asked: Field, at: str) -> Faults:
    if asked.type in {"count", "money"}:
        yield from _whole(value, at)
    elif asked.type == "bool":
        if not isinstance(value, bool):
            yield ExpressionFault(at, "wrong_type", {"field": asked.path, "expected": "bool"})
    elif not isinstance(value, str):
        yield ExpressionFault(at, "wrong_type", {"field": asked.path, "expected": asked.type})
    elif asked.type == "date" and not is_day(value):
        yield ExpressionFault(at, "not_a_day", {"found": value[:_FOUND]})
    elif asked.type == "enum" and value not in asked.values:
        yield ExpressionFault(at, "unknown_value", {"found": value[:_FOUND], "field": asked.path})


def _whole(value: object, at: str) -> Faults:
    if isinstance(value, bool) or not isinstance(value, int):
        yield ExpressionFault(at, "wrong_type", {"expected": "whole number"})
    elif value < 0:
        yield ExpressionFault(at, "negative")


def _shape(at: str, expected: str) -> ExpressionFault:
    return ExpressionFault(at, "wrong_shape", {"expected": expected})


def _kind(value: object) -> str:
    return f"object of {len(value)} keys" if isinstance(value, Mapping) else type(value).__name__


def _has_keys(
    value: object, wanted: set[str], allowed: frozenset[str] = frozenset()
) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping) and wanted <= set(value) <= wanted | allowed


def _is_pair(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple) and len(value) == 2  # noqa: PLR2004 - field and value


_CHECKS: Final[Mapping[str, Callable[[_Check, object, str, int, bool], Faults]]] = {
    "all": _Check.several,
    "any": _Check.several,
    "not": _Check.turned,
    "const": _Check.constant,
    "known": _Check.known,
    "atleast": _Check.atleast,
    "count": _Check.count,
    "within": _Check.within,
    "in": _Check.member,
    "hasany": _Check.members,
    "hasall": _Check.members,
    **dict.fromkeys(("eq", "ne"), _Check.same),
    **dict.fromkeys(("lt", "le", "gt", "ge"), _Check.ordered),
}
