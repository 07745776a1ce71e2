"""Fields for lists, amounts, days and terms as people write them."""

import json
import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alpclusters.platform.funding.domain.themes import find_theme
from alpclusters.sources.case_values import cents_of
from alpclusters.www.public.funding.names import theme_name

_PLACE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
_SLUG: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_MOST: Final = 60
_MOST_JSON: Final = 100_000


class DayField(forms.DateField):
    """A day; its value before is an ISO text."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "input_formats": ["%Y-%m-%d"], **kwargs})


class PlacesField(forms.CharField):
    """Codes of countries or regions, with commas."""

    def prepare_value(self, value: Any) -> Any:
        """Write a list in one line."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Read codes."""
        codes = [one.strip().upper() for one in str(super().clean(value)).split(",")]
        codes = [code for code in codes if code][:_MOST]
        for code in codes:
            if not _PLACE.fullmatch(code):
                raise ValidationError(_("“%(code)s” is no code of a region.") % {"code": code})
        return codes


class ThemesField(forms.CharField):
    """Themes by name in any language or by key, with semicolons: names may hold commas."""

    def prepare_value(self, value: Any) -> Any:
        """Write names in one line."""
        return "; ".join(map(theme_name, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Read themes into keys, each once."""
        words = [one.strip() for one in str(super().clean(value)).split(";")]
        return list(dict.fromkeys(_theme(word) for word in words if word))


class EuroField(forms.CharField):
    """An amount in euro; its value is in cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write cents as euro."""
        if not isinstance(value, int):
            return value
        euro, cents = divmod(value, 100)
        return f"{euro}.{cents:02d}" if cents else str(euro)

    def clean(self, value: Any) -> Any:
        """Read an amount as people write it."""
        text = super().clean(value)
        if not text:
            return None
        cents = cents_of(text)
        if cents is None:
            raise ValidationError(_("“%(text)s” is no amount.") % {"text": text}, code="amount")
        return cents


class JsonField(forms.CharField):
    """An object of JSON in a box."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 16, "spellcheck": "false"})
        super().__init__(required=False, widget=widget, max_length=_MOST_JSON, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write an object with one name a line."""
        if isinstance(value, dict):
            return json.dumps(value, ensure_ascii=False, indent=1)
        return value

    def clean(self, value: Any) -> Any:
        """Read an object; what stands where it breaks is said."""
        text = super().clean(value) or "{}"
        try:
            found = json.loads(text, parse_constant=_no_number)
        except json.JSONDecodeError as error:
            place = {"line": error.lineno, "column": error.colno}
            message = _("This is no JSON: line %(line)s, column %(column)s.") % place
            raise ValidationError(message, code="json") from None
        except (ValueError, RecursionError):
            raise ValidationError(_("This is no JSON that can be read."), code="json") from None
        if not isinstance(found, dict):
            raise ValidationError(_("Write an object: names and values in braces."), code="json")
        return found


def stated(before: Any, value: Any) -> Any:
    """Return a value as a record has it; what was and is empty stays as it was."""
    if value in (None, "", []) and before in (None, "", []):
        return before
    return value.isoformat() if hasattr(value, "isoformat") else value


def _theme(word: str) -> str:
    key = find_theme(word) or (word if _SLUG.fullmatch(word) else None)
    if key is None:
        raise ValidationError(_("“%(word)s” is no known theme.") % {"word": word}, code="theme")
    return key


def _no_number(word: str) -> Any:
    raise ValueError(word)
