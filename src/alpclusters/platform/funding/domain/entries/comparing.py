"""Two records side by side, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alpclusters.platform.funding.domain.entries.patches import patch_between, value_at


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its value before and after; None is nothing."""

    path: str
    before: Any
    after: Any


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Return the fields in which two records differ, by path."""
    return tuple(
        FieldChange(one["path"], value_at(old, one["path"]), value_at(new, one["path"]))
        for one in patch_between(old, new)
    )
