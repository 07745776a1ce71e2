"""Whether figures may be shown after others: their difference must not be somebody's answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from alpclusters.analysis.conventions import K_ANONYMITY


def may_follow(earlier: Any, later: Any, *, k_anonymity: int = K_ANONYMITY) -> bool:
    """Compare two sets of blocks, place by place.

    Where both show figures of a group they must be the same, or rest on numbers of people that
    differ by at least ``k_anonymity``. Another round of rating is another set of answers.

    Examples
    --------
    >>> may_follow({"n": 20, "mean": 3.1}, {"n": 25, "mean": 3.2})
    True
    >>> may_follow({"n": 20, "mean": 3.1}, {"n": 21, "mean": 3.2})
    False
    """
    if isinstance(earlier, Mapping) and isinstance(later, Mapping):
        return _mappings(earlier, later, k_anonymity)
    if _is_list(earlier) and _is_list(later):
        return all(
            may_follow(one, other, k_anonymity=k_anonymity) for one, other in _pairs(earlier, later)
        )
    return True


def _mappings(earlier: Mapping[str, Any], later: Mapping[str, Any], k_anonymity: int) -> bool:
    if earlier.get("round") != later.get("round") or earlier == later:
        return True
    first, second = earlier.get("n"), later.get("n")
    if first is not None and second is not None and abs(first - second) < k_anonymity:
        return False
    return all(
        may_follow(earlier[key], later[key], k_anonymity=k_anonymity)
        for key in earlier.keys() & later.keys()
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
