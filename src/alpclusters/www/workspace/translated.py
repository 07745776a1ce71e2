"""Forms for texts in five languages: one card per language, missing ones marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import LANGUAGES, nearest_language


@dataclass(frozen=True)
class LanguagePart:
    """The fields of one language."""

    code: str
    name: str
    fields: Sequence[BoundField]
    is_missing: bool
    has_errors: bool


def language_parts(form: forms.Form, names: Sequence[str]) -> list[LanguagePart]:
    """Sort the fields ``name_de`` to ``name_sl`` of a form into languages.

    A text is missing where another language has it.
    """
    written = {n for n in names if any(form[f"{n}_{code}"].value() for code, _name in LANGUAGES)}
    return [_part(form, code, language, names, written) for code, language in LANGUAGES]


def text_fields(name: str, label: Any, **options: Any) -> dict[str, forms.CharField]:
    """Return one text field per language; the cards say which language it is."""
    return {f"{name}_{code}": _field(code, label, dict(options)) for code, _name in LANGUAGES}


def initial_texts(thing: Any, names: Sequence[str]) -> dict[str, str]:
    """Return what the fields ``name_de`` to ``name_sl`` show of a thing at first."""
    texts = {name: getattr(thing, name) for name in names}
    return {
        f"{name}_{code}": text.inside(code) for name, text in texts.items() for code, _ in LANGUAGES
    }


def texts_from(data: Mapping[str, Any], names: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return what was typed into the fields of texts: of each text all languages."""
    return {name: {code: data[f"{name}_{code}"] for code, _ in LANGUAGES} for name in names}


def require_any(form: forms.Form, *names: str) -> None:
    """Ask for each text in any one language, where the reader's language is; for `clean`.

    Parameters
    ----------
    form : Form
        With ``cleaned_data``.
    names : str
        Texts with a field per language.
    """
    here = nearest_language(get_language())
    for name in names:
        fields = [f"{name}_{code}" for code, _language in LANGUAGES]
        written = any((form.cleaned_data.get(field) or "").strip() for field in fields)
        if not written and not any(field in form.errors for field in fields):
            form.add_error(f"{name}_{here}", _("Write this in one language; yours is enough."))


def _field(code: str, label: Any, options: dict[str, Any]) -> forms.CharField:
    rows = options.pop("rows", 0)
    widget: forms.Widget = forms.TextInput(attrs={"lang": code})
    if rows:
        widget = forms.Textarea(attrs={"lang": code, "rows": rows})
    return forms.CharField(label=label, widget=widget, required=False, **options)


def _part(
    form: forms.Form, code: str, language: str, names: Sequence[str], written: set[str]
) -> LanguagePart:
    fields = [form[f"{name}_{code}"] for name in names]
    return LanguagePart(
        code,
        language,
        fields,
        is_missing=any(not form[f"{name}_{code}"].value() for name in written),
        has_errors=any(field.errors for field in fields),
    )
