"""A text in several languages in a form: one field, an input for each language.

The inputs of a field ``name`` are called ``name_de`` and so on; what was typed is cleaned to one
mapping of language to text, which a `TranslatedText` takes as it is.
"""

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy

from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES


def input_name(name: str, code: str) -> str:
    """Return what the input of one language of a text is called.

    Examples
    --------
    >>> input_name("title", "sl")
    'title_sl'
    """
    return f"{name}_{code}"


def input_names(names: Iterable[str]) -> list[str]:
    """Return what the inputs of some texts are called."""
    return [input_name(name, code) for name in names for code in LANGUAGE_CODES]


class TextsInput(forms.MultiWidget):
    """The inputs of one text, side by side."""

    def __init__(self, inputs: Mapping[str, forms.Widget], attrs: Any = None) -> None:
        super().__init__(dict(inputs), attrs)

    def decompress(self, value: Any) -> list[str]:
        """Return the text of each input."""
        texts = by_language(value)
        return [texts.get(code, "") for code in LANGUAGE_CODES]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was sent, by language."""
        return dict(
            zip(LANGUAGE_CODES, super().value_from_datadict(data, files, name), strict=True)
        )


class TextsField(forms.Field):
    """A text with an input for each language.

    Parameters
    ----------
    label : str, optional
        What is asked; without it an input is called by its language.
    max_length : int, optional
        The most letters in each language.
    rows : int, default 0
        The height of the boxes; 0 is one line.
    needed : collection of str
        Languages in which something has to be written.
    named : bool, default False
        Whether the label of an input says its language too.
    legend : bool, default False
        Whether label and help stand once above the inputs, which are called by their language.
    kind : type of CharField
        What asks one language.
    """

    def __init__(
        self,
        *,
        label: Any = None,
        max_length: int | None = None,
        rows: int = 0,
        needed: Collection[str] = (),
        named: bool = False,
        legend: bool = False,
        kind: type[forms.CharField] = forms.CharField,
        **given: Any,
    ) -> None:
        own = None if legend else label
        self.inputs = {
            code: kind(
                label=format_lazy("{} ({})", own, language) if named else own or language,
                max_length=max_length,
                required=code in needed,
                widget=_box(code, rows),
                help_text="" if legend else given.get("help_text", ""),
            )
            for code, language in LANGUAGES
        }
        given = {"required": bool(needed), **given}
        boxes = {code: one.widget for code, one in self.inputs.items()}
        super().__init__(label=label, widget=TextsInput(boxes), **given)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Give each form its own inputs."""
        result = super().__deepcopy__(memo)
        result.inputs = deepcopy(self.inputs, memo)
        return result

    def clean(self, value: Any) -> dict[str, str]:
        """Return the texts by language; each error knows the language it was made in."""
        texts, errors = {}, []
        for code, one in self.inputs.items():
            try:
                texts[code] = one.clean(by_language(value).get(code))
            except ValidationError as error:
                errors.append(error_in(code, error))
        if errors:
            raise ValidationError(errors)
        return texts

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare each language."""
        before, after = by_language(initial), by_language(data)
        return any(
            one.has_changed(before.get(code), after.get(code)) for code, one in self.inputs.items()
        )


def by_language(value: Any) -> Mapping[str, Any]:
    """Return the texts of a `Text` or a mapping; nothing has none."""
    return getattr(value, "by_language", value) or {}


def error_in(code: str, error: Any) -> ValidationError:
    """Return an error, or a sentence as one, that belongs to the input of a language."""
    known = error if isinstance(error, ValidationError) else ValidationError(error)
    for one in known.error_list:
        one.language = code  # type: ignore[attr-defined]  # carried to where it is shown
    return known


def language_of_error(error: Any) -> str:
    """Return the language an error belongs to; empty where it belongs to the whole text."""
    return getattr(error, "language", "")


def _box(code: str, rows: int) -> forms.Widget:
    attrs: dict[str, Any] = {"lang": code}
    return forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
