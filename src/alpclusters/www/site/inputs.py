"""The input of a column in a form: label, limits and choices are said beside the model."""

from typing import Any

from django import forms
from django.db import models


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
