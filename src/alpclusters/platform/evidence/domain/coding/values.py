"""Values of the coding form: which must be there, and how they are compared and stored."""

from collections.abc import Mapping
from typing import Any, Final

from alpclusters.platform.evidence.domain.codebook.fields import FIELDS, CodeField
from alpclusters.platform.evidence.models import Activity

# What a source may leave open: months and what helped or hindered. Everything else has a code
# for "unknown", so a coder can always answer.
MAY_BE_EMPTY: Final = frozenset({"outcome_months", "success_factors", "failure_reasons"})


def missing_fields(values: Mapping[str, Any]) -> list[CodeField]:
    """Return the fields still to be answered before a coding can be closed."""
    asked = [field for field in FIELDS if field.name not in MAY_BE_EMPTY]
    return [field for field in asked if not values.get(field.name)]


def stored(field: CodeField, value: Any) -> Any:
    """Return a value as the column of `Activity` holds it."""
    if value is None:
        return [] if field.is_many else None if field.is_number else ""
    return list(value) if field.is_many else value


def is_same(field: CodeField, first: Any, second: Any) -> bool:
    """Say whether two answers are the same; the order of several codes does not matter."""
    if field.is_many:
        return set(first or ()) == set(second or ())
    return bool(stored(field, first) == stored(field, second))


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[CodeField]:
    """Return the fields in which two codings differ, in the order of the form."""
    return [f for f in FIELDS if not is_same(f, first.get(f.name), second.get(f.name))]


def own_values(activity: Activity) -> dict[str, Any]:
    """Return the codes that stand at an activity."""
    return {field.name: getattr(activity, field.name) for field in FIELDS}
