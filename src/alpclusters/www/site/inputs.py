"""The input of a column in a form: label, limits and choices are said beside the model."""

from typing import Any

from django import forms
from django.db import models

from alpclusters.platform.languages.text import field_of


def input_of(model: type[models.Model], name: str, **changes: Any) -> forms.Field:
    """Return the input that a column asks for.

    Parameters
    ----------
    model : type
        Whose column.
    name : str
    **changes
        What differs from the column, such as ``help_text`` or ``form_class``.
    """
    column: Any = model._meta.get_field(name)
    made: forms.Field = column.formfield(**changes)
    return made


def lazy_label_of(model: type[models.Model], name: str) -> Any:
    """Return the label of a column for an input of another kind, in the language of the reader."""
    return field_of(model, name).verbose_name
