"""Who may apply: a condition as a list of sentences, all of which must hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.eligibility.not_entered import NOT_ENTERED
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.funding_conditions import expression_words


@dataclass(frozen=True)
class ConditionView:
    """One thing that must hold; an open one is not in the catalogue in detail."""

    text: str
    is_open: bool = False


def condition_views(expression: Mapping[str, Any]) -> list[ConditionView]:
    """Put a condition into sentences of the reader's language; none where all may apply."""
    return [_view(part) for part in _parts(expression)]


def condition_words(expression: Mapping[str, Any]) -> str:
    """Put a condition into one sentence."""
    return _capital(expression_words(expression, nearest_language(get_language())))


def _view(part: Mapping[str, Any]) -> ConditionView:
    if part == NOT_ENTERED:
        text = _("Further conditions of the source are not entered here: read the source.")
        return ConditionView(text, is_open=True)
    return ConditionView(condition_words(part))


def _parts(expression: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Take apart what must hold together."""
    if "all" in expression:
        for part in expression["all"]:
            yield from _parts(part)
    elif expression != {"const": True}:
        yield expression


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
