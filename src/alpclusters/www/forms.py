"""How forms look: one renderer for every form of the project, and the sum of its errors."""

from typing import Any, Final

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.utils.translation import gettext_noop

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


class Renderer(TemplatesSetting):
    """Take form templates from the project, and our bound field."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = Field
