"""How forms look: one renderer for every form of the project, and the sum of its errors."""

from collections.abc import Mapping
from typing import Any, Final, cast

from django.forms import BaseForm, BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop

from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.languages.inputs import (
    TextsField,
    by_language,
    input_name,
    language_of_error,
)

# Django's own sentence states a rule; ours, in the catalogue under the same words, says what to do.
REQUIRED: Final = gettext_noop("This field is required.")
WITHOUT_BOX: Final = (CheckboxInput, CheckboxSelectMultiple, RadioSelect, FileInput)


class Field(BoundField):
    """A bound field whose widget carries the class of our inputs."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """Add ``ac-input`` to everything that is a box to write in or choose from."""
        built = dict(super().build_widget_attrs(attrs, widget))
        shown = widget or self.field.widget
        if str(shown.attrs.get("placeholder", "")) == str(self.label):
            del shown.attrs["placeholder"]  # the label says it already, and stays readable
        if not shown.is_hidden and not isinstance(shown, WITHOUT_BOX):
            given = built.get("class") or shown.attrs.get("class", "")
            built["class"] = f"{given} ac-input".strip()
        return built

    @property
    def is_single_checkbox(self) -> bool:
        """Whether the label stands beside the box and not above it."""
        return isinstance(self.field.widget, CheckboxInput)

    def as_field_group(self) -> SafeString:
        """Show label, help, errors and input; of a text those of each language."""
        groups = [BoundField.as_field_group(part) for part in self.parts.values()]
        return format_html_join("", "{}", ((group,) for group in groups))

    @property
    def parts(self) -> "Mapping[str, BoundField]":
        """The inputs of a text by language; of any other field itself, without one."""
        if not isinstance(self.field, TextsField):
            return {"": self}
        return {code: TextIn(self, code) for code in self.field.inputs}


class TextIn(Field):
    """The input of one language of a text."""

    def __init__(self, whole: BoundField, code: str) -> None:
        self.whole, self.code = whole, code
        text = cast("TextsField", whole.field)
        super().__init__(whole.form, text.inputs[code], input_name(whole.name, code))

    @property
    def initial(self) -> Any:
        """What stands in it at first."""
        return by_language(self.whole.initial).get(self.code, "")

    @property
    def errors(self) -> ErrorList:
        """The errors of this language; those of the whole text stand at the reader's."""
        found: Any = self.whole.errors
        here = nearest_language(get_language())
        own = [e for e in found.data if (language_of_error(e) or here) == self.code]
        return self.form.error_class(own, renderer=self.form.renderer, field_id=self.auto_id)


def put_sent(form: BaseForm, name: str, value: str) -> None:
    """Let the next try begin from another value than was sent, such as the newest version."""
    sent: Any = form.data.copy()  # type: ignore[attr-defined]  # a mapping that Django copies too
    sent[form.add_prefix(name)] = value
    form.data = sent


def inputs_of(form: BaseForm, name: str) -> list[BoundField]:
    """Return the inputs of a text of a form."""
    return [TextIn(form[name], code) for code in LANGUAGE_CODES]


def input_in(form: BaseForm, name: str, code: str) -> BoundField:
    """Return the input of one language of a text of a form."""
    return TextIn(form[name], code)


class Renderer(TemplatesSetting):
    """Take form templates from the project, and our bound field."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = Field
