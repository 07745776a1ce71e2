"""Initiatives by people: made, changed, and brought back to an earlier version."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.initiatives.fields import FIELDS, TRANSLATED, noted
from alpclusters.platform.evidence.domain.keys import free_key
from alpclusters.platform.evidence.domain.versions import (
    Version,
    values_of_version,
    versions_of,
)
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.languages.text import Text, differences

# More than any row of initiatives that continue each other.
_LONGEST: Final = 100
_NOTHING: Final = dict.fromkeys(TRANSLATED, Text({}))


@transaction.atomic
def create_initiative(
    fields: Mapping[str, Any], *, by: User | None, is_simulated: bool = False
) -> Initiative:
    """Make an initiative; its key, part of its permanent address, is made of its acronym.

    Parameters
    ----------
    fields : mapping
        Of `fields.FIELDS`; ``acronym`` is needed.
    by : User or None
        None for the program itself.
    is_simulated : bool, default False

    Raises
    ------
    InputError
        ``initiative.dates``, ``initiative.money``, ``worlds.mixed``.
    """
    _check_names(fields)
    key = free_key(Initiative, fields["acronym"], fallback="initiative")
    initiative = Initiative(key=key, is_simulated=is_simulated, **fields)
    _check(initiative)
    told = [
        input_name(name, language) if language else name
        for name in fields
        for language, _none, value in differences(_NOTHING.get(name), getattr(initiative, name))
        if value not in (None, "", [])
    ]
    initiative.edited_fields = noted((), told) if by is not None else []
    sign(initiative, by)
    initiative.save()
    refresh_families([initiative.pk])
    return initiative


@transaction.atomic
def change_initiative(
    initiative: Initiative, fields: Mapping[str, Any], by: User, reason: str = ""
) -> bool:
    """Change an initiative, keep the earlier version, and note which fields are a person's.

    Parameters
    ----------
    initiative : Initiative
        As it was read.
    fields : mapping
        Of `fields.FIELDS` and their new values; others are refused.
    by : User
    reason : str, default ""
        What the history says about it.

    Returns
    -------
    bool
        False if nothing differs; then nothing is stored.

    Raises
    ------
    InputError
        ``initiative.dates``, ``initiative.money``, ``initiative.circle``, ``worlds.mixed``.
    """
    _check_names(fields)
    before = copy(initiative)
    for name, value in fields.items():
        if _differs(getattr(initiative, name), value):
            setattr(initiative, name, value)
    changed = _inputs(before, initiative, fields)
    if not changed:
        return False
    _check(initiative)
    initiative.edited_fields = noted(initiative.edited_fields, changed)
    sign(initiative, by, reason=reason)
    initiative.save()
    if {"follows_id", "kind", "is_published"} & set(changed):
        refresh_families([initiative.pk])
    return True


def versions(initiative: Initiative) -> list[Version]:
    """Return the versions of an initiative, newest first, each with what it changed."""
    return versions_of(initiative, FIELDS)


def newest_version(initiative: Initiative) -> int:
    """Number the state of an initiative, to see whether somebody else saved in the meantime."""
    rows = history_of(initiative).order_by("-history_id").values_list("history_id", flat=True)
    return rows.first() or 0


def revert(initiative: Initiative, version: int, by: User) -> bool:
    """Bring back an earlier version; False if there is none or nothing differs."""
    values = values_of_version(initiative, version, FIELDS)
    if values is None:
        return False
    return change_initiative(initiative, values, by, reason=f"revert:{version}")


def _check_names(fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        message = f"not a field people edit: {', '.join(sorted(unknown))}"
        raise ValueError(message)


def _check(initiative: Initiative) -> None:
    start, end = initiative.start, initiative.end
    if start and end and end < start:
        raise InputError("initiative.dates", where=Where(field="end"))
    budget, share = initiative.budget_cents, initiative.eu_cents
    if budget is not None and share is not None and share > budget:
        raise InputError("initiative.money", where=Where(field="eu_cents"))
    if _is_circle(initiative):
        raise InputError("initiative.circle", where=Where(field="follows"))
    if initiative.follows and initiative.follows.is_simulated != initiative.is_simulated:
        where = Where(field="follows")
        raise InputError("worlds.mixed", where=where, found=str(initiative.follows))


def _is_circle(initiative: Initiative) -> bool:
    """Say whether an initiative would continue itself."""
    place = initiative.follows_id
    for _step in range(_LONGEST):
        if place is None or initiative.pk is None:
            return False
        if place == initiative.pk:
            return True
        place = Initiative.objects.values_list("follows_id", flat=True).filter(pk=place).first()
    return True


def _inputs(before: Initiative, after: Initiative, names: Iterable[str]) -> list[str]:
    """Return what differs of some fields; of a text the languages, as their inputs are called."""
    return [
        input_name(name, language) if language else name
        for name in names
        for language, old, new in differences(getattr(before, name), getattr(after, name))
        if _differs(old, new)
    ]


def _differs(now: Any, value: Any) -> bool:
    return (None if now in ("", []) else now) != (None if value in ("", []) else value)
