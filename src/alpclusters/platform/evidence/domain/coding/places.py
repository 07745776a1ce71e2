"""Which answers are to show the place in the source that says so, and which of them do not."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from alpclusters.platform.evidence.domain.codebook.fields import CodeField, field_named
from alpclusters.platform.evidence.models import Activity, Coding, Quotation

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
