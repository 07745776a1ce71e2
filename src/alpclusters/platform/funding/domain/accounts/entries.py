"""Write into the account of an organisation; the cases that count it learn that it changed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.accounts.undertakings import (
    single_undertakings,
    undertaking_of,
)
from alpclusters.platform.funding.domain.casework.saving import keep_version
from alpclusters.platform.funding.models import ControlLink, DeMinimisAid, FundingCase
from alpclusters.platform.history import sign

REASON = "account.change"


def account_of(organisation: Organisation) -> list[DeMinimisAid]:
    """Return the aid of the whole undertaking of an organisation, the newest first."""
    members = undertaking_of(organisation)
    found = DeMinimisAid.objects.filter(organisation__in=members).select_related(
        "organisation", "entered_by", "confirmed_by"
    )
    return list(found.order_by("-granted_on", "-pk"))


@transaction.atomic
def add_aid(aid: Sequence[DeMinimisAid], *, by: User | None, now: datetime) -> int:
    """Store new aid; what a register has told already is not stored twice.

    Returns
    -------
    int
        How many were new.
    """
    known = set(
        DeMinimisAid.objects.filter(organisation__in={one.organisation_id for one in aid})
        .exclude(reference="")
        .values_list("organisation_id", "source", "reference")
    )
    new = []
    for one in aid:
        key = (one.organisation_id, one.source, one.reference)
        if one.reference and key in known:
            continue
        known.add(key)
        new.append(one)
    for one in new:
        one.entered_by = by
        sign(one, by)
        one.save()
    _note(_all_of({one.organisation_id for one in new}), by=by, now=now)
    return len(new)


@transaction.atomic
def remove_aid(aid: DeMinimisAid, *, by: User | None, now: datetime) -> None:
    """Take an entry away, because it was wrong."""
    members = undertaking_of(aid.organisation)
    sign(aid, by)
    aid.delete()
    _note(members, by=by, now=now)


def confirm_aid(aid: DeMinimisAid, *, by: User, today: date) -> None:
    """Keep that the organisation says an entry is right; what counts does not change."""
    aid.confirmed_by, aid.confirmed_on = by, today
    sign(aid, by)
    aid.save(update_fields=["confirmed_by", "confirmed_on"])


@transaction.atomic
def set_control(
    organisation: Organisation,
    controlled_by: Organisation | None,
    *,
    by: User | None,
    now: datetime,
) -> None:
    """Say which organisation controls another one, or that none does.

    Raises
    ------
    StateError
        ``de_minimis.circle``: it would control itself by the links that are there.
    """
    before = undertaking_of(organisation)
    for link in ControlLink.objects.filter(organisation=organisation).order_by("pk"):
        sign(link, by)
        link.delete()
    if controlled_by is not None:
        if organisation.pk in undertaking_of(controlled_by):
            raise StateError("de_minimis.circle")
        link = ControlLink(organisation=organisation, controlled_by=controlled_by, entered_by=by)
        sign(link, by)
        link.save()
    _note(before | undertaking_of(organisation), by=by, now=now)


def _all_of(organisations: Iterable[int]) -> frozenset[int]:
    return frozenset().union(*single_undertakings(organisations).values())


def _note(organisations: frozenset[int], *, by: User | None, now: datetime) -> None:
    """Give the cases that count the account a new version: their mixes are outdated."""
    if not organisations:
        return
    for case in FundingCase.objects.select_for_update(of=("self",)).order_by("pk"):
        if not organisations.isdisjoint(case.taken.get("partners", {}).values()):
            keep_version(case, by=by, now=now, reason=REASON)
