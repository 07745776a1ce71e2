"""The difference of two records as a JSON patch (RFC 6902), and its way back.

Only ``add``, ``remove`` and ``replace`` are written, and a value in a list is never patched singly:
a list is replaced as a whole, so that two changes of one list are a conflict and not a puzzle.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

type Operation = dict[str, Any]
_ABSENT: Final = object()
_MOST: Final = 500


def patch_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Operation]:
    """Return the operations that turn one record into another, sorted by path.

    Parameters
    ----------
    old, new : mapping
        JSON objects.

    Examples
    --------
    >>> patch_between({"a": 1, "t": {"x": 2}}, {"a": 1, "t": {"x": 3}, "b": None})
    [{'op': 'add', 'path': '/b', 'value': None}, {'op': 'replace', 'path': '/t/x', 'value': 3}]
    """
    return sorted(_between(old, new, ""), key=lambda one: str(one["path"]))


def _between(old: Mapping[str, Any], new: Mapping[str, Any], at: str) -> Iterator[Operation]:
    for name in {**old, **new}:
        path = f"{at}/{_escaped(name)}"
        before, after = old.get(name, _ABSENT), new.get(name, _ABSENT)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _between(before, after, path)
        elif after is _ABSENT:
            yield {"op": "remove", "path": path}
        elif before is _ABSENT:
            yield {"op": "add", "path": path, "value": deepcopy(after)}
        elif before != after or type(before) is not type(after):
            yield {"op": "replace", "path": path, "value": deepcopy(after)}


def apply_patch(record: Mapping[str, Any], patch: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a record with a patch applied; what it names must be there.

    Raises
    ------
    ValueError
        An operation that is none of the three, or a path that the record does not have.
    """
    if len(patch) > _MOST:
        raise ValueError(len(patch))
    changed: dict[str, Any] = deepcopy(dict(record))
    for operation in patch:
        _apply(changed, operation)
    return changed


def _apply(record: dict[str, Any], operation: Mapping[str, Any]) -> None:
    *way, last = parts_of(operation["path"])
    place = record
    for name in way:
        place = place[name] if name in place else _missing(operation)
        if not isinstance(place, dict):
            _missing(operation)
    is_there = last in place
    if operation["op"] == "remove" and is_there:
        del place[last]
    elif operation["op"] == "add" or (operation["op"] == "replace" and is_there):
        place[last] = deepcopy(operation["value"])
    else:
        _missing(operation)


def value_at(record: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a path, None where there is nothing."""
    place: Any = record
    for name in parts_of(path):
        if not isinstance(place, Mapping) or name not in place:
            return None
        place = place[name]
    return place


def parts_of(path: str) -> list[str]:
    """Return the names of a JSON Pointer.

    Raises
    ------
    ValueError
        It does not begin with a slash.
    """
    if not path.startswith("/"):
        raise ValueError(path)
    return [one.replace("~1", "/").replace("~0", "~") for one in path[1:].split("/")]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _missing(operation: Mapping[str, Any]) -> Any:
    raise ValueError(operation["path"])
