"""Introductions for tests: two cluster organisations with people who speak for them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, ClusterOrganisation, Organisation
from alpclusters.platform.network.domain.introductions.answering import (
    Proposal,
    Wish,
    accept_introduction,
    ask_introduction,
)
from alpclusters.platform.network.models import Introduction
from tests.factories.accounts import make_user
from tests.factories.evaluation import make_region
from tests.factories.organisations import make_profile

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MESSAGE = "We plan a joint training for timber builders and look for partners."


@dataclass(frozen=True)
class Side:
    """A cluster organisation and the one who speaks for it."""

    cluster: ClusterOrganisation
    user: User

    @property
    def organisation(self) -> Organisation:
        """The body of the profile."""
        return self.cluster.organisation


def make_speaker(cluster: ClusterOrganisation, **fields: object) -> User:
    """Build a person with an approved claim to a profile."""
    user = make_user(**fields)
    Claim.objects.create(cluster=cluster, user=user, state=Claim.State.APPROVED, made_at=NOW)
    return user


def make_side(
    name: str = "", *, region: str = "AT32", language: str = "en", **fields: object
) -> Side:
    """Build a cluster organisation somebody speaks for."""
    place = make_region(region)
    values = {"body_region": place, "body_country": region[:2], **fields}
    cluster = make_profile(name, **values)
    return Side(cluster, make_speaker(cluster, language=language))


def make_introduction(
    asking: Side, asked: Side, *, now: datetime = NOW, score: float | None = None
) -> Introduction:
    """Let one side ask the other."""
    return ask_introduction(
        (asking.organisation, asked.organisation),
        Wish(MESSAGE, "en"),
        by=asking.user,
        now=now,
        proposal=Proposal(score=score),
    )


def make_accepted(asking: Side, asked: Side, **fields: object) -> Introduction:
    """Let one side ask, and the other accept in the same moment."""
    made = make_introduction(asking, asked, **fields)
    return accept_introduction(made, by=asked.user, now=made.asked_at)
