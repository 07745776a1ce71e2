"""Initiatives by people: made, changed, and brought back to an earlier version."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.keys import free_key
from alpclusters.platform.evidence.domain.versions import Version, values_of_version, versions_of
from alpclusters.platform.evidence.models import Initiative, InitiativeProposal
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.languages.text import (
    Text,
    TranslatedText,
    differences,
    field_of,
    write_input,
)

# --- The fields of an initiative that people edit, and how they are noted as theirs ---------------


_ASKED: Final = tuple(fields_of(Initiative, lambda one: one.part))
TRANSLATED: Final = tuple(one.name for one in _ASKED if isinstance(one, TranslatedText))
PLAIN: Final = tuple(one.attname for one in _ASKED if one.name not in TRANSLATED)
FIELDS: Final = (*TRANSLATED, *PLAIN)
# Noted as edited when a person changes who took part: no import then writes over the partners.
PARTNERS: Final = "participations"
# A date and how exactly it is known are one thing to people and to imports.
_TOGETHER: Final = {"start_precision": "start", "end_precision": "end"}


def noted(edited: Iterable[str], changed: Iterable[str]) -> list[str]:
    """Return the fields that a person set, with those changed now.

    A text is noted by the languages that were set (``title_de``) and by its name (``title``), a
    relation by its name (``programme``).

    Parameters
    ----------
    edited : iterable of str
        What was noted before.
    changed : iterable of str
        Fields, those of texts with a language as their inputs are called.
    """
    names = set()
    for field in changed:
        name = field.removesuffix("_id")
        names.add(_TOGETHER.get(name, name))
        if text := _text_of(field):
            names.add(text)
    return sorted({*edited, *names})


def _text_of(name: str) -> str:
    """Return the text whose input is called so; empty where it is none."""
    text, _dash, code = name.rpartition("_")
    return text if text in TRANSLATED and code in LANGUAGE_CODES else ""


def freed(edited: Iterable[str], field: str) -> list[str]:
    """Return the fields that a person set, without one that follows its source again."""
    rest = {name for name in edited if name != field}
    base = _text_of(field)
    if base and not any(name.startswith(f"{base}_") for name in rest):
        rest.discard(base)
    return sorted(rest)


# --- Initiatives by people: made, changed, and brought back to an earlier version -----------------


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


# --- What a source says differently from a person: a person takes it over or refuses it -----------


# Sources know days.
DATES: Final = ("start", "end")
State = InitiativeProposal.State


def open_proposals() -> "models.QuerySet[InitiativeProposal]":
    """Return what waits for a decision, with everything a list shows."""
    waiting = InitiativeProposal.objects.filter(state=State.PROPOSED)
    related = waiting.select_related("initiative__programme", "initiative__follows", "run__source")
    return related.order_by("initiative__acronym", "initiative", "field", "pk")


@transaction.atomic
def take_proposal(proposal: InitiativeProposal, *, by: User, now: datetime) -> None:
    """Write what the source says; from now on the field follows the source again.

    Raises
    ------
    StateError
        Somebody decided before.
    InputError
        What the source says does not fit the field.
    """
    _require_open(proposal)
    initiative = Initiative.objects.get(pk=proposal.initiative_id)
    name = column_of(proposal.field)
    write_input(initiative, name, _value(name, proposal.value))
    if name in DATES:
        setattr(initiative, f"{name}_precision", Initiative.Precision.DAY)
    initiative.edited_fields = freed(initiative.edited_fields, proposal.field)
    sign(initiative, by, reason=f"{proposal.run.source}: {proposal.field}")
    initiative.save()
    refresh_families([initiative.pk])
    _decide(proposal, State.TAKEN, by=by, now=now)


@transaction.atomic
def refuse_proposal(proposal: InitiativeProposal, *, by: User, now: datetime) -> None:
    """Keep what the person said; the same proposal does not come again.

    Raises
    ------
    StateError
        Somebody decided before.
    """
    _require_open(proposal)
    _decide(proposal, State.REFUSED, by=by, now=now)


def column_of(field: str) -> str:
    """Return the column of a field; a relation is written by its key."""
    return f"{field}_id" if field in {"programme", "follows"} else field


def _require_open(proposal: InitiativeProposal) -> None:
    if proposal.state != State.PROPOSED:
        raise StateError("proposal.decided")


def _decide(proposal: InitiativeProposal, state: str, *, by: User, now: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.save(update_fields=["state", "decided_by", "decided_at"])


def _value(name: str, value: Any) -> Any:
    """Turn what a proposal holds into what the column holds."""
    field = field_of(Initiative, name)
    wrong = InputError("proposal.does_not_fit", found=str(value))
    if not isinstance(field, models.Field):
        raise wrong
    if value in (None, ""):
        return None if field.null else field.get_default()
    try:
        if isinstance(field, models.DateField):
            return date.fromisoformat(str(value))
        clean = field.clean(value, None)
        return str(clean) if isinstance(field, TranslatedText) else clean
    except (ValidationError, ValueError, TypeError) as error:
        raise wrong from error
