"""Records as values that have one canonical form: no floats, no numbers of rows, no enums."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

# Numbers of rows differ from installation to installation; uuids and codes stay. The scale of a
# criterion never changes, and digests are older than it.
LEFT_OUT: Final = frozenset({"pk", "offer_pk", "region_pks", "cafe_pk", "scale"})
_PLACES: Final = 6


def plain(value: Any) -> Any:
    """Return a record as mappings, lists, text, whole numbers and null.

    Examples
    --------
    >>> plain({"share": 0.5, "on": date(2026, 7, 1), "of": (1, None)})
    {'share': '0.500000', 'on': '2026-07-01', 'of': [1, None]}
    """
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return _items(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return _record(value) if is_dataclass(value) else _text(value)


def _items(value: list[Any] | tuple[Any, ...] | set[Any] | frozenset[Any]) -> list[Any]:
    """Return a list as it stands; what has no order gets one."""
    items = [plain(item) for item in value]
    return sorted(items, key=str) if isinstance(value, set | frozenset) else items


def _record(value: Any) -> dict[str, Any]:
    names = (field.name for field in fields(value))
    return {name: plain(getattr(value, name)) for name in names if name not in LEFT_OUT}


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return f"{value:.{_PLACES}f}"
    return value.isoformat() if isinstance(value, date) else str(value)
