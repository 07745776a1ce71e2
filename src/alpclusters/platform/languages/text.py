"""A text in several languages: one column, one value that is read in the reader's language.

A model says ``name = TranslatedText(_("Name"), max_length=200)``. The column holds
``{"de": "Lösung", "en": "Solution"}``; a language without a text is not there.

- ``thing.name`` is a `Text`: a `str` in the language that is active, or the next in `fallbacks`.
- ``thing.name = "Lösung"`` sets the active language, a mapping or a `Text` sets all of them.
- ``name__de`` and ``name__shown`` stand in ``filter``, ``order_by``, ``values`` and
  ``Meta.ordering``, over relations too; ``shown`` is what a reader sees. A comparison with the
  column as a whole is refused.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

from django.core import checks
from django.core.exceptions import FieldError, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.fields.json import HasAnyKeys, HasKey, HasKeys
from django.db.models.query_utils import DeferredAttribute
from django.utils import translation
from django.utils.text import capfirst

from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES, fallbacks
from alpclusters.platform.languages.inputs import TextsField

SHOWN: Final = "shown"
_WHOLE_COLUMN: Final = {"isnull", HasKey.lookup_name, HasKeys.lookup_name, HasAnyKeys.lookup_name}


def reader_language() -> str:
    """Return the active language, where it is one of ours, else English."""
    language = translation.get_language()
    return language if language in LANGUAGE_CODES else DEFAULT_LANGUAGE


class Text(str):
    """The words in the language they were read in, with all others beside them.

    Attributes
    ----------
    by_language : dict of str
        The texts that are not empty, by language.
    language : str
        The language of the words; empty where there are none.
    asked : str
        The language they were read in, whether there was a text in it or not.

    Examples
    --------
    >>> text = Text({"de": "Lösung", "en": "Solution"}, "fr")
    >>> text, text.language, text.inside("de"), text.missing()
    ('Solution', 'en', 'Lösung', ['fr', 'it', 'sl'])
    """

    __slots__ = ("asked", "by_language", "language")

    by_language: dict[str, str]
    language: str
    asked: str

    def __new__(cls, by_language: Mapping[str, str], asked: str = "") -> Self:
        """Take the texts of all languages and the one in which they are read."""
        asked = asked or reader_language()
        language = next((code for code in fallbacks(asked) if by_language.get(code)), "")
        self = super().__new__(cls, by_language[language] if language else "")
        self.by_language = {code: text for code, text in by_language.items() if text}
        self.language, self.asked = language, asked
        return self

    @property
    def foreign(self) -> str:
        """The language of the words where it is not the one asked for."""
        return "" if self.language == self.asked else self.language

    def inside(self, language: str) -> str:
        """Return the text of exactly this language, else nothing."""
        return self.by_language.get(language, "")

    def read_in(self, language: str) -> "Text":
        """Return the same read in another language."""
        return self if language == self.asked else Text(self.by_language, language)

    def each(self) -> dict[str, str]:
        """Return the text of every language, empty where there is none."""
        return {code: self.inside(code) for code in LANGUAGE_CODES}

    def filled(self) -> dict[str, str]:
        """Return what a reader of each language sees."""
        return {code: str(self.read_in(code)) for code in LANGUAGE_CODES}

    def put(self, texts: Mapping[str, str]) -> "Text":
        """Return the same with the texts of some languages in place of what stands there."""
        return Text({**self.by_language, **texts}, self.asked)

    def differing(self, other: "Text") -> list[str]:
        """Return the languages in which another text says something else."""
        return [code for code in LANGUAGE_CODES if self.inside(code) != other.inside(code)]

    def missing(self) -> list[str]:
        """Return the languages without a text, in the order of the header."""
        return [code for code in LANGUAGE_CODES if code not in self.by_language]

    def __eq__(self, other: object) -> bool:
        """Compare all languages with another `Text` or mapping, the shown words with a `str`."""
        if isinstance(other, Text):
            return self.by_language == other.by_language
        if isinstance(other, Mapping):
            return self.by_language == {code: text for code, text in other.items() if text}
        return str.__eq__(self, other) if isinstance(other, str) else NotImplemented

    def __ne__(self, other: object) -> bool:
        """Compare as `__eq__` does."""
        return not self == other

    def __hash__(self) -> int:
        """Hash the shown words: equal texts that are read in one language have one hash."""
        return str.__hash__(self)

    def __reduce__(self) -> tuple[type["Text"], tuple[dict[str, str], str]]:
        """Keep all languages in copies and pickles."""
        return Text, (self.by_language, self.asked)

    def __deepcopy__(self, memo: dict[int, object]) -> "Text":
        """Return the text itself: nothing of it changes."""
        return self


def differences(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield how two values of a field differ: of a text each language that does.

    Yields
    ------
    tuple
        The language, or nothing, and both values.
    """
    if isinstance(before, Text) and isinstance(after, Text):
        for code in before.differing(after):
            yield code, before.inside(code), after.inside(code)
    elif (before or None) != (after or None):
        yield "", before, after


class _Attribute(DeferredAttribute):
    """The text of a row: a `Text` in the language that is active while it is read."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        kept = instance.__dict__.get(self.field.attname)
        if kept is None:
            kept = super().__get__(instance, cls)  # deferred, or left out
            if not isinstance(kept, Text):
                kept = Text(kept or {})
        text = kept.read_in(reader_language())
        if text is not kept:
            instance.__dict__[self.field.attname] = text
        return text

    def __set__(self, instance: Any, value: object) -> None:
        if isinstance(value, str) and not isinstance(value, Text):
            is_stored = self.field.attname in instance.__dict__ or not instance._state.adding  # noqa: SLF001 - as Django does
            before = self.__get__(instance).by_language if is_stored else {}
            value = {**before, reader_language(): value}
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class _Encoder(DjangoJSONEncoder):
    """Letters as they are, so that a search for them finds them; languages in one order."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "ensure_ascii": False, "sort_keys": True})


if TYPE_CHECKING:

    class _Base(models.Field[str | Mapping[str, str], Text]):
        """A row takes words or all texts, and gives words."""

        encoder: type[DjangoJSONEncoder]

        def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any: ...

else:
    _Base = models.JSONField


class TranslatedText(_Base):
    """A column for a text in the languages of the site.

    Parameters
    ----------
    max_length : int, optional
        The most letters that a text may have in each language. Refused before it is stored.

    Raises
    ------
    ValidationError
        In `clean`, where a text is too long or none is given and the column may not be blank.
    """

    descriptor_class = _Attribute
    empty_strings_allowed = True

    def __init__(self, *args: Any, max_length: int | None = None, **given: Any) -> None:
        given.setdefault("default", dict)
        given["encoder"] = _Encoder
        super().__init__(*args, **given)
        self.max_length = max_length

    def deconstruct(self) -> Any:
        """Say how to make it anew; how it is shown makes no migration."""
        name, path, args, given = super().deconstruct()
        del given["encoder"]
        if given.get("default") is dict:
            del given["default"]
        if self.max_length is not None:
            given["max_length"] = self.max_length
        return name, path, args, given

    def check(self, **given: Any) -> list[Any]:
        """Refuse an order of the model that says no language: it would be that of the JSON."""
        orders = [one for one in self.model._meta.ordering or () if isinstance(one, str)]
        if self.name not in [one.lstrip("-") for one in orders]:
            return list(super().check(**given))
        hint = f"Write {self.name}__{SHOWN}, or a language."
        error = checks.Error("ordering says no language", hint, self, "languages.E001")
        return [*super().check(**given), error]

    # ---- values --------------------------------------------------------------------------------

    def to_python(self, value: object) -> Text:
        """Return a `Text`; a plain `str` is one in the active language."""
        if isinstance(value, Text):
            return value
        if value is None:
            return Text({})
        if isinstance(value, str):
            return Text({reader_language(): value})
        if isinstance(value, Mapping):
            return Text(value)
        raise ValidationError(f"{self.name}: {type(value).__name__} is no text")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Read the column; a transform has words already."""
        return self.to_python(super().from_db_value(value, expression, connection))

    def get_default(self) -> Text:
        """Return the text of a new row."""
        return self.to_python(super().get_default())

    def get_prep_value(self, value: object) -> Any:
        """Return what is stored; refuse what would lose a language or is too long."""
        if value is None or hasattr(value, "as_sql"):
            return value
        if isinstance(value, str) and not isinstance(value, Text):
            raise TypeError(f"{self.name}: a plain text has no language, write {{language: text}}")
        texts = self.to_python(value).by_language
        for code, text in texts.items():
            if self.max_length is not None and len(text) > self.max_length:
                raise ValueError(f"{self.name}: more than {self.max_length} letters in {code}")
        return texts

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return what the driver of the database takes."""
        if hasattr(value, "as_sql"):
            return value
        stored = value if prepared else self.get_prep_value(value)
        return connection.ops.adapt_json_value(stored, self.encoder)

    def value_to_string(self, obj: models.Model) -> Any:
        """Return all languages, for a file of rows."""
        return getattr(obj, self.attname).by_language

    def validate(self, value: Any, model_instance: models.Model | None) -> None:  # noqa: ARG002 - Django's signature
        """Ask every language for its length, and for one text where there must be one."""
        if not self.blank and not value.by_language:
            raise ValidationError(self.error_messages["blank"], code="blank")
        if self.max_length is not None:
            for text in value.by_language.values():
                MaxLengthValidator(self.max_length)(text)

    # ---- forms ---------------------------------------------------------------------------------

    def formfield(self, **given: Any) -> Any:
        """Return a field with an input for each language."""
        own = {"label": capfirst(self.verbose_name), "help_text": self.help_text}
        return TextsField(**{**own, "max_length": self.max_length, **given})

    # ---- queries -------------------------------------------------------------------------------

    def get_transform(self, name: str) -> Any:
        """Return the transform of a language or of ``shown``."""
        if name == SHOWN:
            return _Shown
        return _inside(name) if name in LANGUAGE_CODES else None

    def get_lookup(self, name: str) -> Any:
        """Return a lookup of the whole column, of which there are few."""
        if name in _WHOLE_COLUMN:
            return super().get_lookup(name)
        if name == SHOWN or name in LANGUAGE_CODES:
            return None  # Django asks for a lookup before it asks for the transform
        return _Refused


def read_input(row: models.Model, name: str) -> Any:
    """Return the value of a field, or of one language of a text by the name of its input."""
    field, code = split_input(type(row), name)
    value = getattr(row, field)
    return value.inside(code) if code else value


def write_input(row: models.Model, name: str, value: Any) -> None:
    """Set a field, or one language of a text by the name of its input."""
    field, code = split_input(type(row), name)
    setattr(row, field, getattr(row, field).put({code: value or ""}) if code else value)


@cache
def split_input(model: type[models.Model], name: str) -> tuple[str, str]:
    """Return the text and the language of an input; of anything else its name and nothing."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    text, _dash, code = name.rpartition("_")
    is_input = name not in fields and isinstance(fields.get(text), TranslatedText)
    return (text, code) if is_input and code in LANGUAGE_CODES else (name, "")


def field_of(model: type[models.Model] | models.Model, name: str) -> Any:
    """Return the field behind ``title``, its input ``title_de``, or ``project_id``.

    Raises
    ------
    FieldDoesNotExist
        Where the model has none of this name.
    """
    fields = {field.name: field for field in model._meta.concrete_fields}
    text = name.rpartition("_")[0]
    if name not in fields and isinstance(fields.get(text), TranslatedText):
        return fields[text]
    return model._meta.get_field(name if name in fields else name.removesuffix("_id"))


def column_of(model: type[models.Model] | models.Model, name: str) -> str:
    """Return the attribute that holds a field: that of a relation, or of one language of a text."""
    field = field_of(model, name)
    return name if isinstance(field, TranslatedText) else str(field.attname)


if TYPE_CHECKING:
    _Lookup = models.Lookup[Any]
else:
    # Commands on files read seed tables without the settings that make it subscriptable.
    _Lookup = models.Lookup


class _Refused(_Lookup):
    """A comparison with the whole column, which would compare all languages at once."""

    def __init__(self, lhs: Any, rhs: Any) -> None:  # noqa: ARG002 - Django's signature
        name = lhs.output_field.name
        raise FieldError(
            f"{name} holds texts in several languages: write {name}__{SHOWN} or "
            f"{name}__{DEFAULT_LANGUAGE}"
        )


class _Words(models.Transform):
    """One text of the column, in SQL; both databases know ``->>`` (SQLite since 3.38)."""

    output_field = models.TextField()

    def languages(self) -> tuple[str, ...]:
        raise NotImplementedError

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **_given: Any) -> tuple[str, Any]:  # noqa: ARG002 - Django's signature
        column, given = compiler.compile(self.lhs)
        codes = self.languages()
        parts = ", ".join(f"{column} ->> '{code}'" for code in codes)
        return f"COALESCE({parts}, '')", tuple(given) * len(codes)


class _Shown(_Words):
    """What a reader sees: the language is taken when the query runs."""

    lookup_name = SHOWN

    def languages(self) -> tuple[str, ...]:
        return fallbacks(reader_language())


@cache
def _inside(code: str) -> type[_Words]:
    """Return the transform of one language."""
    return type(f"In_{code}", (_Words,), {"lookup_name": code, "languages": lambda _self: (code,)})
