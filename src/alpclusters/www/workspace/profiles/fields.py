"""Kinds of fields of a profile: each tells unknown apart from zero and from no."""

from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.named_lists import choices_of
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


def year_field(label: Any) -> forms.IntegerField:
    """Return a year of our times."""
    return forms.IntegerField(
        label=label,
        required=False,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def address_field(label: Any, help_text: Any = "") -> forms.URLField:
    """Return an address on the web; the protocol may be left out."""
    widget = forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"})
    return forms.URLField(
        label=label, help_text=help_text, required=False, widget=widget, assume_scheme="https"
    )


def text_field(label: Any, *, length: int, help_text: Any = "") -> forms.CharField:
    """Return one line of text."""
    return forms.CharField(label=label, max_length=length, required=False, help_text=help_text)


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
