"""Data against a shape: what fits is taken, what does not is noted with its pointer."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from alpclusters.analysis.funding.case_files import shapes as s
from alpclusters.analysis.funding.case_files.faults import Faults, Pointer, told
from alpclusters.analysis.funding.case_files.nearest import nearest

DEEPEST: Final = 60
LARGEST_EXACT: Final = 2**53


class _Bad:
    """What stands for data that do not fit; never leaves the reader."""


BAD: Final = _Bad()


class Shaper:
    """Takes data by their shapes and notes what does not fit."""

    def __init__(self, faults: Faults, named: Mapping[str, s.Shape]) -> None:
        self.faults = faults
        self.named = named
        self._takers: Mapping[type, Callable[..., object]] = {
            s.Text: self._text,
            s.Day: self._day,
            s.Whole: self._whole,
            s.Fraction: self._fraction,
            s.Flag: self._flag,
            s.Null: self._null,
            s.OneOf: self._one_of,
            s.ListOf: self._list,
            s.TupleOf: self._tuple,
            s.MapOf: self._map,
            s.Members: self._members,
            s.OneMember: self._one_member,
        }

    def take(self, data: object, shape: s.Shape, at: Pointer) -> object:
        """Return data as they fit the shape, or `BAD` with a fault noted."""
        if isinstance(shape, s.Named):
            return self.take(data, self.named[shape.name], at)
        if isinstance(shape, s.Choice):
            return self.take(data, shape.shapes[shape.choose(data)], at)
        return self._takers[type(shape)](data, shape, at)

    def _text(self, data: object, shape: s.Text, at: Pointer) -> object:
        if not isinstance(data, str):
            return self._mismatch(data, "text", at)
        if not shape.shortest <= len(data) <= shape.longest:
            return self._bad(at, "bad_length", low=shape.shortest, high=shape.longest)
        if not re.search(shape.pattern, data):
            return self._bad(at, shape.code, found=told(data))
        return data

    def _day(self, data: object, shape: s.Day, at: Pointer) -> object:
        if not isinstance(data, str):
            return self._mismatch(data, "date", at)
        if not re.search(day_pattern(shape), data):
            return self._bad(at, "not_first_day" if shape.first else "bad_date", found=told(data))
        try:
            return dt.date.fromisoformat(data)
        except ValueError:
            return self._bad(at, "bad_date", found=told(data))

    def _whole(self, data: object, shape: s.Whole, at: Pointer) -> object:
        # JSON has one kind of number: 60000.0 is the whole number 60000.
        if isinstance(data, float) and data.is_integer() and abs(data) <= LARGEST_EXACT:
            data = int(data)
        if isinstance(data, bool) or not isinstance(data, int):
            return self._mismatch(data, "whole", at)
        if not shape.low <= data <= shape.high:
            code = shape.below if data < shape.low else shape.above
            return self._bad(at, code, found=told(data), low=shape.low, high=shape.high)
        return data

    def _fraction(self, data: object, shape: s.Fraction, at: Pointer) -> object:
        if isinstance(data, bool) or not isinstance(data, int | float):
            return self._mismatch(data, "number", at)
        if isinstance(data, float) and not math.isfinite(data):
            return self._bad(at, "not_finite")
        if not shape.low <= data <= shape.high:
            ends = {"low": f"{shape.low:g}", "high": f"{shape.high:g}"}
            return self._bad(at, "out_of_range", found=told(data), **ends)
        return float(data)

    def _flag(self, data: object, shape: s.Flag, at: Pointer) -> object:  # noqa: ARG002 - all takers are called alike
        return data if isinstance(data, bool) else self._mismatch(data, "flag", at)

    def _null(self, data: object, shape: s.Null, at: Pointer) -> object:  # noqa: ARG002 - all takers are called alike
        return None if data is None else self._mismatch(data, "null", at)

    def _one_of(self, data: object, shape: s.OneOf, at: Pointer) -> object:
        if isinstance(data, float) and data.is_integer() and abs(data) <= LARGEST_EXACT:
            data = int(data)
        if isinstance(data, str | int) and not isinstance(data, bool) and data in shape.values:
            return data
        kind = "whole" if isinstance(shape.values[0], int) else "text"
        if isinstance(data, bool) or not isinstance(data, type(shape.values[0])):
            return self._mismatch(data, kind, at)
        expected = ", ".join(map(str, shape.values))
        return self._bad(at, "unknown_value", found=told(data), expected=expected)

    def _list(self, data: object, shape: s.ListOf, at: Pointer) -> object:
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

    def _tuple(self, data: object, shape: s.TupleOf, at: Pointer) -> object:
        if not isinstance(data, list):
            return self._mismatch(data, "list", at)
        if len(data) != len(shape.items):
            return self._bad(at, "wrong_count", n=len(data), expected=len(shape.items))
        return [
            self.take(item, part, (*at, place))
            for place, (item, part) in enumerate(zip(data, shape.items, strict=True))
        ]

    def _map(self, data: object, shape: s.MapOf, at: Pointer) -> object:
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

    def _members(self, data: object, shape: s.Members, at: Pointer) -> object:
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

    def _one_member(self, data: object, shape: s.OneMember, at: Pointer) -> object:
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


def day_pattern(shape: s.Day) -> str:
    """Return what a day must look like."""
    return r"^(19|20)[0-9]{2}-[0-9]{2}-" + ("01" if shape.first else "[0-9]{2}") + s.END


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
