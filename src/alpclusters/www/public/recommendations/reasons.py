"""Reasons in the reader's language, or in another one that says so."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import get_language

from alpclusters.platform.languages.codes import LANGUAGES, nearest_language, told
from alpclusters.platform.policy.domain.monitoring.formats import kept_reason
from alpclusters.www.public.initiatives.said import Said

_NAMES: Final = dict(LANGUAGES)


def reason_of(thing: Any, field: str) -> Said:
    """Return a reason of a row."""
    return reason_in(getattr(thing, field).each())


def reason_in(texts: Mapping[str, str] | None) -> Said:
    """Return a reason that was read in all languages."""
    return Said(*told(texts, nearest_language(get_language())))


def stored_reason(reason: Any) -> Said:
    """Return a reason as a report kept it, in the form of its time."""
    return Said(*kept_reason(reason, nearest_language(get_language())))


def noted(reason: Said) -> str:
    """Return a reason where no mark-up can stand, with the name of its language behind it."""
    return f"{reason.text} ({_NAMES[reason.lang]})" if reason.lang else reason.text
