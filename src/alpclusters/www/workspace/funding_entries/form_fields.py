"""Fields for lists, amounts, days and terms as people write them, and small forms of figures."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import fields_of
from alpclusters.platform.funding.domain.lists import find_theme
from alpclusters.platform.funding.domain.parameters import parameter_label, parameter_names
from alpclusters.platform.funding.models import Parameter
from alpclusters.sources.case_values import cents_of
from alpclusters.www.public.funding.asking import theme_name
from alpclusters.www.site.inputs import input_of, lazy_label_of

# --- Fields for lists, amounts, days and terms as people write them -------------------------------


_PLACE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
_SLUG: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_FIELDS_MOST: Final = 60
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
        codes = [code for code in codes if code][:_FIELDS_MOST]
        for code in codes:
            if not _PLACE.fullmatch(code):
                raise ValidationError(
                    gettext("“%(code)s” is no code of a region.") % {"code": code}
                )
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
            raise ValidationError(
                gettext("“%(text)s” is no amount.") % {"text": text}, code="amount"
            )
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
            message = gettext("This is no JSON: line %(line)s, column %(column)s.") % place
            raise ValidationError(message, code="json") from None
        except (ValueError, RecursionError):
            raise ValidationError(
                gettext("This is no JSON that can be read."), code="json"
            ) from None
        if not isinstance(found, dict):
            raise ValidationError(
                gettext("Write an object: names and values in braces."), code="json"
            )
        return found


def stated(before: Any, value: Any) -> Any:
    """Return a value as a record has it; what was and is empty stays as it was."""
    if value in (None, "", []) and before in (None, "", []):
        return before
    return value.isoformat() if hasattr(value, "isoformat") else value


def _theme(word: str) -> str:
    key = find_theme(word) or (word if _SLUG.fullmatch(word) else None)
    if key is None:
        raise ValidationError(
            gettext("“%(word)s” is no known theme.") % {"word": word}, code="theme"
        )
    return key


def _no_number(word: str) -> Any:
    raise ValueError(word)


# --- Figures of a programme or call: one small form each ------------------------------------------


NAMES: Final = tuple(field.name for field in fields_of(Parameter))
_SPARE: Final = 2
_FIGURES_MOST: Final = 80


class FigureForm(forms.Form):
    """One figure; without a name it is none."""

    use_required_attribute = False
    name = forms.ChoiceField(label=lazy_label_of(Parameter, "name"), required=False)
    value = input_of(
        Parameter,
        "value",
        help_text=_("Numbers with a point, days as 2026-11-30; empty: nobody knows"),
    )
    unit = input_of(Parameter, "unit", initial=Parameter.Unit.EUR)
    precision = input_of(Parameter, "precision")
    period = input_of(Parameter, "period")
    status = input_of(Parameter, "status")
    source = input_of(Parameter, "source")
    checked_on = input_of(Parameter, "checked_on", form_class=DayField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name: Any = self.fields["name"]
        name.choices = _choices(str(self.initial.get("name", "")))

    @property
    def is_stated(self) -> bool:
        """Whether a figure is written here."""
        data = self.cleaned_data
        return bool(data.get("name")) and not data.get("DELETE")

    @property
    def label(self) -> str:
        """What is written here, for the head of the form."""
        return parameter_label(str(self["name"].value() or ""), get_language())

    def row(self) -> dict[str, Any]:
        """Return the figure as a record has it."""
        return {name: stated(self.initial.get(name), self.cleaned_data[name]) for name in NAMES}


FigureForms = forms.formset_factory(
    FigureForm, extra=_SPARE, max_num=_FIGURES_MOST, absolute_max=_FIGURES_MOST, can_delete=True
)


def figure_forms(data: Any, rows: Sequence[Mapping[str, Any]]) -> Any:
    """Build the forms of the figures of an entry."""
    return FigureForms(data, initial=[dict(row) for row in rows], prefix="figure")


def stated_figures(figures: Any) -> list[FigureForm]:
    """Return the forms in which a figure is written, in their order."""
    return [form for form in figures.forms if form.is_stated]


def _choices(own: str) -> list[tuple[str, str]]:
    names = [*parameter_names()]
    if own and own not in names:
        names.append(own)
    language = get_language()
    return [("", "–"), *((name, parameter_label(name, language)) for name in names)]
