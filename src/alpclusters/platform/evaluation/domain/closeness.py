"""Whether figures may be shown after others: their difference must not be somebody's answer."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP


class Behind(NamedTuple):
    """People behind a figure, and how many of them count with a second rating.

    ``again`` is None for one to four.
    """

    n: int
    again: int | None = 0


def are_far(one: Behind, other: Behind, *, fewest: int = SMALLEST_GROUP) -> bool:
    """Say whether so many answers must be others that their difference is nobody's answer.

    Examples
    --------
    >>> are_far(Behind(20), Behind(20, 12)), are_far(Behind(20), Behind(20, None))
    (True, False)
    >>> are_far(Behind(20, 12), Behind(22, 13))
    False
    """
    few = (1, K_ANONYMITY - 1)
    (low, high), (least, most) = (few if a is None else (a, a) for a in (one.again, other.again))
    return max(abs(one.n - other.n), low - most, least - high) >= fewest


def may_follow(earlier: Any, later: Any, *, fewest: int = SMALLEST_GROUP) -> bool:
    """Compare two sets of blocks, place by place.

    Where both show figures of a group they must be the same, or at least ``fewest`` people
    must have come, gone or rated again between them (`are_far`).

    Examples
    --------
    >>> may_follow({"n": 20, "mean": 3.1}, {"n": 30, "mean": 3.2})
    True
    >>> may_follow({"n": 20, "mean": 3.1}, {"n": 21, "mean": 3.2})
    False
    """
    if isinstance(earlier, Mapping) and isinstance(later, Mapping):
        return _mappings(earlier, later, fewest)
    if _is_list(earlier) and _is_list(later):
        return all(may_follow(one, other, fewest=fewest) for one, other in _pairs(earlier, later))
    return True


def _mappings(earlier: Mapping[str, Any], later: Mapping[str, Any], fewest: int) -> bool:
    if earlier == later:
        return True
    first, second = earlier.get("n"), later.get("n")
    if first is not None and second is not None:
        behind = (Behind(first, earlier.get("again", 0)), Behind(second, later.get("again", 0)))
        if not are_far(*behind, fewest=fewest):
            return False
    return all(
        may_follow(earlier[key], later[key], fewest=fewest) for key in earlier.keys() & later.keys()
    )


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _pairs(earlier: Sequence[Any], later: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Put rows of the same thing side by side: by their names, else by their places."""
    names = [_name(item) for item in later]
    if None in names:
        return list(zip(earlier, later, strict=False))
    by_name = dict(zip(names, later, strict=True))
    return [(item, by_name[_name(item)]) for item in earlier if _name(item) in by_name]


def _name(item: Any) -> tuple[Any, ...] | None:
    if not isinstance(item, Mapping):
        return None
    found = tuple(item.get(key) for key in ("measure", "criterion", "group"))
    return found if any(part is not None for part in found) else None
