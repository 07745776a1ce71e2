"""The historic project AlpClusters 2020, as far as sources tell."""

import calendar
from datetime import date
from pathlib import Path
from typing import Any, Final

from alpclusters.platform.partnership.models import Project, ProjectFact
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts, texts_of

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
HISTORIC_SLUG: Final = "alpclusters-2020"
_MONTH_LENGTH: Final = len("2013-09")


def load_seeds() -> None:
    """Store the historic project with its facts."""
    store_project(HISTORIC_SLUG, Project.Kind.HISTORIC, read_rows(SEEDS / "alpclusters_2020.csv"))


def store_project(slug: str, kind: Project.Kind, facts: list[Row]) -> Project | None:
    """Store a project that is told by a table; None where there is no table."""
    if not facts:
        return None
    store_rows(Project, [_project(slug, kind, facts)], key=("slug",))
    project = Project.objects.filter(slug=slug).first()
    if project is None:  # a person deleted it
        return None
    store_rows(ProjectFact, [_fact(project, row) for row in facts], key=("project_id", "key"))
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
        "name": texts_of(title, "value"),
        "summary": texts_of(told, "value"),
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


def _first_day(iso: str) -> date | None:
    if not iso:
        return None
    return date.fromisoformat(f"{iso}-01" if len(iso) == _MONTH_LENGTH else iso)


def _last_day(iso: str) -> date | None:
    first = _first_day(iso)
    if first is None or len(iso) > _MONTH_LENGTH:
        return first
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
