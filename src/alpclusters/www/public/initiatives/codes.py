"""The codes of an activity with their names, and how far the coding is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.domain.codebook.fields import FIELDS, CodeField
from alpclusters.platform.evidence.domain.codebook.reading import codes_of
from alpclusters.platform.evidence.models import Activity, Codebook
from alpclusters.www.public.initiatives.books import label_of

State = Activity.State
# Shown apart, with a symbol.
_APART: Final = frozenset({"outcome_status", "outcome_months", "payer_after"})
# How far the coding is -> symbol, tone, what that means.
STATES: Final[Mapping[str, tuple[str, str, Any]]] = {
    State.ONCE: ("user", "", _("One person coded it; nobody has checked the codes.")),
    State.DISPUTED: (
        "triangle-alert",
        "warn",
        _("Two people coded it and differ; codes on which they differ are left open."),
    ),
    State.SETTLED: (
        "users",
        "good",
        _("Two people coded it without seeing each other; where they differed, it was settled."),
    ),
}


@dataclass(frozen=True)
class CodeView:
    """One field with the names of its codes and what they mean."""

    label: Any
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class StateView:
    """How far the coding is."""

    text: Any
    icon: str
    tone: str
    means: Any


def code_views(activity: Activity, book: Codebook | None) -> list[CodeView]:
    """Return the coded fields of an activity; fields without a code are left out."""
    views = [CodeView(f.label, _values(activity, f, book)) for f in FIELDS if f.name not in _APART]
    return [view for view in views if view.values]


def _values(activity: Activity, asked: CodeField, book: Codebook | None) -> list[tuple[str, str]]:
    value = getattr(activity, asked.name)
    keys = value if isinstance(value, list) else [value]
    return [
        (label_of(asked.name, str(key), book), _meaning(asked.name, str(key), book))
        for key in keys
        if key not in ("", None)
    ]


def _meaning(field: str, key: str, book: Codebook | None) -> str:
    if book is None:
        return ""
    codes = codes_of(book, field, with_retired=True)
    return next((code.definition for code in codes if code.key == key), "")


def labels_of(field: str, keys: Sequence[Any], book: Codebook | None) -> str:
    """Return the names of several codes in a row."""
    return ", ".join(label_of(field, str(key), book) for key in keys)


def state_view(activity: Activity) -> StateView:
    """Return how far the coding of an activity is."""
    icon, tone, means = STATES.get(activity.state, ("pencil", "", ""))
    return StateView(activity.get_state_display(), icon, tone, means)


def codebook_url(book: Codebook | None) -> str:
    """Return the page of a version of the codebook."""
    if book is None:
        return ""
    try:
        return f"{reverse('public:codebook')}?version={book.number}"
    except NoReverseMatch:
        return ""
