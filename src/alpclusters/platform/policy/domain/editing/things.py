"""What people edit together, and which of its columns: texts in five languages, short fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db.models import Model

from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import TranslatedText, field_of, read_input, write_input
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation

type Values = dict[str, str]
"""What stands in a form: every value as text, empty where there is none."""


_LONG: Final = 1000


@dataclass(frozen=True, slots=True)
class Editing:
    """How one kind of thing is edited.

    Attributes
    ----------
    thing : str
        Name of the kind, as drafts and reviews keep it.
    texts : tuple of str
        Fields in five languages.
    long_texts : tuple of str
        Those of them that are merged by paragraphs.
    fields : tuple of str
        Other columns; a reference is named with ``_id``.
    required : tuple of str
        Texts that a translation needs; the others may stay empty.
    """

    thing: str
    texts: tuple[str, ...]
    long_texts: tuple[str, ...]
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    @classmethod
    def of(cls, model: type[Model], *parts: str, required: tuple[str, ...]) -> Self:
        """Return how the parts of a model are edited; a text above 1,000 letters is a long one."""
        own = model._meta.concrete_fields
        asked = [one for one in fields_of(model, lambda said: said.part in parts) if one in own]
        texts = [one for one in asked if isinstance(one, TranslatedText)]
        return cls(
            thing=str(model._meta.model_name),
            texts=tuple(one.name for one in texts),
            long_texts=tuple(one.name for one in texts if (one.max_length or 0) >= _LONG),
            fields=tuple(one.attname for one in asked if one not in texts),
            required=required,
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that can be edited."""
        return (*input_names(self.texts), *self.fields)

    @property
    def long_columns(self) -> tuple[str, ...]:
        """The columns that are merged by paragraphs."""
        return tuple(input_names(self.long_texts))


PLAN = Editing.of(ActionPlan, "texts", "facts", required=("title", "summary"))
ACTION = Editing.of(Action, "texts", "facts", "end", required=("title", "description"))
RECOMMENDATION = Editing.of(
    Recommendation, "texts", "facts", required=("title", "text", "rationale")
)


def plain(value: Any) -> str:
    r"""Return a value as a form sends it: one kind of line end, no blanks around.

    Examples
    --------
    >>> plain("Zwei\r\nZeilen "), plain(None), plain(7)
    ('Zwei\nZeilen', '', '7')
    """
    if value is None:
        return ""
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def plain_values(values: Mapping[str, Any], how: Editing) -> Values:
    """Keep what can be edited, each as text."""
    return {name: plain(values[name]) for name in how.columns if name in values}


def values_of(obj: Any, how: Editing) -> Values:
    """Return what is stored now."""
    return {name: plain(read_input(obj, name)) for name in how.columns}


def set_values(obj: Any, values: Mapping[str, str], how: Editing) -> None:
    """Set columns from texts; an empty reference, day or number is none."""
    for name in how.columns:
        if name in values:
            write_input(obj, name, typed(obj, name, values[name]))


def typed(obj: Any, name: str, value: str) -> Any:
    """Turn a text back into what a column holds; a text in one language stays one."""
    field = field_of(obj, name)
    if isinstance(field, TranslatedText):
        return value
    return None if field.null and not value else field.to_python(value)
