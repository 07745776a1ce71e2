"""The historic project AlpClusters 2020 and its partners, as far as sources tell."""

import calendar
from datetime import date
from pathlib import Path
from typing import Any, Final

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.partnership.models import Partner, Project, ProjectFact
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts
from alpclusters.platform.territory.models import Region

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
HISTORIC_SLUG: Final = "alpclusters-2020"
_MONTH_LENGTH: Final = len("2013-09")


def load_seeds() -> None:
    """Store the historic project with its facts and partners."""
    store_project(
        HISTORIC_SLUG,
        Project.Kind.HISTORIC,
        facts=read_rows(SEEDS / "alpclusters_2020.csv"),
        partners=read_rows(SEEDS / "partners.csv"),
    )


def store_project(
    slug: str, kind: Project.Kind, *, facts: list[Row], partners: list[Row]
) -> Project | None:
    """Store a project that is told by tables; None where there is no table."""
    if not facts:
        return None
    store_rows(Project, [_project(slug, kind, facts)], key=("slug",))
    project = Project.objects.filter(slug=slug).first()
    if project is None:  # a person deleted it
        return None
    store_rows(ProjectFact, [_fact(project, row) for row in facts], key=("project_id", "key"))
    _store_partners(project, partners)
    return project


def _project(slug: str, kind: Project.Kind, facts: list[Row]) -> dict[str, Any]:
    by_key = {row["key"]: row for row in facts}
    start, end = (by_key.get(key, {}).get("value_iso", "") for key in ("start", "end"))
    title, told = by_key["title"], by_key.get("summary") or by_key.get("starting_point", {})
    return {
        "slug": slug,
        "kind": kind,
        "acronym": by_key["name"]["value_en"],
        "programme": by_key.get("programme", {}).get("value_en", "")[:160],
        "starts_on": _first_day(start),
        "ends_on": _last_day(end),
        "is_precise_to_day": len(start) > _MONTH_LENGTH,
        "contact_name": by_key.get("contact_person", {}).get("value_en", ""),
        **{f"name_{code}": title[f"value_{code}"] for code in LANGUAGE_CODES},
        **{f"summary_{code}": told.get(f"value_{code}", "") for code in LANGUAGE_CODES},
    }


def _fact(project: Project, row: Row) -> dict[str, Any]:
    return {
        "project_id": project.pk,
        "section": row["section"],
        "key": row["key"],
        "order": int(row["order"]),
        "source": row["source"],
        "status": row["status"],
        **texts(row, "label", "value"),
    }


def _store_partners(project: Project, rows: list[Row]) -> None:
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


def _first_day(iso: str) -> date | None:
    if not iso:
        return None
    return date.fromisoformat(f"{iso}-01" if len(iso) == _MONTH_LENGTH else iso)


def _last_day(iso: str) -> date | None:
    first = _first_day(iso)
    if first is None or len(iso) > _MONTH_LENGTH:
        return first
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
