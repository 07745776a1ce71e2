"""Frozen records to JSON values and back, by their fields and types."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.conventions import Conventions

type Reader = Callable[[Any], Any]

_PAIRS = ("intervals", "thresholds")


def to_plain(value: Any) -> Any:
    """Return a record as mappings and lists."""
    if isinstance(value, Conventions):
        return value.as_record()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


def from_plain[T](kind: type[T], value: Any) -> T | None:
    """Return the record that was stored, or None; the inverse of `to_plain`."""
    return cast("T | None", _reader(cast("Any", kind))(value))


def read_conventions(record: Mapping[str, Any]) -> Conventions:
    """Return the conventions of a result."""
    values = {name: tupled(value) for name, value in record.items()}
    for name in _PAIRS:
        values[name] = tuple(sorted(record.get(name, {}).items()))
    return Conventions(**values)


def tupled(value: Any) -> Any:
    """Turn a list into a tuple."""
    return tuple(value) if isinstance(value, list) else value


# How a kind is read is found out once: a result holds some thousand records of a few kinds.
@cache
def _reader(kind: Any) -> Reader:
    if get_origin(kind) is not None:
        return _generic_reader(kind)
    if kind is Conventions:
        return _if_there(read_conventions)
    return _if_there(_record_reader(kind)) if is_dataclass(kind) else _as_stored


def _generic_reader(kind: Any) -> Reader:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType:
        inner, *others = (part for part in parts if part is not NoneType)
        # Several kinds are texts and numbers, which JSON knows.
        return _as_stored if others else _reader(inner)
    # NumPy 2.5 made NDArray an alias of its own.
    if origin in (np.ndarray, NDArray):
        return _if_there(_frozen)
    return _if_there(_tuple_reader(parts)) if origin is tuple else _as_stored


def _record_reader(kind: Any) -> Reader:
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    # What an older format lacks keeps its default.
    return lambda value: kind(
        **{name: read(value[name]) for name, read in readers.items() if name in value}
    )


def _tuple_reader(parts: tuple[Any, ...]) -> Reader:
    if len(parts) > 1 and parts[1] is Ellipsis:
        each = _reader(parts[0])
        return lambda value: tuple([each(item) for item in value])
    readers = [_reader(part) for part in parts]
    return lambda value: tuple(read(item) for read, item in zip(readers, value, strict=True))


def _if_there(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def _as_stored(value: Any) -> Any:
    return value


def _frozen(value: Any) -> np.ndarray:
    array = np.array(value)
    array.setflags(write=False)
    return array
