"""Frozen records to JSON values and back, by their fields and types."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.conventions import Conventions

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
    return cast("T | None", _read(kind, value))


def read_conventions(record: Mapping[str, Any]) -> Conventions:
    """Return the conventions of a result."""
    values = {name: tupled(value) for name, value in record.items()}
    for name in _PAIRS:
        values[name] = tuple(sorted(record.get(name, {}).items()))
    return Conventions(**values)


def tupled(value: Any) -> Any:
    """Turn a list into a tuple."""
    return tuple(value) if isinstance(value, list) else value


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is not None:
        return _read_generic(kind, value)
    if kind is Conventions:
        return read_conventions(value)
    if is_dataclass(kind):
        hints = _hints(cast("type", kind))
        # What an older format lacks keeps its default.
        known = {name: _read(hints[name], value[name]) for name in hints if name in value}
        return cast("Any", kind)(**known)
    return value


def _read_generic(kind: Any, value: Any) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType:
        inner, *others = (part for part in parts if part is not NoneType)
        # Several kinds are texts and numbers, which JSON knows.
        return value if others else _read(inner, value)
    # NumPy 2.5 made NDArray an alias of its own.
    if origin in (np.ndarray, NDArray):
        return _frozen(value)
    return _read_tuple(parts, value) if origin is tuple else value


def _read_tuple(parts: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(parts) > 1 and parts[1] is Ellipsis:
        return tuple(_read(parts[0], item) for item in value)
    return tuple(_read(part, item) for part, item in zip(parts, value, strict=True))


def _frozen(value: Any) -> np.ndarray:
    array = np.array(value)
    array.setflags(write=False)
    return array


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
