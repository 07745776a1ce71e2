"""The moderation: publish, send back with a reason, take down, and what readers reported."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.rules import in_care_of
from alpclusters.platform.history import sign
from alpclusters.platform.network.domain.postings.writing import PostingFacts, check_expiry, locked
from alpclusters.platform.network.models import Posting, PostingChange, PostingReport

# Who reports more in a day than these is not reading.
MOST_REPORTS: Final = 5
_STATES: Final = Posting.State


@dataclass(frozen=True, slots=True)
class Wording:
    """What the moderation decides about.

    Attributes
    ----------
    published : PostingFacts or None
        What visitors read now.
    proposed : PostingFacts or None
        What shall be read; None where nothing waits.
    stamp : str
        Names this state of the two, so that nobody publishes a text that was changed meanwhile.
    """

    published: PostingFacts | None
    proposed: PostingFacts | None
    stamp: str


def wording_of(posting: Posting) -> Wording:
    """Return old and new wording of a posting."""
    change = open_change(posting)
    own = PostingFacts.of(posting)
    if change is not None:
        # A day of expiry counts at once, so it is no part of what waits.
        facts = replace(PostingFacts.read(change.facts), expires_on=posting.expires_on)
        return Wording(own, facts, change.made_at.isoformat())
    proposed = own if posting.state == _STATES.WAITING else None
    published = own if posting.state == _STATES.PUBLISHED else None
    return Wording(published, proposed, posting.changed_at.isoformat())


def open_change(posting: Posting) -> PostingChange | None:
    """Return the new wording of a published posting that waits for a decision."""
    change = PostingChange.objects.filter(posting=posting, is_refused=False).first()
    return change if posting.state == _STATES.PUBLISHED else None


def waiting_for_moderation(user: User) -> QuerySet[Posting]:
    """List what waits for a coordinator: new postings, new wordings, reported ones; oldest first.

    Of the organisations that the coordinator cares for.
    """
    changes = PostingChange.objects.filter(posting=OuterRef("pk"), is_refused=False)
    reports = PostingReport.objects.filter(posting=OuterRef("pk"), settled_at=None)
    rows = Posting.objects.filter(organisation__cluster__in=in_care_of(user)).annotate(
        has_change=Exists(changes), is_reported=Exists(reports)
    )
    public = Q(state=_STATES.PUBLISHED) & (Q(has_change=True) | Q(is_reported=True))
    rows = rows.filter(Q(state=_STATES.WAITING) | public)
    return rows.select_related("organisation__region").order_by("changed_at", "pk")


@transaction.atomic
def publish_posting(posting: Posting, *, by: User, now: datetime, seen: str) -> Posting:
    """Publish what waits, if it still is what the moderation has read.

    Raises
    ------
    StateError
        Nothing waits, it was changed meanwhile, or the organisation is not listed any more.
    InputError
        The day until which it is open has passed.
    """
    fresh = locked(posting)
    wording = _waiting(fresh)
    if wording.stamp != seen:
        raise StateError("posting.changed_meanwhile", found=fresh.title)
    if not fresh.organisation.is_listed:
        raise StateError("posting.not_listed", found=fresh.organisation.name)
    check_expiry(fresh.expires_on, today=timezone.localdate(now))
    if wording.published is not None and wording.proposed is not None:
        wording.proposed.put_on(fresh)
        fresh.revised_at = now
        PostingChange.objects.filter(posting=fresh).delete()
    else:
        fresh.state, fresh.published_at, fresh.closed_at = _STATES.PUBLISHED, now, None
    return _decided(fresh, by, now, "", "publish")


@transaction.atomic
def send_back(posting: Posting, reason: str, *, by: User, now: datetime) -> Posting:
    """Ask for another wording; of a published posting the published one stays.

    Raises
    ------
    StateError
        Nothing waits.
    InputError
        No reason is given.
    """
    _check_reason(reason)
    fresh = locked(posting)
    if _waiting(fresh).published is not None:
        PostingChange.objects.filter(posting=fresh).update(is_refused=True, reason=reason)
        return fresh
    fresh.state = _STATES.REFUSED
    return _decided(fresh, by, now, reason, "send_back")


@transaction.atomic
def take_down(posting: Posting, reason: str, *, by: User, now: datetime) -> Posting:
    """Take a published posting off the list; what readers reported is settled with it.

    Raises
    ------
    StateError
        It is not published.
    InputError
        No reason is given.
    """
    _check_reason(reason)
    fresh = locked(posting)
    if fresh.state != _STATES.PUBLISHED:
        raise StateError("posting.not_published", found=fresh.title)
    fresh.state, fresh.closed_at = _STATES.REFUSED, now
    PostingChange.objects.filter(posting=fresh).delete()
    settle_reports(fresh, now=now)
    return _decided(fresh, by, now, reason, "take_down")


def settle_reports(posting: Posting, *, now: datetime) -> int:
    """Mark what readers reported as dealt with; return how many reports there were."""
    return posting.reports.filter(settled_at=None).update(settled_at=now)


def report_posting(
    posting: Posting, cause: str, note: str, *, by: User, now: datetime
) -> PostingReport:
    """Tell the moderation that something is wrong with a posting.

    Raises
    ------
    StateError
        The same person has reported it already, or too many in a day.
    """
    lately = PostingReport.objects.filter(user=by, made_at__gt=now - timedelta(days=1))
    if lately.count() >= MOST_REPORTS:
        raise StateError("posting.too_many_reports", expected=str(MOST_REPORTS))
    try:
        with transaction.atomic():
            return PostingReport.objects.create(
                posting=posting, user=by, cause=cause, note=note, made_at=now
            )
    except IntegrityError as error:
        raise StateError("posting.reported", found=posting.title) from error


def open_reports(posting: Posting) -> QuerySet[PostingReport]:
    """List what readers reported and nobody has dealt with."""
    return posting.reports.filter(settled_at=None).order_by("made_at", "pk")


def _waiting(posting: Posting) -> Wording:
    wording = wording_of(posting)
    if wording.proposed is None:
        raise StateError("posting.nothing_waits", found=posting.title)
    return wording


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InputError("posting.no_reason", where=Where(field="reason"))


def _decided(posting: Posting, by: User, now: datetime, reason: str, verb: str) -> Posting:
    posting.decided_by, posting.decided_at, posting.reason = by, now, reason
    sign(posting, by, reason=verb)
    posting.save()
    return posting
