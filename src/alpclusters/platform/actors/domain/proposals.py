"""What a list says differently from a person: a person takes it over or refuses it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.directory.index import touch
from alpclusters.platform.actors.models import FieldProposal, Organisation
from alpclusters.platform.history import sign
from alpclusters.platform.territory.models import Region


def open_proposals() -> "models.QuerySet[FieldProposal]":
    """Return what waits for a decision, with everything a list shows."""
    waiting = FieldProposal.objects.filter(state=FieldProposal.State.PROPOSED)
    related = waiting.select_related("organisation__region", "run__source")
    return related.order_by("organisation__name", "organisation", "field", "pk")


@transaction.atomic
def take_proposal(proposal: FieldProposal, *, by: User, now: datetime) -> None:
    """Write what the list says; from now on the field follows the list again.

    Raises
    ------
    StateError
        Somebody decided before.
    InputError
        What the list says does not fit the field.
    """
    _require_open(proposal)
    organisation = Organisation.objects.get(pk=proposal.organisation_id)
    setattr(organisation, proposal.field, _value(proposal))
    organisation.edited_fields = [f for f in organisation.edited_fields if f != proposal.field]
    sign(organisation, by, reason=f"{proposal.run.source}: {proposal.field}")
    organisation.save()
    _decide(proposal, FieldProposal.State.TAKEN, by=by, now=now)
    touch([organisation.pk])


@transaction.atomic
def refuse_proposal(proposal: FieldProposal, *, by: User, now: datetime) -> None:
    """Keep what the person said; the same proposal does not come again.

    Raises
    ------
    StateError
        Somebody decided before.
    """
    _require_open(proposal)
    _decide(proposal, FieldProposal.State.REFUSED, by=by, now=now)


def _require_open(proposal: FieldProposal) -> None:
    if proposal.state != FieldProposal.State.PROPOSED:
        raise StateError("proposal.decided")


def _decide(proposal: FieldProposal, state: str, *, by: User, now: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.save(update_fields=["state", "decided_by", "decided_at"])


def _value(proposal: FieldProposal) -> Any:
    """Turn the text of a proposal into what the field holds."""
    field = Organisation._meta.get_field(proposal.field)
    wrong = InputError("proposal.does_not_fit", found=proposal.value)
    if proposal.field == "region":
        return _region(proposal.value)
    if not isinstance(field, models.Field):
        raise wrong
    try:
        return field.clean(proposal.value or _nothing(field), None)
    except ValidationError as error:
        raise wrong from error


def _nothing(field: "models.Field[Any, Any]") -> str | None:
    return None if field.null else ""


def _region(code: str) -> Region | None:
    if not code:
        return None
    region = Region.objects.filter(code=code).order_by("-last_vintage", "pk").first()
    if region is None:
        raise InputError("proposal.does_not_fit", found=code)
    return region
