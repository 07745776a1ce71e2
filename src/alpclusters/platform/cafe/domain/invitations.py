"""Who is asked to come: the list of an AlpCafé, its mails, and how long names are kept.

An invitation is never tied to a participant: who came is known, who rated what is not.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import RecordError, RecordsError, StateError, Where
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.cafe.domain.agendas import end_of
from alpclusters.platform.cafe.domain.keys import derive_link, ensure_key
from alpclusters.platform.cafe.models import AlpCafe, Guest, Invitation, Involvement, Table, people
from alpclusters.platform.fields import fields_of, length_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.privacy import Lists, OwnData
from alpclusters.platform.territory.models import Region
from alpclusters.platform.worlds import stated_world

# --- What is kept of organisations when the names on a list are deleted: asked, registered, there


_FIELDS = ("was_invited", "has_registered", "has_attended")


def keep_involvements(invitations: QuerySet[Invitation]) -> None:
    """Note per AlpCafé and organisation that somebody was asked or came; never who or how many."""
    said: dict[tuple[int, int], set[str]] = defaultdict(set)
    for one in invitations.filter(organisation__isnull=False).order_by("pk"):
        assert one.organisation_id is not None  # noqa: S101 - asked for above
        said[one.cafe_id, one.organisation_id] |= _said(one)
    there = {
        (one.cafe_id, one.organisation_id): one
        for one in Involvement.objects.filter(cafe__in={cafe for cafe, _ in said}).order_by("pk")
    }
    for (cafe, organisation), fields in said.items():
        known = there.get((cafe, organisation))
        row = known or Involvement(cafe_id=cafe, organisation_id=organisation)
        for name in fields:
            setattr(row, name, True)
        row.save()


def _said(one: Invitation) -> set[str]:
    states = Invitation.State
    said = (
        one.invited_at is not None or one.state != states.LISTED,
        one.state == states.REGISTERED,
        one.attended,
    )
    return {name for name, yes in zip(_FIELDS, said, strict=True) if yes}


# --- Who is asked to come: the list of an AlpCafé, its mails, and how long names are kept ---------


MAILS_PER_HOUR: Final = 3
HOUR_S: Final = 3600
# Names and addresses of those who were invited are deleted so long after the day.
NAMES_KEPT: Final = timedelta(days=30)
ROLE: Final = "guest"
# What is said of somebody who is asked to come; when they register they say more.
ASKED: Final = tuple(one.name for one in fields_of(Invitation, lambda it: it.part == people.ASKED))
TOLD: Final = tuple(one.name for one in fields_of(Invitation, lambda it: it.part == people.TOLD))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to invite."""

    name: str
    email: str = ""
    organisation: Organisation | None = None
    organisation_name: str = ""
    region: Region | None = None
    level: str = ""
    helix: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is ready to go, in the language of its reader."""

    subject: str
    text: str
    calendar: str = ""


def parse_people(text: str, *, language: str) -> list[Person]:
    """Read "name; e-mail; organisation; language" line by line; only the name is needed.

    Raises
    ------
    RecordsError
        With ``invitations.not_an_address`` or ``guests.not_a_language`` for each wrong line.

    Examples
    --------
    >>> parse_people("Ana Novak; ana@example.si; ; sl", language="de")[0].language
    'sl'
    """
    found, errors = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_parse_person(line, number, language))
        except RecordError as error:
            errors.append(error)
    if errors:
        raise RecordsError(errors, n_all=len(errors))
    return found


def _parse_person(line: str, number: int, language: str) -> Person:
    cells = [cell.strip() for cell in line.replace("\t", ";").split(";")]
    name, email, organisation, code = [*cells, "", "", ""][:4]
    where = Where(line=number)
    if email and not _is_address(email):
        fault = "invitations.not_an_address"
        raise RecordError(fault, where=where, found=email, expected="name@example.org")
    if code and code.lower() not in LANGUAGE_CODES:
        fault = "guests.not_a_language"
        raise RecordError(fault, where=where, found=code, expected=", ".join(LANGUAGE_CODES))
    return Person(
        name=(name or email)[: length_of(Invitation, "name")],
        email=email.lower(),
        organisation_name=organisation[: length_of(Invitation, "organisation_name")],
        language=code.lower() or language,
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def invite(cafe: AlpCafe, people: Iterable[Person]) -> list[Invitation]:
    """Put people on the list; an address that is on it already is not added twice."""
    known = set(cafe.invitations.exclude(email="").values_list("email", flat=True))
    wanted = list(people)
    bodies = _bodies({one.organisation_name for one in wanted})
    made = []
    for person in wanted:
        if person.email and person.email in known:
            continue
        known.add(person.email)
        body = person.organisation or bodies.get(person.organisation_name)
        made.append(_put(cafe, person, body))
    return made


def _bodies(names: set[str]) -> dict[str, Organisation]:
    """Return the organisations with exactly these names, as far as each is one only."""
    found: dict[str, list[Organisation]] = {}
    for body in Organisation.objects.current().filter(name__in=names - {""}).order_by("pk"):
        found.setdefault(body.name, []).append(body)
    return {name: bodies[0] for name, bodies in found.items() if len(bodies) == 1}


def invite_partners(cafe: AlpCafe) -> list[Invitation]:
    """Put the organisations of the project on the list that are not on it yet."""
    known = set(cafe.invitations.values_list("organisation", flat=True))
    partners = Partner.objects.filter(project=cafe.project).select_related("organisation", "region")
    wanted = [one for one in partners if one.organisation_id not in known]
    return invite(cafe, [_as_person(partner, cafe) for partner in wanted])


def _as_person(partner: Partner, cafe: AlpCafe) -> Person:
    body = partner.organisation
    return Person(
        name=body.short_name or body.name,
        organisation=body,
        organisation_name=body.name,
        region=partner.region or partner.seat,
        level=body.level,
        helix="" if body.helix == "unknown" else body.helix,
        language=cafe.languages[0] if cafe.languages else "en",
    )


def change_invitation(invitation: Invitation, values: Mapping[str, Any]) -> None:
    """Change what is known of somebody on the list, by column."""
    for name in (*ASKED, "state"):
        if name in values:
            setattr(invitation, name, values[name])
    invitation.save()


def set_attended(cafe: AlpCafe, came: Sequence[int]) -> None:
    """Say who came, by the ids of the invitations."""
    cafe.invitations.update(
        attended=models.Case(
            models.When(pk__in=list(came), then=True),
            default=False,
            output_field=models.BooleanField(),
        )
    )


def personal_link(invitation: Invitation) -> str:
    """Return the secret of somebody's own registration page; only its hash is stored.

    Derived from the key of the AlpCafé: every mail carries the same, and the seal voids it.
    """
    key = ensure_key(settings.HOME, invitation.cafe_id)
    secret = derive_link(key, role=ROLE, table=invitation.pk)
    hashed = hash_secret(secret)
    if invitation.token_hash != hashed:
        invitation.token_hash = hashed
        invitation.save(update_fields=["token_hash"])
    return secret


def find_invitation(cafe: AlpCafe, secret: str) -> Invitation | None:
    """Return whose personal link this is."""
    if not secret:
        return None
    return cafe.invitations.filter(token_hash=hash_secret(secret)).first()


def hash_secret(secret: str) -> str:
    """Return what is stored of a link: 128 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def send(
    invitation: Invitation, letter: Letter, *, now: datetime, is_reminder: bool = False
) -> bool:
    """Send a mail, unless this address has had three within the hour; say whether it went."""
    if not invitation.email or not _may_mail(invitation.email):
        return False
    mail = EmailMessage(subject=letter.subject, body=letter.text, to=[invitation.email])
    if letter.calendar:
        mail.attach("alpcafe.ics", letter.calendar, "text/calendar")
    mail.send()
    _note(invitation, now, is_reminder=is_reminder)
    return True


def _note(invitation: Invitation, now: datetime, *, is_reminder: bool) -> None:
    if is_reminder:
        invitation.reminded_at = now
    else:
        invitation.invited_at = now
    if invitation.state == Invitation.State.LISTED:
        invitation.state = Invitation.State.INVITED
    invitation.save(update_fields=["invited_at", "reminded_at", "state"])


def _may_mail(email: str) -> bool:
    # Of the address only a hash is kept, for an hour.
    name = f"cafe-mail-{hash_secret(email.lower())[:32]}"
    if cache.add(name, 1, timeout=HOUR_S):
        return True
    try:
        return bool(cache.incr(name) <= MAILS_PER_HOUR)
    except ValueError:
        return bool(cache.add(name, 1, timeout=HOUR_S))


@transaction.atomic
def forget_names(now: datetime) -> int:
    """Delete names and addresses of AlpCafés that lie 30 days back; the counts stay.

    Returns how many people were forgotten.
    """
    last = timezone.localdate(now) - NAMES_KEPT
    old = Invitation.objects.filter(cafe__held_on__lt=last).exclude(name="")
    keep_involvements(old)
    Guest.objects.filter(cafe__held_on__lt=last).exclude(name="").update(name="")
    return old.update(
        name="", email="", organisation=None, organisation_name="", needs="", token_hash=""
    )


def forget_hosts(now: datetime) -> int:
    """Delete the names of table hosts as those of guests; return at how many tables."""
    last = timezone.localdate(now) - NAMES_KEPT
    old = Table.objects.filter(cafe__held_on__lt=last).exclude(host_name="")
    return old.update(host_name="")


def export_of(email: str) -> list[dict[str, object]]:
    """Return everything kept under an address as plain values for JSON."""
    if not email:
        return []
    return [_record(one) for one in _under(email).select_related("cafe", "region", "organisation")]


def erase_address(email: str) -> None:
    """Delete every invitation of an address: nothing is tied to it."""
    if email:
        _under(email).delete()


@transaction.atomic
def forget_address(email: str, today: date) -> None:
    """Take an address off all lists: of AlpCafés to come altogether, of others by name."""
    if not email:
        return
    found = _under(email)
    found.filter(cafe__held_on__gte=today).delete()
    keep_involvements(found)
    found.update(name="", email="", organisation=None, organisation_name="", needs="")


def _under(email: str) -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(email__iexact=email).order_by("pk")


def _record(one: Invitation) -> dict[str, object]:
    moments = ("invited_at", "reminded_at", "answered_at")
    texts = ("name", "email", "organisation_name", "level", "helix", "language", "needs", "state")
    return {
        "alpcafe": one.cafe.title,
        "held_on": one.cafe.held_on.isoformat(),
        "region": one.region.code if one.region else None,
        "organisation": one.organisation.name if one.organisation else None,
        "languages": list(one.languages),
        "attended": one.attended,
        **{name: getattr(one, name) for name in texts},
        **{name: when.isoformat() if (when := getattr(one, name)) else None for name in moments},
    }


def _put(cafe: AlpCafe, person: Person, body: Organisation | None) -> Invitation:
    fields = {name: getattr(person, name) for name in Person.__dataclass_fields__}
    # Of a rehearsal or a demonstration only words: real organisations have nothing to do with it.
    is_own = body is not None and stated_world(body) is stated_world(cafe)
    fields["organisation"] = body if is_own else None
    return Invitation.objects.create(cafe=cafe, **fields)


# The secret of a link is not given out.
OWN_DATA: Final = OwnData(
    export=lambda user: {"invitations": export_of(user.email)},
    erase=lambda user: erase_address(user.email),
)
LISTS: Final = Lists(forget=forget_address, erase=erase_address)


# --- Answers to an invitation: I come, I cannot come; where it is allowed from anybody ------------


def takes_registrations(cafe: AlpCafe, now: datetime) -> bool:
    """Say whether one can still register: until the AlpCafé is over."""
    return not cafe.is_closed and now < end_of(cafe)


@transaction.atomic
def register(invitation: Invitation, answer: Mapping[str, Any], *, now: datetime) -> None:
    """Store that an invited person comes, and what they said of themselves, by column.

    Raises
    ------
    StateError
        ``cafe.registration_over``.
    """
    _require(invitation.cafe, now)
    _write(invitation, answer)
    invitation.state, invitation.answered_at = Invitation.State.REGISTERED, now
    invitation.save()


@transaction.atomic
def decline(invitation: Invitation, *, now: datetime) -> None:
    """Store that an invited person cannot come.

    Raises
    ------
    StateError
        ``cafe.registration_over``.
    """
    _require(invitation.cafe, now)
    invitation.state, invitation.answered_at = Invitation.State.DECLINED, now
    invitation.needs = ""
    invitation.save(update_fields=["state", "answered_at", "needs"])


@transaction.atomic
def register_openly(cafe: AlpCafe, answer: Mapping[str, Any], *, now: datetime) -> Invitation:
    """Register somebody without an invitation; an address that is known is not told apart.

    What is known of an invited person is not overwritten by a stranger: a second row arises,
    and the facilitator sees both.

    Raises
    ------
    StateError
        ``cafe.registration_over``, ``cafe.registration_by_invitation``.
    """
    _require(cafe, now)
    if not cafe.open_registration:
        raise StateError("cafe.registration_by_invitation")
    made = Invitation(cafe=cafe)
    _write(made, answer)
    made.state, made.answered_at = Invitation.State.REGISTERED, now
    made.save()
    return made


def _require(cafe: AlpCafe, now: datetime) -> None:
    if not takes_registrations(cafe, now):
        raise StateError("cafe.registration_over")


def _write(invitation: Invitation, answer: Mapping[str, Any]) -> None:
    for name in (*ASKED, *TOLD):
        if name in answer and name != "email":
            setattr(invitation, name, answer[name])
    if answer.get("email"):
        invitation.email = answer["email"].lower()


# --- Reminders: once, three days before, to those who come and to those who have not answered -----


BEFORE: Final = timedelta(days=3)
# Nobody is reminded on the day after the invitation.
REST: Final = timedelta(days=2)


def due_reminders(now: datetime) -> list[Invitation]:
    """List who should be reminded now, over all AlpCafés that are near."""
    today = timezone.localdate(now)
    near = AlpCafe.objects.filter(held_on__range=(today, today + BEFORE))
    return [one for cafe in near for one in reminders_of(cafe, now)]


def reminders_of(cafe: AlpCafe, now: datetime) -> Sequence[Invitation]:
    """List who of an AlpCafé has not been reminded yet: none once it is closed or over."""
    if cafe.is_closed or now >= end_of(cafe):
        return []
    return list(_waiting(cafe).exclude(invited_at__gt=now - REST))


def _waiting(cafe: AlpCafe) -> QuerySet[Invitation]:
    states = (Invitation.State.INVITED, Invitation.State.REGISTERED)
    waiting = cafe.invitations.filter(state__in=states, reminded_at__isnull=True)
    return waiting.exclude(email="").select_related("cafe")
