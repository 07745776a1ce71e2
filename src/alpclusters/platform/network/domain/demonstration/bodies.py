"""Invented cluster organisations of several regions, each in one field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from alpclusters.platform.actors.domain.editing import HELIX, slug_of
from alpclusters.platform.actors.domain.judging import set_computed
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation, OrganisationType
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.network.models import Link, LinkReport
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import REASON, Row, read_rows
from alpclusters.platform.territory.models import Region

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"
SOURCE: Final = "simulated"
# What stands before and behind the name, in the language of the region.
_NAMES: Final = {
    "de": "Musternetz {field} {region} (simuliert)",
    "fr": "Réseau exemple {field} {region} (simulé)",
    "it": "Rete esempio {field} {region} (simulata)",
    "sl": "Vzorčna mreža {field} {region} (simulirano)",
}
_MARKS: Final = {
    "de": "Simuliert:",
    "en": "Simulated:",
    "fr": "Simulé :",
    "it": "Simulato:",
    "sl": "Simulirano:",
}


@dataclass(frozen=True, slots=True)
class Body:
    """An invented organisation with its field and the language of its region."""

    organisation: Organisation
    field: Row
    language: str


def make_bodies() -> list[Body]:
    """Return the invented organisations of the seeds; those that are missing are made."""
    plans = list(_plans())
    have = set(bodies_known().values_list("name", flat=True))
    _make([plan for plan in plans if plan[0] not in have])
    by_name = {body.name: body for body in bodies_known().select_related("region")}
    return [Body(by_name[name], field, language) for name, field, _region, language in plans]


def bodies_known() -> QuerySet[Organisation]:
    """Return the invented organisations that are there."""
    names = [name for name, *_rest in _plans()]
    return Organisation.objects.filter(source=SOURCE, is_simulated=True, name__in=names)


def _plans() -> Iterator[tuple[str, Row, Region, str]]:
    fields = read_rows(SEEDS / "demonstration_fields.csv")
    rows = read_rows(SEEDS / "demonstration_regions.csv")
    regions = {one.code: one for one in Region.objects.filter(code__in=[r["region"] for r in rows])}
    for place, row in enumerate(rows):
        for step in range(int(row["n"])):
            if row["region"] in regions:
                field = fields[(place + step) % len(fields)]
                words = {"field": field[f"name_{row['language']}"], "region": row["name"]}
                name = _NAMES[row["language"]].format(**words)
                yield name, field, regions[row["region"]], row["language"]


def _make(plans: list[tuple[str, Row, Region, str]]) -> None:
    bodies = [_body(name, region) for name, _field, region, _language in plans]
    made = bulk_create_with_history(bodies, Organisation, default_change_reason=REASON)
    by_name = {body.name: body for body in made}
    today = timezone.localdate()
    profiles = [
        _profile(by_name[name], field, language, number, today)
        for number, (name, field, _region, language) in enumerate(plans)
    ]
    bulk_create_with_history(profiles, ClusterOrganisation, default_change_reason=REASON)


def _body(name: str, region: Region) -> Organisation:
    return Organisation(
        name=name,
        type=OrganisationType.CLUSTER_ORGANISATION,
        helix=HELIX,
        country=region.country,
        region=region,
        is_listed=True,
        is_simulated=True,
        source=SOURCE,
    )


def _profile(
    body: Organisation, field: Row, language: str, number: int, today: date
) -> ClusterOrganisation:
    summary = {code: f"{_MARKS[code]} {field[f'does_{code}']}" for code in LANGUAGE_CODES}
    profile = ClusterOrganisation(
        organisation=body,
        slug=slug_of(body.name),
        sectors=[field["sectors"]],
        technologies=field["technologies"].split("|"),
        ecosystem=field["ecosystem"],
        languages=[language, "en"],
        maturity=ClusterOrganisation.Maturity.WORKING,
        n_sme=18 + 7 * (number % 9),
        n_research=1 + number % 4,
        confirmed_on=today - timedelta(days=20 + 11 * (number % 40)),
        summary=summary,
    )
    set_computed(profile, today=today)
    return profile


# --- Invented links: neighbours work together, some pairs of countries hardly do ------------------


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
