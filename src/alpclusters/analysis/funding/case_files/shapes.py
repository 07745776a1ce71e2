"""The shapes that data of a case may have, and data against a shape, with the place of a fault."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.funding.case_files.faults import Faults, Pointer, nearest, told

# --- The shapes that data of a case may have; reader and JSON Schema are both made from them ------


# A dollar sign alone would also match before a line feed at the end.
END = "$(?!\n)"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one line; ``code`` is the fault where the pattern does not match."""

    longest: int = 500
    shortest: int = 0
    pattern: str = r"^[^\u0000-\u001f\u007f\ud800-\udfff]*" + END
    code: str = "bad_text"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day from 1900 to 2099 as ``2025-03-01``; ``first`` of a month only."""

    first: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number with its bounds and the faults of leaving them."""

    low: int
    high: int
    below: str = "out_of_range"
    above: str = "out_of_range"


@dataclass(frozen=True, slots=True)
class Fraction:
    """A number between two bounds."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Null:
    """Nothing, said aloud."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some texts or whole numbers."""

    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; ``code`` is the fault of too many."""

    item: "Shape"
    longest: int
    shortest: int = 0
    code: str = "too_many_items"


@dataclass(frozen=True, slots=True)
class TupleOf:
    """A list with one shape for each place."""

    items: "tuple[Shape, ...]"


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with free keys and values of one shape."""

    value: "Shape"
    key: Text
    longest: int = 200


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object: its shape, and whether it may be missing or null."""

    shape: "Shape"
    is_required: bool = False
    is_nullable: bool = False


@dataclass(frozen=True, slots=True)
class Members:
    """An object with these members and no others."""

    members: Mapping[str, Member]


@dataclass(frozen=True, slots=True)
class OneMember:
    """An object with exactly one of these members."""

    members: Mapping[str, "Shape"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several shapes; ``choose`` looks at the data and says which, by its place."""

    shapes: "tuple[Shape, ...]"
    choose: Callable[[object], int] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A shape by its name, so that shapes can hold themselves."""

    name: str


type Shape = (
    Text
    | Day
    | Whole
    | Fraction
    | Flag
    | Null
    | OneOf
    | ListOf
    | TupleOf
    | MapOf
    | Members
    | OneMember
    | Choice
    | Named
)


def need(shape: Shape) -> Member:
    """Return a member that must be there."""
    return Member(shape, is_required=True)


def may(shape: Shape) -> Member:
    """Return a member that may be missing or null, which mean the same."""
    return Member(shape, is_nullable=True)


# --- Data against a shape: what fits is taken, what does not is noted with its pointer ------------


DEEPEST: Final = 60
LARGEST_EXACT: Final = 2**53


class _Bad:
    """What stands for data that do not fit; never leaves the reader."""


BAD: Final = _Bad()


class Shaper:
    """Takes data by their shapes and notes what does not fit."""

    def __init__(self, faults: Faults, named: Mapping[str, Shape]) -> None:
        self.faults = faults
        self.named = named
        self._takers: Mapping[type, Callable[..., object]] = {
            Text: self._text,
            Day: self._day,
            Whole: self._whole,
            Fraction: self._fraction,
            Flag: self._flag,
            Null: self._null,
            OneOf: self._one_of,
            ListOf: self._list,
            TupleOf: self._tuple,
            MapOf: self._map,
            Members: self._members,
            OneMember: self._one_member,
        }

    def take(self, data: object, shape: Shape, at: Pointer) -> object:
        """Return data as they fit the shape, or `BAD` with a fault noted."""
        if isinstance(shape, Named):
            return self.take(data, self.named[shape.name], at)
        if isinstance(shape, Choice):
            return self.take(data, shape.shapes[shape.choose(data)], at)
        return self._takers[type(shape)](data, shape, at)

    def _text(self, data: object, shape: Text, at: Pointer) -> object:
        if not isinstance(data, str):
            return self._mismatch(data, "text", at)
        if not shape.shortest <= len(data) <= shape.longest:
            return self._bad(at, "bad_length", low=shape.shortest, high=shape.longest)
        if not re.search(shape.pattern, data):
            return self._bad(at, shape.code, found=told(data))
        return data

    def _day(self, data: object, shape: Day, at: Pointer) -> object:
        if not isinstance(data, str):
            return self._mismatch(data, "date", at)
        if not re.search(day_pattern(shape), data):
            return self._bad(at, "not_first_day" if shape.first else "bad_date", found=told(data))
        try:
            return dt.date.fromisoformat(data)
        except ValueError:
            return self._bad(at, "bad_date", found=told(data))

    def _whole(self, data: object, shape: Whole, at: Pointer) -> object:
        # JSON has one kind of number: 60000.0 is the whole number 60000.
        if isinstance(data, float) and data.is_integer() and abs(data) <= LARGEST_EXACT:
            data = int(data)
        if isinstance(data, bool) or not isinstance(data, int):
            return self._mismatch(data, "whole", at)
        if not shape.low <= data <= shape.high:
            code = shape.below if data < shape.low else shape.above
            return self._bad(at, code, found=told(data), low=shape.low, high=shape.high)
        return data

    def _fraction(self, data: object, shape: Fraction, at: Pointer) -> object:
        if isinstance(data, bool) or not isinstance(data, int | float):
            return self._mismatch(data, "number", at)
        if isinstance(data, float) and not math.isfinite(data):
            return self._bad(at, "not_finite")
        if not shape.low <= data <= shape.high:
            ends = {"low": f"{shape.low:g}", "high": f"{shape.high:g}"}
            return self._bad(at, "out_of_range", found=told(data), **ends)
        return float(data)

    def _flag(self, data: object, shape: Flag, at: Pointer) -> object:  # noqa: ARG002 - all takers are called alike
        return data if isinstance(data, bool) else self._mismatch(data, "flag", at)

    def _null(self, data: object, shape: Null, at: Pointer) -> object:  # noqa: ARG002 - all takers are called alike
        return None if data is None else self._mismatch(data, "null", at)

    def _one_of(self, data: object, shape: OneOf, at: Pointer) -> object:
        if isinstance(data, float) and data.is_integer() and abs(data) <= LARGEST_EXACT:
            data = int(data)
        if isinstance(data, str | int) and not isinstance(data, bool) and data in shape.values:
            return data
        kind = "whole" if isinstance(shape.values[0], int) else "text"
        if isinstance(data, bool) or not isinstance(data, type(shape.values[0])):
            return self._mismatch(data, kind, at)
        expected = ", ".join(map(str, shape.values))
        return self._bad(at, "unknown_value", found=told(data), expected=expected)

    def _list(self, data: object, shape: ListOf, at: Pointer) -> object:
        if not isinstance(data, list):
            return self._mismatch(data, "list", at)
        if len(data) > shape.longest:
            return self._bad(at, shape.code, n=len(data), high=shape.longest)
        if len(data) < shape.shortest:
            return self._bad(at, "too_few_items", n=len(data), low=shape.shortest)
        # Gaps keep the places of the others: pointers count from the start of the list.
        return [
            None if (taken := self.take(item, shape.item, (*at, place))) is BAD else taken
            for place, item in enumerate(data)
        ]

    def _tuple(self, data: object, shape: TupleOf, at: Pointer) -> object:
        if not isinstance(data, list):
            return self._mismatch(data, "list", at)
        if len(data) != len(shape.items):
            return self._bad(at, "wrong_count", n=len(data), expected=len(shape.items))
        return [
            self.take(item, part, (*at, place))
            for place, (item, part) in enumerate(zip(data, shape.items, strict=True))
        ]

    def _map(self, data: object, shape: MapOf, at: Pointer) -> object:
        if not isinstance(data, dict):
            return self._mismatch(data, "object", at)
        if len(data) > shape.longest:
            return self._bad(at, "too_many_items", n=len(data), high=shape.longest)
        keys = {key: self.take(key, shape.key, (*at, told(key))) for key in data}
        return {
            key: self.take(value, shape.value, (*at, key))
            for key, value in data.items()
            if keys[key] is not BAD
        }

    def _members(self, data: object, shape: Members, at: Pointer) -> object:
        if not isinstance(data, dict):
            return self._mismatch(data, "object", at)
        for key in [key for key in data if key not in shape.members]:
            self._unknown_key(key, shape.members, at)
        taken: dict[str, object] = {}
        for name, member in shape.members.items():
            if name not in data:
                if member.is_required:
                    self.faults.add(at, "missing_field", field=name)
                continue
            if data[name] is None and member.is_nullable:
                continue
            taken[name] = self.take(data[name], member.shape, (*at, name))
        return {name: value for name, value in taken.items() if value is not BAD}

    def _one_member(self, data: object, shape: OneMember, at: Pointer) -> object:
        if not isinstance(data, dict):
            return self._mismatch(data, "object", at)
        if len(data) != 1:
            return self._bad(at, "not_one_key", n=len(data))
        ((key, value),) = data.items()
        if key not in shape.members:
            return self._unknown_key(key, shape.members, at)
        return {key: self.take(value, shape.members[key], (*at, key))}

    def _unknown_key(self, key: object, known: Mapping[str, object], at: Pointer) -> _Bad:
        name = told(key)
        return self._bad((*at, name), "unknown_key", found=name, nearest=nearest(name, known))

    def _mismatch(self, data: object, expected: str, at: Pointer) -> _Bad:
        if isinstance(data, float) and not math.isfinite(data):
            return self._bad(at, "not_finite")
        return self._bad(at, "type_mismatch", found=told(data), expected=expected)

    def _bad(self, at: Pointer, code: str, **params: str | int) -> _Bad:
        self.faults.add(at, code, **params)
        return BAD


def day_pattern(shape: Day) -> str:
    """Return what a day must look like."""
    return r"^(19|20)[0-9]{2}-[0-9]{2}-" + ("01" if shape.first else "[0-9]{2}") + END


def is_too_deep(data: object) -> bool:
    """Say whether data are nested deeper than any case is; safe at any depth."""
    level: list[object] = [data]
    for _ in range(DEEPEST):
        level = _below(level)
        if not level:
            return False
    return True


def _below(level: list[object]) -> list[object]:
    found: dict[int, object] = {}
    for one in level:
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        # By identity: data built in Python may hold one object in many places.
        found |= {id(part): part for part in inside if isinstance(part, dict | list)}
    return list(found.values())
