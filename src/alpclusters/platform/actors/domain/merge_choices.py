"""Which fields of two organisations are compared before a merge, and which value stays."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.fields import attributes_of, fields_of, groups_of
from alpclusters.platform.languages.text import TranslatedText, column_of, read_input

# What a person looks at; a group stands and falls together, its first field names it.
GROUPS: Final = groups_of(Organisation)
PROFILE: Final = "cluster."
_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {}, "unknown")


@dataclass(frozen=True, slots=True)
class Choice:
    """One field, or a group of fields, in which two organisations differ; one side stays.

    Attributes
    ----------
    key : str
        What `merges.merge` takes in ``keep``.
    fields : tuple of str
        Columns of the group.
    first, second : tuple
        Their values.
    """

    key: str
    fields: tuple[str, ...]
    first: tuple[Any, ...]
    second: tuple[Any, ...]

    @property
    def takes_second(self) -> bool:
        """Propose the second value only where the first says nothing."""
        return _says_nothing(self.first)


def choices_between(first: Organisation, second: Organisation) -> list[Choice]:
    """Return the fields in which two organisations differ, those of both profiles at the end."""
    found = [_choice(group[0], group, first, second) for group in GROUPS]
    mine, theirs = profile_of(first), profile_of(second)
    if mine is not None and theirs is not None:
        found += [_choice(f"{PROFILE}{n}", (n,), mine, theirs) for n in _profile_fields()]
    return [choice for choice in found if _differ(choice)]


def chosen_fields(keys: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the columns of the organisation and of the profile that a choice of keys names.

    Raises
    ------
    ValueError
        A key that is no field people choose.
    """
    of_organisation = [name for group in GROUPS if group[0] in keys for name in group]
    of_profile = [n for n in _profile_fields() if f"{PROFILE}{n}" in keys]
    known = {group[0] for group in GROUPS} | {f"{PROFILE}{n}" for n in _profile_fields()}
    unknown = set(keys) - known
    if unknown:
        message = f"not a field people choose: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return of_organisation, of_profile


def profile_of(organisation: Organisation) -> ClusterOrganisation | None:
    """Return the profile of an organisation, if it has one."""
    return ClusterOrganisation.objects.filter(organisation=organisation).order_by("pk").first()


def _profile_fields() -> Iterator[str]:
    for field in fields_of(ClusterOrganisation, lambda one: one.merge):
        yield from attributes_of(field) if isinstance(field, TranslatedText) else (field.name,)


def _choice(key: str, names: tuple[str, ...], first: models.Model, second: models.Model) -> Choice:
    columns = tuple(str(column_of(first, name)) for name in names)
    values = [tuple(read_input(row, column) for column in columns) for row in (first, second)]
    return Choice(key, columns, values[0], values[1])


def _differ(choice: Choice) -> bool:
    """Say whether there is a choice: two values, or one where the other side says nothing."""
    both_silent = _says_nothing(choice.first) and _says_nothing(choice.second)
    return choice.first != choice.second and not both_silent


def _says_nothing(values: Collection[Any]) -> bool:
    return all(value in _EMPTY or value is False for value in values)
