"""Stakeholders of a project onto the list of an AlpCafé: proposed by what is missing, chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from alpclusters.platform.actors.domain.consent import may
from alpclusters.platform.actors.domain.stakeholders.targets import (
    Candidate,
    Deficits,
    Goal,
    Proposal,
    Seat,
    deficits_of,
    propose,
    read_targets,
)
from alpclusters.platform.actors.models import Consent, Person, Stakeholder
from alpclusters.platform.cafe.domain.invitations import Person as Guest
from alpclusters.platform.cafe.domain.invitations import invite
from alpclusters.platform.cafe.domain.stakeholders.coverage import (
    body_seat,
    project_regions,
    seats_of,
)
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.languages.rows import ROWS
from alpclusters.platform.territory.models import Region

LANGUAGE_OF: Final = {country: row.code for row in ROWS.values() for country in row.countries}
FAR_LEVELS: Final = frozenset({"macro_regional", "european"})


@dataclass(frozen=True, slots=True)
class Askable:
    """A stakeholder who is not on the list yet, and the person who agreed to be invited."""

    stakeholder: Stakeholder
    person: Person | None
    seat: Seat
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to ask first and why, who else is there, and what is missing before and after."""

    proposed: Sequence[Askable]
    others: Sequence[Askable]
    before: Deficits
    after: int
    n_on_list: int


def choice_for(cafe: AlpCafe, *, now: datetime) -> Choice:
    """Propose stakeholders for an AlpCafé so that its list comes nearer to the aims."""
    regions = project_regions(cafe.project)
    listed = seats_of(cafe, regions)
    goal = Goal((cafe.region.code,), read_targets(cafe.project_id))
    askable = {one.stakeholder.pk: one for one in _askable(cafe, regions, now)}
    proposals = propose([_candidate(one) for one in askable.values()], listed, goal)
    chosen = [_explained(askable, one) for one in proposals]
    taken = {one.stakeholder.organisation_id for one in chosen}
    before = deficits_of(listed, goal, size=len(listed))
    return Choice(
        proposed=chosen,
        others=[o for o in askable.values() if o.stakeholder.organisation_id not in taken],
        before=before,
        after=proposals[-1].after if proposals else before.total,
        n_on_list=len(listed),
    )


def _askable(cafe: AlpCafe, regions: Sequence[Region], now: datetime) -> Iterable[Askable]:
    """List stakeholders of the region, and those who work beyond regions, if not on the list."""
    bodies, names, addresses = _on_list(cafe)
    rows = Stakeholder.objects.filter(project=cafe.project, organisation__merged_into=None)
    related = rows.select_related("organisation__region", "person").prefetch_related(
        "organisation__people__consents", "person__consents"
    )
    for one in related.order_by("organisation__name", "pk"):
        person = _person(one, now)
        is_known = person is not None and person.email.lower() in addresses
        body = one.organisation
        if is_known or body.pk in bodies or {fold(body.name), fold(body.short_name)} & names:
            continue
        seat = body_seat(one, regions)
        if _is_near(seat, one, cafe):
            yield Askable(one, person, seat)


def _on_list(cafe: AlpCafe) -> tuple[set[int], set[str], set[str]]:
    """Return organisations, their names where only those were written, and addresses."""
    fields = ("organisation", "organisation_name", "email")
    rows = list(Invitation.objects.filter(cafe=cafe).order_by("pk").values_list(*fields))
    return (
        {body for body, _, _ in rows if body},
        {fold(name) for body, name, _ in rows if name and not body},
        {email.lower() for _, _, email in rows if email},
    )


def _is_near(seat: Seat, one: Stakeholder, cafe: AlpCafe) -> bool:
    if seat.region == cafe.region.code or seat.level in FAR_LEVELS:
        return True
    body = one.organisation
    country = body.region.country if body.region else body.country
    return seat.level == "national" and country == cafe.region.country


def _person(one: Stakeholder, now: datetime) -> Person | None:
    """Return who may be written to: the person of the map, else the first of the organisation."""
    people = [one.person] if one.person else list(one.organisation.people.all())
    purpose = Consent.Purpose.INVITATIONS
    return next((person for person in people if person.email and may(person, purpose, now)), None)


def _candidate(one: Askable) -> Candidate:
    row = one.stakeholder
    # Who can be written to at once comes before equals.
    weight = 2 * ((row.influence or 0) + (row.interest or 0)) + (one.person is not None)
    return Candidate(row.pk, row.organisation_id, one.seat, weight)


def _explained(askable: dict[int, Askable], found: Proposal) -> Askable:
    one = askable[found.candidate.pk]
    return Askable(one.stakeholder, one.person, one.seat, found.reasons)


@transaction.atomic
def invite_stakeholders(
    cafe: AlpCafe, stakeholder_ids: Iterable[int], *, now: datetime
) -> list[Invitation]:
    """Put chosen stakeholders on the list, an organisation once; region and language filled in."""
    wanted = set(stakeholder_ids)
    regions = project_regions(cafe.project)
    guests: dict[int, Guest] = {}
    for one in _askable(cafe, regions, now):
        if one.stakeholder.pk in wanted:
            guests.setdefault(one.stakeholder.organisation_id, _guest(one, cafe))
    return invite(cafe, guests.values())


def _guest(one: Askable, cafe: AlpCafe) -> Guest:
    body, person = one.stakeholder.organisation, one.person
    level = (person.level if person else "") or body.level
    return Guest(
        name=person.name if person else (body.short_name or body.name)[:120],
        email=person.email.lower() if person else "",
        organisation=body,
        organisation_name=body.name,
        region=body.region,
        level=level,
        helix="" if body.helix == "unknown" else body.helix,
        language=_language(one, cafe),
    )


def _language(one: Askable, cafe: AlpCafe) -> str:
    """Choose the language of the mails: the person's own, the country's, the AlpCafé's first."""
    spoken = list(one.person.languages) if one.person else []
    body = one.stakeholder.organisation
    code = body.region.code if body.region else body.country
    own = "it" if code.startswith("CH07") else LANGUAGE_OF.get(code[:2], "")
    for language in (*spoken, own):
        if language and language in (cafe.languages or [language]):
            return str(language)
    return str(cafe.languages[0]) if cafe.languages else "en"
