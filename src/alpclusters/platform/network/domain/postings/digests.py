"""The digest: new postings by mail, as often and of what one wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.domain.introductions.follow_ups import months_later
from alpclusters.platform.network.domain.postings.shown import lies_in, open_postings, works_in
from alpclusters.platform.network.models import Digest, Posting
from alpclusters.platform.network.rules import spoken_for_by

# A posting may be stored a little later than the moment it says; it must not fall between two
# digests.
SETTLING: Final = timedelta(minutes=2)
# Who looks for an old mail to be rid of the next one shall find a link that works.
LINK_WORKS: Final = timedelta(days=730)
DIGEST: Final = "digest"
FOLLOWING: Final = "following"
_SALT: Final = "network.digest"
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to hear of; empty is everything."""

    rhythm: str = Digest.Rhythm.WEEKLY
    kind: str = ""
    territory: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DueDigest:
    """One digest to send: the new postings, and up to when they were read."""

    digest: Digest
    postings: Sequence[Posting]
    until: datetime


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who wants to hear no more, and of what: the digest, or what is followed."""

    user: User
    what: str


def set_digest(user: User, wanted: Wanted, *, now: datetime) -> Digest:
    """Order a digest or change it; only postings published from now on are new."""
    values = {
        "rhythm": wanted.rhythm,
        "kind": wanted.kind,
        "territory": list(wanted.territory),
        "sectors": list(wanted.sectors),
    }
    begin = {"since": now, "sent_until": now}
    found, _ = Digest.objects.update_or_create(
        user=user, defaults=values, create_defaults={**values, **begin}
    )
    return found


def stop_digest(user: User) -> bool:
    """Send no more; say whether there was a digest."""
    return bool(Digest.objects.filter(user=user).delete()[0])


def due_digests(now: datetime) -> list[DueDigest]:
    """List the digests whose day has come and that have something to tell.

    An empty one is not sent: then the next posting comes as soon as it is there.
    """
    until = now - SETTLING
    rows = Digest.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    due = [one for one in rows if next_day(one) <= timezone.localdate(now)]
    found = (DueDigest(one, new_postings(one, now=now, until=until), until) for one in due)
    return [one for one in found if one.postings]


def new_postings(digest: Digest, *, now: datetime, until: datetime) -> list[Posting]:
    """Return what is new for one reader and still open, the oldest first; never one's own."""
    user, today = digest.user, timezone.localdate(now)
    rows = open_postings(today).filter(
        published_at__gt=digest.sent_until,
        published_at__lte=until,
        is_simulated=is_of_demonstration(user),
    )
    rows = rows.exclude(organisation__in=spoken_for_by(user).order_by())
    if digest.kind:
        rows = rows.filter(kind=digest.kind)
    return [one for one in _listed(rows) if _is_wanted(one, digest)]


def note_sent(due: DueDigest) -> None:
    """Remember what was sent, after the mail went out; a failing one loses nothing."""
    Digest.objects.filter(pk=due.digest.pk).update(sent_until=due.until)


def next_day(digest: Digest) -> date:
    """Return the first day on which a digest may be sent again.

    Examples
    --------
    >>> from datetime import UTC
    >>> next_day(Digest(rhythm="monthly", sent_until=datetime(2026, 1, 31, 9, tzinfo=UTC)))
    datetime.date(2026, 2, 28)
    """
    last = timezone.localtime(digest.sent_until)
    if digest.rhythm == Digest.Rhythm.MONTHLY:
        return months_later(last, 1).date()
    return last.date() + (_DAY if digest.rhythm == Digest.Rhythm.DAILY else _WEEK)


def is_of_demonstration(user: User) -> bool:
    """Say whether somebody speaks for invented organisations alone; real ones never mix in."""
    kinds = set(spoken_for_by(user).order_by().values_list("is_simulated", flat=True))
    return kinds == {True}


def leaving_token(user: User, what: str) -> str:
    """Sign the link by which one leaves with one click."""
    return signing.dumps({"user": user.pk, "what": what}, salt=_SALT, compress=True)


def read_leaving(token: str) -> Leaving | None:
    """Return what a link stands for; None if it is not ours, too old, or the account is gone."""
    try:
        data = signing.loads(token, salt=_SALT, max_age=LINK_WORKS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=data["user"]).first()
    return Leaving(user, data["what"]) if user else None


def _listed(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    return rows.order_by("published_at", "pk")


def _is_wanted(posting: Posting, digest: Digest) -> bool:
    return lies_in(posting.organisation, digest.territory) and works_in(posting, digest.sectors)
