"""Stakeholders of a project and people who agreed; every name is simulated."""

from datetime import UTC, date, datetime
from itertools import count

from alpclusters.platform.actors.domain.consent import Given
from alpclusters.platform.actors.domain.people import add_person
from alpclusters.platform.actors.domain.stakeholders.mapping import map_organisation
from alpclusters.platform.actors.models import Organisation, Person, Stakeholder
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region

AGREED = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
MAPPED = date(2026, 6, 2)
_numbers = count(1)


def make_body(name: str = "", **fields: object) -> Organisation:
    """Build an organisation with a made-up name."""
    shown = name or f"Simulated body {next(_numbers)}"
    return Organisation.objects.create(name=shown, **fields)


def make_stakeholder(
    project: Project,
    body: Organisation | None = None,
    *,
    region: Region | None = None,
    helix: str = "business",
    level: str = "regional",
    **judgement: object,
) -> Stakeholder:
    """Put an organisation of its world on the map of a project."""
    mark = {"is_simulated": project.is_simulated}
    one = body or make_body(region=region, helix=helix, level=level, **mark)
    stake, _ = map_organisation(project, one, by=None, on=MAPPED, judgement=judgement)
    return stake


def make_person(
    body: Organisation,
    *,
    name: str = "Ana Simulated",
    email: str = "",
    purposes: tuple[str, ...] = ("invitations",),
    languages: tuple[str, ...] = ("sl",),
    now: datetime = AGREED,
) -> Person:
    """Keep a simulated person who agreed."""
    address = email or f"simulated-{next(_numbers)}@example.org"
    told = {"name": name, "email": address, "task": "Manager", "languages": [*languages]}
    given = [Given(purpose, "signed form") for purpose in purposes]
    return add_person(body, told, given, now=now)
