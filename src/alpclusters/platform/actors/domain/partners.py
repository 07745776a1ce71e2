"""Bring organisations into a project as its partners; the history says who did it."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import models, transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.organisations import ensure_organisation
from alpclusters.platform.actors.domain.seeding import SEEDS
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import set_values, sign
from alpclusters.platform.partnership.domain.seeding import HISTORIC_SLUG
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts
from alpclusters.platform.territory.models import Region

PARTNER_FIELDS: Final = tuple(column.name for column in fields_of(Partner))


@transaction.atomic
def add_partner(project: Project, *, name: str, fields: Mapping[str, Any], by: User) -> Partner:
    """Bring an organisation into the partnership, making the organisation where it is new."""
    last = project.partners.aggregate(last=models.Max("order"))["last"] or 0
    body = ensure_organisation(name, by=by, is_simulated=project.is_simulated)
    partner = Partner(project=project, organisation=body, order=last + 1)
    set_values(partner, fields, PARTNER_FIELDS)
    sign(partner, by)
    partner.save()
    return partner


@transaction.atomic
def change_partner(partner: Partner, *, fields: Mapping[str, Any], by: User) -> bool:
    """Change what a partner does and for which region; False if nothing differs."""
    if not set_values(partner, fields, PARTNER_FIELDS):
        return False
    sign(partner, by)
    partner.save()
    return True


@transaction.atomic
def remove_partner(partner: Partner, *, by: User) -> None:
    """Take a partner out of the partnership; its organisation stays."""
    sign(partner, by)
    partner.delete()


# --- The partners of the projects that tables tell of: the historic one and the demonstration -----


TABLE: Final = "partners.csv"
DEMONSTRATION_TABLE: Final = "demonstration_partners.csv"


def load_seeds() -> None:
    """Store the partners of the historic project, unless a person deleted it."""
    for project in Project.objects.filter(slug=HISTORIC_SLUG):
        store_partners(project, read_rows(SEEDS / TABLE))


def create_demonstration(project: Project) -> None:
    """Store the invented partners of the demonstration project."""
    store_partners(project, read_rows(SEEDS / DEMONSTRATION_TABLE))


def store_partners(project: Project, rows: list[Row]) -> None:
    """Store the partners of a project that are told by a table, and their organisations."""
    names = [row["organisation"] for row in rows]
    organisations = [_organisation(row, is_simulated=project.is_simulated) for row in rows]
    store_rows(Organisation, organisations, key=("name",))
    found = dict(Organisation.objects.filter(name__in=names).values_list("name", "pk"))
    regions = _regions({row[f"{end}_code"] for row in rows for end in ("seat", "region")})
    partners = [
        _partner(project, row, found[row["organisation"]], regions)
        for row in rows
        if row["organisation"] in found
    ]
    store_rows(Partner, partners, key=("project_id", "organisation_id"))


def _organisation(row: Row, *, is_simulated: bool) -> dict[str, Any]:
    return {
        "name": row["organisation"],
        "short_name": row["short_name"],
        "town": row["town"],
        "country": row["country"],
        "source": row["source"],
        "status": row["status"],
        "is_simulated": is_simulated,
    }


def _partner(
    project: Project, row: Row, organisation_id: int, regions: list[Region]
) -> dict[str, Any]:
    return {
        "project_id": project.pk,
        "organisation_id": organisation_id,
        "role": row["role"],
        "seat_id": _region_id(regions, row["seat_code"], row["seat_vintage"]),
        "region_id": _region_id(regions, row["region_code"], row["region_vintage"]),
        "order": int(row["order"]),
        "source": row["source"],
        "status": row["status"],
        **texts(row, "tasks", "note"),
    }


def _regions(codes: set[str]) -> list[Region]:
    return list(Region.objects.filter(code__in=codes))


def _region_id(regions: list[Region], code: str, vintage: str) -> int | None:
    if not code:
        return None
    year = int(vintage)
    return next(
        (r.pk for r in regions if r.code == code and r.first_vintage <= year <= r.last_vintage),
        None,
    )
