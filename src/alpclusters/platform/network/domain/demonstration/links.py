"""Invented links: neighbours work together, some pairs of countries hardly do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Final

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from alpclusters.platform.network.domain.demonstration.bodies import SOURCE, Body
from alpclusters.platform.network.models import Link, LinkReport
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import REASON

SEED: Final = 2013
YEAR: Final = timedelta(days=365)
# Chance of a link between two bodies: at home, elsewhere, and where hardly anybody knows anybody.
AT_HOME: Final = 0.34
ABROAD: Final = 0.10
FAR: Final = 0.012
FAR_PAIRS: Final = frozenset({("AT", "FR"), ("FR", "SI"), ("CH", "SI")})
SAME_FIELD: Final = 2.2
# Chance a year that a link ends, once the funding has ended.
ENDS_AT_HOME: Final = 0.16
ENDS_ABROAD: Final = 0.26
_TYPES: Final = ("joint_project", "joint_project", "joint_services", "exchange", "agreement")


@dataclass(slots=True)
class Story:
    """A link and what was said of it over the years."""

    link: Link
    reports: list[LinkReport] = field(default_factory=list)


def make_links(bodies: list[Body], project: Project) -> list[Link]:
    """Make the links and the reports of both sides; the same for the same day."""
    if Link.objects.filter(project=project, is_simulated=True).exists():
        return []
    random = Random(SEED)  # noqa: S311 - no secret, the same every time
    today = timezone.localdate()
    stories = [_told(one, other, project, random, today) for one, other in _pairs(bodies, random)]
    links: list[Link] = bulk_create_with_history(
        [story.link for story in stories], Link, default_change_reason=REASON
    )
    for link, story in zip(links, stories, strict=True):
        for report in story.reports:
            report.link = link
    LinkReport.objects.bulk_create(report for story in stories for report in story.reports)
    return links


def _pairs(bodies: list[Body], random: Random) -> Iterator[tuple[Body, Body]]:
    for one, other in combinations(bodies, 2):
        likely = _chance(one, other)
        if random.random() < likely:
            yield one, other


def _chance(one: Body, other: Body) -> float:
    low, high = sorted((one.organisation.country, other.organisation.country))
    chance = AT_HOME if low == high else FAR if (low, high) in FAR_PAIRS else ABROAD
    return min(chance * SAME_FIELD, 0.9) if one.field["key"] == other.field["key"] else chance


def _told(one: Body, other: Body, project: Project, random: Random, today: date) -> Story:
    first, second = sorted((one.organisation, other.organisation), key=lambda body: body.pk)
    began = date(random.randint(2009, today.year - 4), random.randint(1, 12), 1)
    funded_until = began + YEAR * random.randint(2, 3)
    made_at = _at(began + timedelta(days=60))
    link = Link(
        first=first,
        second=second,
        type=random.choice(_TYPES),
        started_on=began,
        funding_ends_on=funded_until,
        project=project,
        standing=Link.Standing.CONFIRMED,
        status=Link.Status.ACTIVE_FUNDED,
        entered_for=first,
        entered_at=made_at,
        decided_at=made_at,
        source=SOURCE,
        is_simulated=True,
    )
    return _continued(Story(link), funded_until, random, today)


def _continued(story: Story, funded_until: date, random: Random, today: date) -> Story:
    """Ask both sides once a year after the funding, until it ends or today is reached."""
    link = story.link
    is_home = link.first.country == link.second.country
    day = funded_until + timedelta(days=random.randint(10, 300))
    while day < today:
        ends = random.random() < (ENDS_AT_HOME if is_home else ENDS_ABROAD)
        status = _after(ends, random)
        story.reports.append(_report(link, status, day, random))
        link.status = status
        if ends:
            link.ended_on = day if status == Link.Status.ENDED else None
            break
        day += YEAR + timedelta(days=random.randint(-30, 30))
    return story


def _after(ends: bool, random: Random) -> str:  # noqa: FBT001 - private
    if not ends:
        return Link.Status.ACTIVE_SELF
    return Link.Status.ENDED if random.random() < 0.6 else Link.Status.DORMANT  # noqa: PLR2004


def _report(link: Link, status: str, day: date, random: Random) -> LinkReport:
    side = link.first if random.random() < 0.5 else link.second  # noqa: PLR2004 - a coin
    how = LinkReport.How.MAIL
    return LinkReport(
        link=link, organisation=side, status=status, said_on=day, how=how, made_at=_at(day)
    )


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_default_timezone())
