"""What a source says differently from a person: a person takes it over or refuses it."""

from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.initiatives.fields import freed
from alpclusters.platform.evidence.models import Initiative, InitiativeProposal
from alpclusters.platform.history import sign
from alpclusters.platform.languages.text import TranslatedText, field_of, write_input

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
