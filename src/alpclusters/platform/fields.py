"""What is said about a column that people fill, once, beside the model.

Django's own attributes say label, help, kind, limits and choices. `About` says the rest, and hangs
on the column itself (``field.about``): the kept history copies it, migrations do not see it. What
only one reader wants to know does not belong here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise

from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import TranslatedText, field_of

OWN_GROUP: Final = "."


class Privacy(StrEnum):
    """What a column says about people.

    Personal leads to a person with an account or an address; pseudonymous belongs to a participant
    known by the hash of a token; secret never leaves the database.
    """

    NONE = "none"
    PERSONAL = "personal"
    PSEUDONYMOUS = "pseudonymous"
    SECRET = "secret"  # noqa: S105 - a class of columns


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said about a column.

    Attributes
    ----------
    part : str
        Part of form and profile that shows it; empty: nobody edits it.
    merge : str
        Name of the first column of the group that stands and falls together when two rows become
        one; empty: the row that stays keeps its own.
    in_lists : bool or str
        Lists of others may bring it, under the heads of the subject's ``heads.csv``; the words
        for it there, where its label says enough only among those of its part.
    exported : bool
        Stands in the files of open data.
    public : bool
        Stands on the public page.
    words : str
        Part of the search index in which its words stand; empty: not searched.
    counts : str
        Group of the completeness for which it counts; empty: none.
    schema : str
        Its name in schema.org; empty: none.
    privacy : Privacy
        What it says about people.
    show : callable, optional
        Gets a value and returns its words, where the kind of column does not say how.
    """

    part: str = ""
    merge: str = ""
    in_lists: bool | str | Promise = False
    exported: bool = False
    public: bool = False
    words: str = ""
    counts: str = ""
    schema: str = ""
    privacy: Privacy = Privacy.NONE
    show: Callable[[Any], str] | None = None


def fact[Column: models.Field[Any, Any]](field: Column, part: str = "", **said: Any) -> Column:
    """Say of a column that people fill it: public, exported, a choice when merging.

    Parameters
    ----------
    field : models.Field
        The column.
    part : str, default ""
        Part of the form that asks it.
    **said
        Attributes of `About` that differ from that.
    """
    usual = {"public": True, "exported": True, "merge": OWN_GROUP}
    return about(field, part=part, **usual | said)


def about[Column: models.Field[Any, Any]](field: Column, **said: Any) -> Column:
    """Say something about a column; what is not named is not so.

    Parameters
    ----------
    field : models.Field
        The column.
    **said
        Attributes of `About`.
    """
    field.about = About(**said)  # type: ignore[attr-defined]  # read by `about_of` alone
    return field


def about_of(field: Any) -> About | None:
    """Return what is said about a column; None if nothing is."""
    return getattr(field, "about", None)


def fields_of(
    model: type[models.Model] | models.Model, which: Callable[[About], Any] = lambda _: True
) -> Iterator[models.Field[Any, Any]]:
    """Return the columns about which something is said, in the order of the model.

    Parameters
    ----------
    model : type or Model
        Whose columns.
    which : callable, optional
        Gets what is said and chooses, such as ``lambda one: one.exported``.
    """
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        said = about_of(field)
        if said is not None and which(said):
            yield field


def label_of(model: type[models.Model] | models.Model, name: str) -> str:
    """Return the label of a column in the language of the reader.

    Raises
    ------
    FieldDoesNotExist
        The model has no such column; ``region_id`` and ``region`` are the same, and so are
        ``summary_de`` and ``summary``.
    """
    return str(field_of(model, name).verbose_name)


def length_of(model: type[models.Model], name: str) -> int:
    """Return the most letters that a column takes.

    Raises
    ------
    ValueError
        It has no limit.
    """
    most = field_of(model, name).max_length
    if most is None:
        raise ValueError(f"{model._meta.label}.{name} has no limit")
    return int(most)


def attributes_of(field: models.Field[Any, Any]) -> tuple[str, ...]:
    """Return under which names a column is typed and read: a text under those of its inputs."""
    if isinstance(field, TranslatedText):
        return tuple(input_names([field.name]))
    return (field.attname,)


def groups_of(model: type[models.Model] | models.Model) -> list[tuple[str, ...]]:
    """Return the groups of columns that stand and fall together when two rows become one.

    Returns
    -------
    list of tuple of str
        Names of columns, groups in the order of their first columns, which name them.

    Raises
    ------
    ValueError
        A column names a group whose first column is no first column of a group.
    """
    groups: dict[str, list[str]] = {}
    for field in fields_of(model, lambda one: one.merge):
        said = about_of(field)
        name = said.merge if said is not None and said.merge != OWN_GROUP else field.name
        groups.setdefault(name, []).append(field.name)
    for name, columns in groups.items():
        if columns[0] != name:
            message = f"{model._meta.label}: group {name} begins with {columns[0]}"
            raise ValueError(message)
    return [tuple(columns) for columns in groups.values()]


class YearField(models.PositiveSmallIntegerField):  # type: ignore[type-arg]  # takes none when run
    """A year of our times."""

    EARLIEST: Final = 1800
    LATEST: Final = 2100
    default_validators = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]

    def deconstruct(self) -> Any:
        """Stand in migrations as the number it is."""
        name, _path, args, given = super().deconstruct()
        return name, "django.db.models.PositiveSmallIntegerField", args, given
