"""Texts in five languages in forms: one card per language, missing ones marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.www.forms import input_in

# --- A text in five languages in a form: the original in front, the others on demand --------------


_NAMES = dict(LANGUAGES)


class LaterField(forms.CharField):
    """A text that may still be empty; publishing a plan asks for it, so it is not optional."""

    def validate(self, value: Any) -> None:
        """Take an empty text; length is checked by the validators."""


@dataclass(frozen=True)
class TextGroup:
    """The five fields of one text, the original first.

    ``missing`` names the languages in which it is missing while another has it.
    """

    label: Any
    first: BoundField
    others: Sequence[BoundField]
    missing: str
    is_open: bool


def five_fields(
    name: str, label: Any, longest: int, *, rows: int = 0, needed_in: str = ""
) -> dict[str, forms.Field]:
    """Return one field per language; the label names the language in itself.

    In ``needed_in`` the text is not called optional: publishing asks for it.
    """
    return {
        input_name(name, code): LaterField(
            label=f"{label} ({language})",
            max_length=longest,
            required=code == needed_in,
            widget=_widget(code, rows),
        )
        for code, language in LANGUAGES
    }


def text_group(form: forms.BaseForm, name: str, label: Any, original: str) -> TextGroup:
    """Sort the five fields of a text for a page."""
    bound = {code: form[input_name(name, code)] for code, _language in LANGUAGES}
    filled = {code for code, one in bound.items() if str(one.value() or "").strip()}
    missing = [_NAMES[code] for code in bound if filled and code not in filled]
    others = [one for code, one in bound.items() if code != original]
    is_open = any(one.errors for one in others)
    return TextGroup(label, bound[original], others, ", ".join(missing), is_open)


def _widget(code: str, rows: int) -> forms.Widget:
    attrs: dict[str, Any] = {"lang": code}
    return forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)


# --- Forms for texts in five languages: one card per language, missing ones marked ----------------


@dataclass(frozen=True)
class LanguagePart:
    """The inputs of one language."""

    code: str
    name: str
    fields: Sequence[BoundField]
    is_missing: bool
    has_errors: bool


def language_parts(form: forms.BaseForm, names: Sequence[str]) -> list[LanguagePart]:
    """Sort the inputs of the texts of a form into languages.

    A text is missing where another language has it.
    """
    written = {
        n for n in names if any(input_in(form, n, code).value() for code, _name in LANGUAGES)
    }
    return [_part(form, code, language, names, written) for code, language in LANGUAGES]


def require_any(form: forms.Form, *names: str) -> None:
    """Ask for each text in any one language, where the reader's language is; for `clean`.

    Parameters
    ----------
    form : Form
        With ``cleaned_data``.
    names : str
        Texts.
    """
    for name in names:
        if name not in form.errors and not any(form.cleaned_data[name].values()):
            form.add_error(name, _("Write this in one language; yours is enough."))


def _part(
    form: forms.BaseForm, code: str, language: str, names: Sequence[str], written: set[str]
) -> LanguagePart:
    fields = {name: input_in(form, name, code) for name in names}
    return LanguagePart(
        code,
        language,
        list(fields.values()),
        is_missing=any(not fields[name].value() for name in written),
        has_errors=any(field.errors for field in fields.values()),
    )
