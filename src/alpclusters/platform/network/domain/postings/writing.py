"""Write a posting, change it, hand it in to the moderation, and take it back.

A published posting whose text changes stays visible as it was published: the new wording waits
beside it (`PostingChange`) until the moderation decides. So nobody reads an unread text, and a
corrected comma does not take a posting off the list.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import sign
from alpclusters.platform.network.domain.postings.facts import PostingFacts, check_expiry
from alpclusters.platform.network.models import Posting, PostingChange

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
