"""Forms for texts in five languages: one card per language, missing ones marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.www.forms import input_in


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
