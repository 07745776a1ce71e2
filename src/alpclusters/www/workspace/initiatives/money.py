"""Amounts of money as people write them in five languages, held in cents."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

MOST_CENTS: Final = 9 * 10**15
_GAPS: Final = re.compile(r"[\s'\u2019]")
# Thousands in groups of three, cents with one or two digits: never both readings at once.
_AMOUNT: Final = re.compile(r"(?P<whole>\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,](?P<part>\d{1,2}))?")


class Money(forms.CharField):
    """An amount; empty means unknown, which is not zero.

    Dots, commas, blanks and apostrophes part thousands; one or two digits after the last dot or
    comma are cents.
    """

    default_error_messages = {
        "invalid": _("Write the amount in figures, for example 1250000 or 1250000.50."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_length=24, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        """Return the amount in cents; None where nothing is written."""
        text = _GAPS.sub("", super().clean(value))
        if not text:
            return None
        found = _AMOUNT.fullmatch(text)
        cents = _cents(found) if found else MOST_CENTS + 1
        if cents > MOST_CENTS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return cents


def written(cents: int | None) -> str:
    """Write an amount as the field takes it, with the decimal sign of the reader's language."""
    if cents is None:
        return ""
    whole, part = divmod(cents, 100)
    return f"{whole}{get_format('DECIMAL_SEPARATOR')}{part:02}" if part else str(whole)


def _cents(found: re.Match[str]) -> int:
    whole = re.sub(r"[.,]", "", found["whole"])
    return int(whole) * 100 + int((found["part"] or "").ljust(2, "0"))
