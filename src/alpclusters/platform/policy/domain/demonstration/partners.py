"""What the partners agreed on, and a unit among them: what Interreg counts, and what not."""

from collections.abc import Mapping
from typing import Final

from alpclusters.platform.actors.domain.units import set_parent
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.history import sign
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.tables import table
from alpclusters.platform.seed_rows import REASON, Row, texts

SOURCE: Final = "Invented for the demonstration project (simulated)"
BEGAN: Final = "-690"


def make_partners(project: Project, calendar: Calendar) -> None:
    """Add the unit of a partner, and the links of partners with what they signed."""
    partners = {
        str(one.order): one.organisation
        for one in project.partners.select_related("organisation").order_by("order", "pk")
    }
    for row in table("units"):
        if row["of"] in partners:
            _unit(project, row, partners[row["of"]], calendar)
    for row in table("agreements"):
        if row["one"] in partners and row["other"] in partners:
            _agree(project, row, partners, calendar)


def remove_units(project: Project) -> None:
    """Take the units away again, as partners and as organisations."""
    names = [row["name"] for row in table("units")]
    project.partners.filter(organisation__name__in=names).delete()
    Organisation.objects.filter(name__in=names, is_simulated=True).delete()


def _unit(project: Project, row: Row, parent: Organisation, calendar: Calendar) -> None:
    unit = Organisation(
        name=row["name"],
        country=parent.country,
        town=parent.town,
        source=SOURCE,
        is_simulated=parent.is_simulated,
    )
    sign(unit, None, reason=REASON)
    unit.save()
    whole = project.partners.get(organisation=parent)
    partner = Partner(
        project=project,
        organisation=unit,
        seat=whole.seat,
        region=whole.region,
        order=project.partners.count() + 1,
        source=SOURCE,
        **texts(row, "tasks"),
    )
    sign(partner, None, reason=REASON)
    partner.save()
    set_parent(unit, parent, by=None, now=calendar.moment(BEGAN), source=SOURCE, reason=REASON)


def _agree(
    project: Project, row: Row, partners: Mapping[str, Organisation], calendar: Calendar
) -> None:
    sides = (partners[row["one"]], partners[row["other"]])
    first, second = sorted(sides, key=lambda side: side.pk)
    began = calendar.moment(row["started"])
    link = Link(
        first=first,
        second=second,
        type=row["type"],
        started_on=calendar.day(row["started"]),
        ended_on=calendar.day_or_none(row["ended"]),
        agreed_on=calendar.day_or_none(row["agreed"]),
        project=project,
        status=row["state"],
        standing=Link.Standing.CONFIRMED,
        entered_for=first,
        entered_at=began,
        decided_at=began,
        source=SOURCE,
        is_simulated=project.is_simulated,
    )
    sign(link, None, reason=REASON)
    link.save()
