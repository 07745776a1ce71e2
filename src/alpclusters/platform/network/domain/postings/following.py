"""Follow a posting: who hears by mail that it was changed, closed, or expires soon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.domain.introductions.follow_ups import months_later
from alpclusters.platform.network.domain.postings.finding import lies_in, open_postings, works_in
from alpclusters.platform.network.models import Digest, Posting, PostingFollower
from alpclusters.platform.network.rules import spoken_for_by

# Short enough that it is urgent, long enough to write.
EXPIRES_SOON: Final = timedelta(days=7)


class News(StrEnum):
    """What happened to a posting."""

    CHANGED = "changed"
    CLOSED = "closed"
    EXPIRES = "expires"


@dataclass(frozen=True, slots=True)
class Happened:
    """What one follower is told of one posting."""

    follower: PostingFollower
    news: News

    @property
    def posting(self) -> Posting:
        """The posting it is about."""
        return self.follower.posting


@dataclass(frozen=True, slots=True)
class DueNews:
    """Everything that one person is told in one mail."""

    user: User
    happened: Sequence[Happened]


def follow_posting(posting: Posting, user: User, *, now: datetime) -> PostingFollower:
    """Let somebody hear what becomes of a posting; twice is once."""
    values = {"since": now}
    return PostingFollower.objects.get_or_create(posting=posting, user=user, defaults=values)[0]


def unfollow_posting(posting: Posting, user: User) -> bool:
    """Let somebody hear no more of it; say whether anything was followed."""
    return bool(PostingFollower.objects.filter(posting=posting, user=user).delete()[0])


def unfollow_all(user: User) -> int:
    """Let somebody hear no more of any posting; return how many were followed."""
    return PostingFollower.objects.filter(user=user).delete()[0]


def is_followed(posting: Posting, user: User) -> bool:
    """Say whether somebody follows a posting."""
    return PostingFollower.objects.filter(posting=posting, user=user).exists()


def due_news(now: datetime) -> list[DueNews]:
    """List what to tell whom; nobody gets two mails on one day."""
    today = timezone.localdate(now)
    told = {row.user_id for row in _told_lately(now) if _told_on(row) == today}
    rows = _perhaps(today).exclude(user__in=told).order_by("user", "pk")
    due = []
    for user, own in groupby(rows, key=lambda row: row.user):
        happened = [h for one in own for h in _happened(one, today)]
        if happened:
            due.append(DueNews(user, happened))
    return due


def _told_lately(now: datetime) -> QuerySet[PostingFollower]:
    return PostingFollower.objects.filter(told_until__gt=now - timedelta(days=2)).order_by("pk")


def _perhaps(today: date) -> QuerySet[PostingFollower]:
    """List the followers of postings of which there may be something to tell."""
    rows = PostingFollower.objects.filter(user__is_active=True).annotate(
        heard=Coalesce("told_until", "since")
    )
    soon = Q(posting__expires_on__range=(today, today + EXPIRES_SOON))
    happened = Q(posting__closed_at__gt=F("heard")) | Q(posting__revised_at__gt=F("heard"))
    return rows.filter(soon | happened).select_related("posting__organisation", "user")


def note_told(told: Iterable[Happened], *, now: datetime) -> None:
    """Remember what was told, after the mail went out."""
    for one in told:
        expiry = one.posting.expires_on if one.news is News.EXPIRES else one.follower.told_expiry
        values = {"told_until": now, "told_expiry": expiry}
        PostingFollower.objects.filter(pk=one.follower.pk).update(**values)


def _happened(follower: PostingFollower, today: date) -> list[Happened]:
    """Return the one thing to tell: closed says more than changed, changed more than soon over."""
    posting, since = follower.posting, follower.told_until or follower.since
    if posting.state != Posting.State.PUBLISHED:
        is_new = posting.closed_at is not None and posting.closed_at > since
        return [Happened(follower, News.CLOSED)] if is_new else []
    if not posting.organisation.is_listed or posting.expires_on < today:
        return []
    is_soon = posting.expires_on <= today + EXPIRES_SOON
    if is_soon and follower.told_expiry != posting.expires_on:
        return [Happened(follower, News.EXPIRES)]
    is_revised = posting.revised_at is not None and posting.revised_at > since
    return [Happened(follower, News.CHANGED)] if is_revised else []


def _told_on(follower: PostingFollower) -> date | None:
    return timezone.localdate(follower.told_until) if follower.told_until else None


# --- The digest: new postings by mail, as often and of what one wants -----------------------------


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
