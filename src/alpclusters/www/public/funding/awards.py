"""How an offer is awarded, and how many applications succeed, in words."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import format_integer, format_percent

AWARDS: Final[Mapping[str, Any]] = {
    "competitive": gettext_lazy("applications compete"),
    "by_right": gettext_lazy("by right: whoever meets the conditions gets it"),
}
_FULL_BP: Final = 10_000


def success_words(success: Mapping[str, Any]) -> str:
    """Say which share of applications succeeded, of how many, who says so and when it was read."""
    language = nearest_language(get_language())
    said = [_count_words(success, language), success["source"]]
    if day := success.get("checked_on"):
        words = _("read on %(day)s")
        said.append(words % {"day": format_date_short(dt.date.fromisoformat(day), language)})
    rest = "; ".join(one for one in said if one)
    return f"{format_percent(_share(success), language)} ({rest})"


def _share(success: Mapping[str, Any]) -> float:
    if "share_bp" in success:
        return float(success["share_bp"]) / _FULL_BP
    return float(success["granted"]) / float(success["applied"])


def _count_words(success: Mapping[str, Any], language: str) -> str:
    if "share_bp" in success:
        return _("number of applications not stated")
    return _("%(granted)s of %(applied)s") % {
        "granted": format_integer(success["granted"], language),
        "applied": format_integer(success["applied"], language),
    }
