"""Needs and offers for tests: facts as people write them, and somebody who moderates."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from alpclusters.platform.accounts.models import User
from alpclusters.platform.network.domain.postings.moderating import publish_posting, wording_of
from alpclusters.platform.network.domain.postings.writing import (
    PostingFacts,
    hand_in,
    write_posting,
)
from alpclusters.platform.network.models import Posting
from tests.factories.accounts import make_user_with
from tests.factories.introductions import Side

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
FACTS = PostingFacts(
    kind="need",
    language="it",
    title="Cerchiamo un partner per case di legno",
    text="Cerchiamo imprese che costruiscono case di legno in montagna, per un progetto comune.",
    expires_on=date(2026, 12, 1),
    sectors=("16",),
    technologies=("timber",),
    territory=("SI",),
    languages=("it", "en"),
)


def facts(**other: Any) -> PostingFacts:
    """Say the same as FACTS, but for some of it."""
    return replace(FACTS, **other)


def make_moderator(**fields: Any) -> User:
    """Build a coordinator of all regions."""
    return make_user_with("partner_coordinator", region=None, **fields)


def make_draft(side: Side, *, now: datetime = NOW, **other: Any) -> Posting:
    """Let a side begin a posting."""
    return write_posting(side.organisation, facts(**other), by=side.user, now=now)


def make_waiting(side: Side, *, now: datetime = NOW, **other: Any) -> Posting:
    """Let a side hand a posting in."""
    return hand_in(make_draft(side, now=now, **other), by=side.user, now=now)


def make_published(side: Side, *, now: datetime = NOW, **other: Any) -> Posting:
    """Let a side hand a posting in and somebody publish it."""
    waiting = make_waiting(side, now=now, **other)
    return publish_posting(waiting, by=side.user, now=now, seen=wording_of(waiting).stamp)
