"""Dates as exactly as people know them: a year, a month or a day in one field."""

import calendar
import re
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evidence.models import Initiative

Precision = Initiative.Precision
type Dated = tuple[date, str] | None

_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})[./](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[./]\s?(?P<m>\d{1,2})[./]\s?(?P<y>\d{4})"),
)


class KnownDate(forms.CharField):
    """A date and how exactly it is known.

    Parameters
    ----------
    is_end : bool
        A year or a month alone stands for its last day instead of its first.
    """

    default_error_messages = {
        "invalid": _("Write a year, a month or a day: 2014, 2014-05 or 2014-05-12."),
    }

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=12, required=False, **kwargs)
        self.is_end = is_end

    def clean(self, value: Any) -> Dated:
        """Return the date with its precision; None where nothing is written."""
        text = super().clean(value)
        if not text:
            return None
        found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return _dated(found.groupdict(), is_end=self.is_end)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def written(day: date | None, precision: str) -> str:
    """Write a date as the field takes it."""
    if day is None:
        return ""
    lengths = {Precision.YEAR: 4, Precision.MONTH: 7}
    return day.isoformat()[: lengths.get(Precision(precision), 10)]


def _dated(parts: dict[str, str], *, is_end: bool) -> Dated:
    year = int(parts["y"])
    if "m" not in parts:
        return date(year, 12, 31) if is_end else date(year, 1, 1), Precision.YEAR
    month = int(parts["m"])
    if "d" not in parts:
        last = calendar.monthrange(year, month)[1]
        return date(year, month, last if is_end else 1), Precision.MONTH
    return date(year, month, int(parts["d"])), Precision.DAY
