"""A number as people write it: 1.234,5 in German, 1,234.5 in English, 1 234,5 in French."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _

_GAPS: Final = re.compile(r"[\s'’]")
_WHOLE: Final = re.compile(r"-?\d+")
_THOUSANDS: Final = re.compile(r"-?\d{1,3}([.,]\d{3})+")


class FigureField(forms.DecimalField):
    """A number in the writing of the reader's language; empty means that none is given."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 4)
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 12})
        super().__init__(widget=widget, localize=True, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read the number, whichever of dot and comma parts the thousands."""
        if value in self.empty_values:
            return None
        try:
            return Decimal(_plain(str(value)))
        except InvalidOperation:
            raise ValidationError(_("Write a number in figures, for example 12.5.")) from None


def _plain(text: str) -> str:
    text = _GAPS.sub("", text)
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    if _is_parting_thousands(text, text[last]):
        return text.replace(".", "").replace(",", "")
    whole, part = text[:last], text[last + 1 :]
    is_whole = _WHOLE.fullmatch(whole) or (_THOUSANDS.fullmatch(whole) and text[last] not in whole)
    if not is_whole or not part.isdecimal():
        return ""
    return f"{whole.replace('.', '').replace(',', '')}.{part}"


def _is_parting_thousands(text: str, mark: str) -> bool:
    """Say whether the only kind of mark parts thousands: 1.234 in German is no 1 and a quarter."""
    other = "," if mark == "." else "."
    if other in text or not _THOUSANDS.fullmatch(text):
        return False
    return text.count(mark) > 1 or mark != get_format("DECIMAL_SEPARATOR")
