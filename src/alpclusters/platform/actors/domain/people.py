"""People of organisations: kept only with a consent, forgotten when it ends or on request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import models, transaction
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.consent import (
    LASTS,
    PROOF_KEPT,
    Given,
    give,
    valid,
    wording,
)
from alpclusters.platform.actors.domain.stakeholders.mapping import JUDGEMENT
from alpclusters.platform.actors.models import Consent, Organisation, Person, Stakeholder
from alpclusters.platform.fields import Privacy, fields_of
from alpclusters.platform.history import set_values
from alpclusters.platform.privacy import OwnData, erase_address, forget_address

# What may be known of a person who agreed.
PERSON_FIELDS: Final = tuple(column.name for column in fields_of(Person))


class PersonWithoutConsentError(ValueError):
    """Somebody was to be kept who had not agreed."""


@transaction.atomic
def add_person(
    organisation: Organisation, told: Mapping[str, Any], consents: Sequence[Given], *, now: datetime
) -> Person:
    """Keep a person of an organisation who agreed to at least one purpose.

    Parameters
    ----------
    organisation : Organisation
    told : mapping of str
        What is known, by the names of `PERSON_FIELDS`; others are left aside.
    consents : sequence of Given
    now : datetime

    Raises
    ------
    PersonWithoutConsentError
        Without any consent; nothing is stored then.
    """
    if not consents:
        message = "a person is kept only with a consent"
        raise PersonWithoutConsentError(message)
    person = Person(organisation=organisation)
    change_person(person, told)
    for given in consents:
        give(person, given, now=now)
    return person


def change_person(person: Person, told: Mapping[str, Any]) -> None:
    """Store what changed of a person."""
    set_values(person, told, PERSON_FIELDS)
    person.save()


@transaction.atomic
def withdraw_consent(consent: Consent, *, now: datetime) -> None:
    """End a consent and take the person off the lists it was for, at once.

    The record of the consent stays as proof. When it was the last one, all contact data go.
    """
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    person = consent.person
    # Asked anew: the person may have come with consents read before.
    others = list(Consent.objects.filter(valid(now), person=person))
    if not any(one.purpose == Consent.Purpose.INVITATIONS for one in others):
        _take_off_lists(person, now)
    if not others:
        _empty(person)


def _take_off_lists(person: Person, now: datetime) -> None:
    if person.email:
        forget_address(person.email, today=timezone.localdate(now))
    _release(person)


def _release(person: Person) -> None:
    """Leave the organisation on the maps where the person stood; the judgement goes."""
    for stake in person.stakes.all():
        bodies = Stakeholder.objects.filter(
            project_id=stake.project_id, organisation_id=stake.organisation_id, person=None
        )
        if bodies.exists():
            stake.delete()
            continue
        for column in fields_of(stake, lambda one: one.privacy == Privacy.PERSONAL):
            setattr(stake, column.name, column.get_default())
        stake.save()


def _empty(person: Person) -> None:
    for column in _contact():
        setattr(person, column.name, column.get_default())
    person.save()


def _contact() -> "list[models.Field[Any, Any]]":
    """Return what goes when nobody may be asked any more; the name stays on the proof."""
    return [column for column in fields_of(Person) if column.name != "name"]


@transaction.atomic
def erase_known_person(person: Person) -> None:
    """Delete a person with everything kept: contact, consents, judgements, invitations."""
    erase_address(person.email)
    _release(person)
    person.delete()


@transaction.atomic
def forget_people(now: datetime) -> int:
    """Empty people whose consents have run out, delete proofs after a year; return how many."""
    valid_ones = Consent.objects.filter(valid(now), person=models.OuterRef("pk"))
    silent = Person.objects.filter(~models.Exists(valid_ones)).prefetch_related("consents")
    count = 0
    for person in silent.order_by("pk"):
        if _ended_at(person) + PROOF_KEPT < now:
            erase_known_person(person)
        elif any(getattr(person, column.name) for column in _contact()):
            _take_off_lists(person, now)
            _empty(person)
        else:
            continue
        count += 1
    return count


def _ended_at(person: Person) -> datetime:
    ends = [one.withdrawn_at or one.given_at + LASTS for one in person.consents.all()]
    return max(ends, default=datetime.min.replace(tzinfo=timezone.get_current_timezone()))


def people_of(user: User) -> models.QuerySet[Person]:
    """Return the records about somebody with an account: linked, or under the same address."""
    found = Person.objects.filter(models.Q(user=user) | models.Q(email__iexact=user.email))
    return found.select_related("organisation").prefetch_related("consents").order_by("pk")


def export_person(person: Person) -> dict[str, Any]:
    """Return everything kept about a person as plain values for JSON, judgements included."""
    return {
        **{name: getattr(person, name) for name in PERSON_FIELDS},
        "organisation": person.organisation.name if person.organisation else None,
        "consents": [_consent(one) for one in person.consents.all()],
        "judgements": [_judgement(one) for one in _stakes(person)],
    }


def _consent(one: Consent) -> dict[str, Any]:
    return {
        "purpose": one.purpose,
        "version": one.version,
        "wording": wording(one.purpose, "en", one.version),
        "how": one.how,
        "given_at": one.given_at.isoformat(),
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }


def _stakes(person: Person) -> Iterable[Stakeholder]:
    return person.stakes.select_related("project", "mapped_by").order_by("pk")


def _judgement(stake: Stakeholder) -> dict[str, Any]:
    return {
        "project": stake.project.slug,
        **{name: getattr(stake, name) for name in JUDGEMENT},
        "mapped_on": stake.mapped_on.isoformat(),
        "mapped_by": str(stake.mapped_by) if stake.mapped_by else None,
    }


def _erase_people_of(user: User) -> None:
    for person in people_of(user):
        erase_known_person(person)


def _organisations_of(user: User) -> Iterator[str]:
    return (one.organisation.name for one in people_of(user) if one.organisation)


PEOPLE: Final = OwnData(
    export=lambda user: {"people": [export_person(one) for one in people_of(user)]},
    erase=_erase_people_of,
    names=_organisations_of,
)
