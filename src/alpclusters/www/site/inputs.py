"""The input of a column in a form: label, limits and choices are said beside the model."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from alpclusters.platform.languages.text import field_of


class Day(forms.DateField):
    """A day of the calendar; the browser brings the calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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
    made: forms.Field = column.formfield(**_limits(column) | changes)
    return made


def _limits(column: Any) -> dict[str, Any]:
    """Return the limits of a number as an input takes them; Django hands on none."""
    if not isinstance(column, models.IntegerField) or column.choices:
        return {}
    kinds = {MinValueValidator: "min_value", MaxValueValidator: "max_value"}
    # Without those that the database adds: nobody types nineteen digits.
    given: Any = column.deconstruct()[3].get("validators", ())
    return {kinds[type(one)]: one.limit_value for one in given if type(one) in kinds}


def choice_of(model: type[models.Model], name: str, choices: Any = ()) -> forms.ChoiceField:
    """Return a choice of one value for a column whose choices only its form knows."""
    return forms.ChoiceField(choices=choices, **said_of(model, name))


def several_of(
    model: type[models.Model], name: str, choices: Any = ()
) -> forms.MultipleChoiceField:
    """Return boxes to tick for a column that holds a list."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=choices, widget=widget, **said_of(model, name))


def said_of(model: type[models.Model], name: str) -> dict[str, Any]:
    """Return label, help and whether it is asked for, for an input of another kind."""
    column: Any = model._meta.get_field(name)
    said = {"label": column.verbose_name, "help_text": column.help_text}
    return {**said, "required": not column.blank}


def lazy_label_of(model: type[models.Model], name: str) -> Any:
    """Return the label of a column for an input of another kind, in the language of the reader."""
    return field_of(model, name).verbose_name
