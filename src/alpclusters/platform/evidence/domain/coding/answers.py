"""Answers of coders: what must be there, which show their place, and when they may be seen."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Count, Max, Q

from alpclusters.platform.evidence.domain.codebook.reading import FIELDS, CodeField, field_named
from alpclusters.platform.evidence.models import Activity, Coding, Quotation

# --- Which answers are to show the place in the source that says so, and which of them do not -----


# What a lesson rests on: whether it went on, and whose money it went on with.
ASKED: Final = ("outcome_status", "payer_after")
# No source says anything: there is no place to quote.
_NOTHING: Final = frozenset({"unknown"})


def unquoted_fields(coding: Coding) -> list[CodeField]:
    """Return the answers of a coder for which that coder has quoted no place."""
    mine = Quotation.objects.filter(activity=coding.activity_id, made_by=coding.coder_id)
    return _without(coding.values, mine.values_list("field", flat=True))


def is_unquoted(activity: Activity, field: str, value: Any) -> bool:
    """Say whether nobody has quoted a place for a value that shall stand."""
    quoted = activity.quotations.values_list("field", flat=True)
    return bool(_without({field: value}, quoted))


def _without(values: Mapping[str, Any], quoted: Iterable[str]) -> list[CodeField]:
    known = set(quoted)
    return [field_named(name) for name in ASKED if name not in known and _says(values.get(name))]


def _says(value: Any) -> bool:
    codes = set(value if isinstance(value, list) else [value]) - {None, ""}
    return bool(codes - _NOTHING)


# --- Values of the coding form: which must be there, and how they are compared and stored ---------


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


# --- How many people code an activity, and whether their codes may be seen yet --------------------


ALONE: Final = 1


def coders_needed(activity_ids: Iterable[int]) -> dict[int, int]:
    """Count per activity how many must have closed before its codes are shown.

    It is the largest number of its corpora, and never less than the people who have begun:
    where a second one is at work, the first one's codes stay unseen.
    """
    rows = (
        Activity.objects.filter(pk__in=list(activity_ids))
        .order_by()
        .annotate(asked=Max("initiative__corpora__n_coders"), begun=Count("codings", distinct=True))
        .values_list("pk", "asked", "begun")
    )
    return {pk: max(asked or ALONE, begun) for pk, asked, begun in rows}


def places_of(activity: Activity) -> int:
    """Return how many people may code an activity."""
    asked = activity.initiative.corpora.aggregate(n=Max("n_coders"))["n"]
    return asked or ALONE


def is_revealed(activity: Activity) -> bool:
    """Say whether everybody who must has closed: only then may anybody compare."""
    counted: Mapping[str, int] = activity.codings.aggregate(
        begun=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False))
    )
    return counted["closed"] >= max(places_of(activity), counted["begun"])
