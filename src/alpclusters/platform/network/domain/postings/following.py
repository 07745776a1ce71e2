"""Follow a posting: who hears by mail that it was changed, closed, or expires soon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.models import Posting, PostingFollower

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
