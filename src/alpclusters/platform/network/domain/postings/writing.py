"""Write a posting, change it, hand it in to the moderation, and take it back.

A published posting whose text changes stays visible as it was published: the new wording waits
beside it (`PostingChange`) until the moderation decides. So nobody reads an unread text, and a
corrected comma does not take a posting off the list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.judging import years_after
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.domain.versions import Version, versions_of
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.network.models import Posting, PostingChange
from alpclusters.platform.network.rules import speakers_of, speaks_for

# --- What a posting says: the facts people write, as values that can wait for the moderation ------


LISTS: Final = ("sectors", "technologies", "territory", "languages")
# How long a posting is open if nobody says otherwise.
USUAL: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """A need or an offer as it is written.

    Attributes
    ----------
    kind, language, title, text : str
        As `Posting` keeps them; the text is in the one language.
    expires_on : date
        The last day on which it is open.
    sectors, technologies, territory, languages : tuple of str
        Codes of NACE, keys of technologies, codes of countries or regions, working languages.
    measure_id : int or None
        The measure it belongs to.
    """

    kind: str
    language: str
    title: str
    text: str
    expires_on: date
    sectors: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    measure_id: int | None = None

    @classmethod
    def of(cls, posting: Posting) -> Self:
        """Return the facts of a posting as they stand."""
        return cls(**{name: _frozen(name, getattr(posting, name)) for name in FIELDS})

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Self:
        """Return facts from a record of `as_record`."""
        values = {name: _frozen(name, record[name]) for name in FIELDS}
        return cls(**{**values, "expires_on": date.fromisoformat(record["expires_on"])})

    def as_record(self) -> dict[str, Any]:
        """Return the facts as plain values for JSON."""
        values = {name: _plain(name, getattr(self, name)) for name in FIELDS}
        return {**values, "expires_on": self.expires_on.isoformat()}

    def put_on(self, posting: Posting) -> None:
        """Write the facts onto a posting, without saving it."""
        for name in FIELDS:
            setattr(posting, name, _plain(name, getattr(self, name)))


FIELDS: Final = tuple(field.name for field in fields(PostingFacts))


def latest_expiry(today: date) -> date:
    """Return the last day until which a posting may be open: twelve months ahead."""
    return years_after(today, 1)


def check_expiry(day: date, *, today: date) -> None:
    """Refuse a day that is over, and one more than twelve months ahead.

    Raises
    ------
    InputError
        ``posting.expiry_over`` or ``posting.expiry_far``, with the field.
    """
    where = Where(field="expires_on")
    if day < today:
        raise InputError("posting.expiry_over", where=where, found=day.isoformat())
    if day > latest_expiry(today):
        raise InputError("posting.expiry_far", where=where, found=day.isoformat())


def _frozen(name: str, value: Any) -> Any:
    return tuple(value) if name in LISTS else value


def _plain(name: str, value: Any) -> Any:
    return list(value) if name in LISTS else value


# --- Write a posting, change it, hand it in to the moderation, and take it back -------------------


# More than these of one organisation at a time would be a catalogue, not what it needs now.
MOST_OPEN: Final = 30
_STATES: Final = Posting.State
# What only its organisation sees, so that it is changed on the spot.
UNREAD: Final = (_STATES.DRAFT, _STATES.WAITING, _STATES.REFUSED, _STATES.CLOSED)


@transaction.atomic
def write_posting(
    organisation: Organisation, facts: PostingFacts, *, by: User, now: datetime
) -> Posting:
    """Begin a posting; it is a draft until it is handed in.

    Raises
    ------
    StateError
        The organisation is gone, or has too many postings that are not closed.
    InputError
        The day until which it is open.
    """
    # Two drafts sent at the same time must not both be the last one.
    owner = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if owner.merged_into_id is not None:
        raise StateError("posting.gone", found=owner.name)
    if owner.postings.exclude(state=_STATES.CLOSED).count() >= MOST_OPEN:
        raise StateError("posting.too_many", found=owner.name, expected=str(MOST_OPEN))
    check_expiry(facts.expires_on, today=timezone.localdate(now))
    posting = Posting(
        organisation=owner, made_by=by, made_at=now, is_simulated=owner.is_simulated
    )  # fmt: skip
    facts.put_on(posting)
    return _saved(posting, by, "write")


@transaction.atomic
def edit_posting(posting: Posting, facts: PostingFacts, *, by: User, now: datetime) -> Posting:
    """Change what a posting says.

    What nobody outside reads is changed at once. Of a published posting a new day of expiry
    counts at once; any other change waits for the moderation.

    Raises
    ------
    InputError
        The day until which it is open.
    """
    fresh = locked(posting)
    check_expiry(facts.expires_on, today=timezone.localdate(now))
    if fresh.state in UNREAD:
        facts.put_on(fresh)
        if fresh.state == _STATES.CLOSED:
            # What was public stays findable by its followers only as long as it is what they read.
            fresh.state = _STATES.DRAFT
        return _saved(fresh, by, "edit")
    if facts.expires_on != fresh.expires_on:
        fresh.expires_on, fresh.revised_at = facts.expires_on, now
        _saved(fresh, by, "extend")
    _keep_change(fresh, facts, by, now)
    return fresh


@transaction.atomic
def hand_in(posting: Posting, *, by: User, now: datetime) -> Posting:
    """Give a draft to the moderation; also one that was sent back or closed.

    Raises
    ------
    StateError
        It waits already or is published; its organisation is not listed.
    InputError
        The day until which it is open has passed.
    """
    fresh = locked(posting)
    if fresh.state not in {_STATES.DRAFT, _STATES.REFUSED, _STATES.CLOSED}:
        raise StateError("posting.not_a_draft", found=fresh.title)
    if not fresh.organisation.is_listed:
        raise StateError("posting.not_listed", found=fresh.organisation.name)
    check_expiry(fresh.expires_on, today=timezone.localdate(now))
    fresh.state, fresh.reason = _STATES.WAITING, ""
    return _saved(fresh, by, "hand_in")


@transaction.atomic
def take_back(posting: Posting, *, by: User) -> Posting:
    """Take a posting, or the new wording of a published one, back from the moderation.

    Raises
    ------
    StateError
        Nothing waits.
    """
    fresh = locked(posting)
    if fresh.state == _STATES.WAITING:
        fresh.state = _STATES.DRAFT
        return _saved(fresh, by, "take_back")
    if not PostingChange.objects.filter(posting=fresh).delete()[0]:
        raise StateError("posting.nothing_waits", found=fresh.title)
    return fresh


@transaction.atomic
def delete_draft(posting: Posting) -> None:
    """Delete what was never public.

    Raises
    ------
    StateError
        It waits, or was published once: then it is closed instead.
    """
    fresh = locked(posting)
    is_draft = fresh.state in {_STATES.DRAFT, _STATES.REFUSED}
    if not is_draft or fresh.published_at is not None:
        raise StateError("posting.was_public", found=fresh.title)
    fresh.delete()


def locked(posting: Posting) -> Posting:
    """Read a posting again: two people decide at the same time, and the second must see it."""
    rows = Posting.objects.select_for_update(of=("self",))
    return rows.select_related("organisation__region").get(pk=posting.pk)


def _keep_change(posting: Posting, facts: PostingFacts, by: User, now: datetime) -> None:
    """Keep the new wording; one like the published wording is none."""
    if replace(facts, expires_on=posting.expires_on) == PostingFacts.of(posting):
        PostingChange.objects.filter(posting=posting).delete()
        return
    values = {
        "facts": facts.as_record(),
        "made_by": by,
        "made_at": now,
        "is_refused": False,
        "reason": "",
    }
    PostingChange.objects.update_or_create(posting=posting, defaults=values)


def _saved(posting: Posting, by: User, reason: str) -> Posting:
    sign(posting, by, reason=reason)
    posting.save()
    return posting


# --- How long a posting is open: its expiry is a matter of the day, nothing has to run for it -----


REMIND_BEFORE: Final = timedelta(days=14)
# The link of the reminder works beyond the expiry, so that a posting can be opened again.
LINK_WORKS: Final = timedelta(days=60)
EXPIRED: Final = "expired"
_SALT: Final = "network.posting"


@dataclass(frozen=True, slots=True)
class DueExpiry:
    """A posting that expires soon, with one who speaks for its organisation."""

    posting: Posting
    user: User


def state_on(posting: Posting, day: date) -> str:
    """Return the state on a day: a published posting whose day has passed is expired."""
    is_over = posting.state == Posting.State.PUBLISHED and posting.expires_on < day
    return EXPIRED if is_over else str(posting.state)


def is_open_on(posting: Posting, day: date) -> bool:
    """Say whether visitors find it on a day, so far as its own state tells."""
    return state_on(posting, day) == Posting.State.PUBLISHED


@transaction.atomic
def close_posting(posting: Posting, *, by: User, now: datetime) -> Posting:
    """Take a published posting off the list because it is settled.

    Raises
    ------
    StateError
        It is not published.
    """
    fresh = _published(posting)
    fresh.state, fresh.closed_at = Posting.State.CLOSED, now
    PostingChange.objects.filter(posting=fresh).delete()
    return _saved(fresh, by, "close")


@transaction.atomic
def extend_posting(posting: Posting, until: date, *, by: User, now: datetime) -> Posting:
    """Keep a published posting open for longer; also one that has expired.

    Raises
    ------
    StateError
        It is not published.
    InputError
        The day is over, or more than twelve months ahead.
    """
    fresh = _published(posting)
    check_expiry(until, today=timezone.localdate(now))
    if until != fresh.expires_on:
        fresh.expires_on, fresh.revised_at = until, now
        _saved(fresh, by, "extend")
    return fresh


def due_expiries(now: datetime) -> list[DueExpiry]:
    """List whom to remind: all who speak for a posting that expires within 14 days.

    Once for each day of expiry; a posting nobody speaks for reminds nobody.
    """
    today = timezone.localdate(now)
    rows = Posting.objects.filter(
        state=Posting.State.PUBLISHED,
        expires_on__range=(today, today + REMIND_BEFORE),
        organisation__merged_into=None,
    ).exclude(reminded_of=F("expires_on"))
    soon = rows.select_related("organisation").order_by("expires_on", "pk")
    return [DueExpiry(one, user) for one in soon for user in speakers_of(one.organisation)]


def note_reminded(posting: Posting) -> None:
    """Remember that its organisation was told of this day of expiry."""
    Posting.objects.filter(pk=posting.pk).update(reminded_of=posting.expires_on)


def link_token(due: DueExpiry) -> str:
    """Sign what the link of a reminder stands for."""
    data = {"posting": due.posting.pk, "user": due.user.pk}
    return signing.dumps(data, salt=_SALT, compress=True)


def read_token(token: str) -> DueExpiry | None:
    """Return what a link stands for.

    None if it is not ours, too old, or if its reader does not speak for the organisation any more.
    """
    try:
        data = signing.loads(token, salt=_SALT, max_age=LINK_WORKS)
    except signing.BadSignature:
        return None
    posting = Posting.objects.select_related("organisation").filter(pk=data["posting"]).first()
    user = User.objects.filter(pk=data["user"]).first()
    if posting is None or user is None or not speaks_for(user, posting.organisation):
        return None
    return DueExpiry(posting, user)


def _published(posting: Posting) -> Posting:
    fresh = locked(posting)
    if fresh.state != Posting.State.PUBLISHED:
        raise StateError("posting.not_published", found=fresh.title)
    return fresh


# --- What changed of a posting: the kept versions, the newest first -------------------------------


COMPARED: Final = tuple(one.attname for one in fields_of(Posting))


def versions(posting: Posting) -> list[Version]:
    """Return all versions of a posting, each with what it changed."""
    return versions_of(posting, COMPARED)
