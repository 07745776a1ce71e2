"""How long a posting is open: its expiry is a matter of the day, nothing has to run for it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.network.domain.postings.facts import check_expiry
from alpclusters.platform.network.domain.postings.writing import locked
from alpclusters.platform.network.models import Posting, PostingChange
from alpclusters.platform.network.rules import speakers_of, speaks_for

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


def _saved(posting: Posting, by: User, reason: str) -> Posting:
    sign(posting, by, reason=reason)
    posting.save()
    return posting
