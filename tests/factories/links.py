"""Links between organisations for tests, and the people who speak for both sides."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Claim, Organisation
from alpclusters.platform.network.models import Link, LinkReport
from tests.factories.accounts import make_user
from tests.factories.organisations import make_profile

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = date(2026, 11, 25)
_numbers = count(1)


def make_body(name: str = "", **fields: Any) -> Organisation:
    """Build the organisation of a listed profile; its country is Austria."""
    values = {"body_country": "AT", **{f"body_{key}": value for key, value in fields.items()}}
    return make_profile(name or f"Cluster {next(_numbers)}", **values).organisation


def make_speaker(*organisations: Organisation, **fields: Any) -> User:
    """Build a person with approved claims to the profiles of organisations."""
    user = make_user(**fields)
    for organisation in organisations:
        Claim.objects.create(
            cluster=organisation.cluster, user=user, state="approved", made_at=NOW, decided_at=NOW
        )
    return user


def make_link(
    own: Organisation | None = None, other: Organisation | None = None, **fields: Any
) -> Link:
    """Build a confirmed link that the first one entered."""
    own, other = own or make_body(), other or make_body()
    first, second = sorted((own, other), key=lambda one: one.pk)
    values = {
        "standing": Link.Standing.CONFIRMED,
        "entered_for": own,
        "entered_at": datetime(2020, 1, 1, tzinfo=UTC),
        "is_simulated": own.is_simulated,
        **fields,
    }
    return Link.objects.create(first=first, second=second, **values)


def make_report(
    link: Link, said_on: date, status: str = "active_self", **fields: Any
) -> LinkReport:
    """Build a report of the first side."""
    values = {"organisation": link.first, "made_at": NOW, **fields}
    return LinkReport.objects.create(link=link, said_on=said_on, status=status, **values)


def make_survivors(
    lasted: Iterable[tuple[int, str]], *, zero: date = date(2018, 12, 31), **fields: Any
) -> list[Link]:
    """Build links whose funding ended on a day; each with years and what was said then."""
    links = []
    for years, status in lasted:
        entered = {"entered_at": datetime(2016, 1, 1, tzinfo=UTC), **fields}
        link = make_link(funding_ends_on=zero, started_on=date(2015, 1, 1), **entered)
        for year in range(1, years):
            make_report(link, zero.replace(year=zero.year + year))
        make_report(link, zero.replace(year=zero.year + years), status)
        links.append(link)
    return links
