"""Stakeholders of the demonstration project: invented bodies, each with the word "simulated"."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from alpclusters.platform.actors.domain.consent import Given
from alpclusters.platform.actors.domain.people import add_person
from alpclusters.platform.actors.models import Consent, Organisation, Stakeholder
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import REASON, Row, read_rows
from alpclusters.platform.simulated import SIMULATED
from alpclusters.platform.territory.models import Region

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds" / "demonstration_stakeholders.csv"
SOURCE: Final = "simulated"
_ATTENDED: Final = "attended"


def create_demonstration(project: Project, *, today: date | None = None) -> int:
    """Map invented organisations and put them on lists of simulated AlpCafés; return how many."""
    if project.stakeholders.exists():
        return 0
    rows = read_rows(SEEDS)
    regions = _regions({row["region"] for row in rows})
    bodies = _bodies(rows, regions)
    day = today or timezone.localdate()
    Stakeholder.objects.bulk_create(
        _stakeholder(project, bodies[row["name"]], row, day) for row in rows
    )
    _invite(project, bodies, rows)
    _know_people(bodies, rows)
    return len(rows)


def remove_demonstration(project: Project) -> None:
    """Remove the map, and the invented organisations nobody else refers to."""
    project.stakeholders.all().delete()
    invented = Organisation.objects.filter(source=SOURCE, is_simulated=True)
    invented.filter(stakes=None, partner=None, absorbed=None, merged_into=None).delete()


def _bodies(rows: list[Row], regions: dict[str, Region]) -> dict[str, Organisation]:
    """Make the organisations that are not there; return all by name."""
    there = Organisation.objects.filter(source=SOURCE).order_by("pk")
    found = {one.name: one for one in there}
    new = [Organisation(**_body(row, regions)) for row in rows if row["name"] not in found]
    bulk_create_with_history(new, Organisation, default_change_reason=REASON)
    return {one.name: one for one in there.all()}


def _regions(codes: set[str]) -> dict[str, Region]:
    rows = Region.objects.filter(code__in=codes).order_by("last_vintage", "pk")
    return {row.code: row for row in rows}


def _body(row: Row, regions: dict[str, Region]) -> dict[str, Any]:
    region = regions.get(row["region"])
    return {
        "name": row["name"],
        "type": row["type"],
        "helix": row["helix"],
        "level": row["level"],
        "region_id": region.pk if region else None,
        "country": row["region"][:2],
        "source": SOURCE,
        "is_simulated": True,
    }


def _stakeholder(project: Project, body: Organisation, row: Row, day: date) -> Stakeholder:
    return Stakeholder(
        project=project,
        organisation=body,
        audience=row["audience"].split("|"),
        benefits_from_results={"yes": True, "no": False}.get(row["gains"]),
        influence=int(row["influence"]) if row["influence"] else None,
        interest=int(row["interest"]) if row["interest"] else None,
        reason=row["reason"],
        mapped_on=day,
        is_simulated=True,
    )


def _invite(project: Project, bodies: dict[str, Organisation], rows: Iterable[Row]) -> None:
    """Write simulated guests without a name of a person onto the lists of closed AlpCafés."""
    cafes = {cafe.place: cafe for cafe in AlpCafe.objects.filter(project=project).order_by("pk")}
    guests = [
        _guest(cafes[place], bodies[row["name"]], row, state)
        for row in rows
        for place, _, state in (part.partition(":") for part in row["invited"].split("|"))
        if place in cafes
    ]
    Invitation.objects.bulk_create(guests)


def _guest(cafe: AlpCafe, body: Organisation, row: Row, state: str) -> Invitation:
    return Invitation(
        cafe=cafe,
        name=f"N. N., {body.name}"[:120],
        organisation=body,
        organisation_name=body.name,
        region_id=body.region_id,
        level=body.level,
        helix=body.helix,
        language=row["language"],
        state=Invitation.State.REGISTERED if state == _ATTENDED else state,
        attended=state == _ATTENDED,
        invited_at=_asked_at(cafe),
    )


def _know_people(bodies: dict[str, Organisation], rows: Iterable[Row]) -> None:
    """Keep invented people of cluster organisations, with invented consents; no mail gets there."""
    wanted = [row for row in rows if row["type"] == "cluster_organisation"]
    for number, row in enumerate(wanted, start=1):
        body, language = bodies[row["name"]], row["language"]
        told = {
            "name": f"N. N. {number} ({SIMULATED[language]})",
            "email": f"n{number}@simulated.invalid",
            "role": "cluster_manager",
            "level": body.level,
            "languages": [language, "en"],
        }
        given = Given(Consent.Purpose.INVITATIONS, SIMULATED[language])
        add_person(body, told, [given], now=timezone.now())


def _asked_at(cafe: AlpCafe) -> datetime:
    return cafe.opened_at or timezone.now()
