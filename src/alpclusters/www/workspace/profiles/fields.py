"""Kinds of fields of a profile: each tells unknown apart from zero and from no."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.named_lists import choices_of
from alpclusters.platform.fields import YearField
from alpclusters.platform.languages.codes import nearest_language

UNKNOWN: Final = _("unknown")
MOST: Final = 1_000_000


def yes_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Return a choice of yes, no and unknown."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[("", UNKNOWN), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda text: text == "yes",
        empty_value=None,
    )


def said(value: bool | None) -> str:  # noqa: FBT001 - the value of a field
    """Write a yes, no or unknown as the choice has it."""
    return "" if value is None else ("yes" if value else "no")


def count_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """Return a number of members or people; empty is unknown."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": UNKNOWN})
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=widget,
    )


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """Return a day with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


def year_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """Return a year of our times."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        validators=YearField.default_validators,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def address_field(label: Any, help_text: Any = "", *, length: int | None = None) -> forms.URLField:
    """Return an address on the web; the protocol may be left out."""
    widget = forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"})
    return forms.URLField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=length,
        widget=widget,
        assume_scheme="https",
    )


def text_field(
    label: Any, *, length: int | None, help_text: Any = "", required: bool = False
) -> forms.CharField:
    """Return one line of text."""
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text)


def decimal_field(label: Any, help_text: Any = "", *, most: int, places: int) -> forms.DecimalField:
    """Return a number with decimals, written as the language does; empty is unknown."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "placeholder": UNKNOWN})
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=most,
        decimal_places=places,
        localize=True,
        widget=widget,
    )


def choice_field(label: Any, help_text: Any = "", *, choices: Sequence[Any]) -> forms.ChoiceField:
    """Return a choice of one value or unknown."""
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=[("", UNKNOWN), *choices], required=False
    )


def lines_field(label: Any, help_text: Any = "") -> forms.CharField:
    """Return a text with one thing a line."""
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, required=False, help_text=help_text, max_length=4000, widget=widget
    )


def lines_of(text: str) -> list[str]:
    """Split a text into its lines, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def several_of(label: Any, list_: str) -> forms.MultipleChoiceField:
    """Return boxes for the values of one of the seed lists."""
    language = nearest_language(get_language())
    choices = [(key, names[language]) for key, names in choices_of(list_).items()]
    return several(label, choices)


def several(label: Any, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    """Return boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _choice_or_text(column: Any, about: dict[str, Any]) -> forms.Field:
    if column.choices:
        return choice_field(choices=list(column.choices), **about)
    return text_field(length=column.max_length, required=not column.blank, **about)


def _decimal(column: Any, about: dict[str, Any]) -> forms.Field:
    limits = [v.limit_value for v in column.validators if isinstance(v, MaxValueValidator)]
    most = min([10 ** (column.max_digits - column.decimal_places) - 1, *limits])
    return decimal_field(most=most, places=column.decimal_places, **about)


# Kind of a column: what makes its input; the first that fits.
_INPUTS: Final[dict[type[models.Field[Any, Any]], Callable[[Any, dict[str, Any]], forms.Field]]] = {
    models.URLField: lambda column, about: address_field(length=column.max_length, **about),
    models.CharField: _choice_or_text,
    models.BooleanField: lambda _column, about: yes_no(**about),
    YearField: lambda _column, about: year_field(**about),
    models.PositiveIntegerField: lambda _column, about: count_field(**about),
    models.PositiveSmallIntegerField: lambda _column, about: count_field(**about),
    models.DecimalField: _decimal,
    models.DateField: lambda _column, about: day_field(**about),
}


def input_of(column: models.Field[Any, Any]) -> forms.Field | None:
    """Return the input for a column, as its kind, label and limits say; None for other kinds.

    Lists, texts in several languages and relations have inputs of their part.
    """
    about = {"label": column.verbose_name, "help_text": column.help_text}
    makers = (make for kind, make in _INPUTS.items() if isinstance(column, kind))
    make = next(makers, None)
    return None if make is None else make(column, about)
