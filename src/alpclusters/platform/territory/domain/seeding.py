"""Regions, what became of their codes, and the areas of programmes, from ``seeds/*.csv``."""

from pathlib import Path
from typing import Any, Final

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import Row, read_rows, store_rows, texts, texts_of, yes
from alpclusters.platform.territory.models import (
    ProgrammeArea,
    ProgrammeAreaRegion,
    Region,
    RegionChange,
)

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"


def load_seeds() -> None:
    """Store the reference data of the territory; calling it again changes nothing."""
    load_regions()
    load_changes()
    load_areas()


def load_regions() -> None:
    """Store the codes of all vintages with their names."""
    tables = ("country_names.csv", "region_names.csv")
    names = {row["code"]: row for table in tables for row in read_rows(SEEDS / table)}
    rows = [_region(row, names.get(row["code"])) for row in read_rows(SEEDS / "nuts_codes.csv")]
    store_rows(Region, rows, key=("code", "first_vintage"))


def load_changes() -> None:
    """Store what became of the codes from one vintage to the next."""
    rows = [_change(row) for row in read_rows(SEEDS / "nuts_changes.csv")]
    store_rows(
        RegionChange, rows, key=("from_vintage", "to_vintage", "from_code", "to_code", "level")
    )


def load_areas() -> None:
    """Store the areas of programmes and their regions, each with what says so."""
    store_rows(
        ProgrammeArea,
        [_area(row) for row in read_rows(SEEDS / "programme_areas.csv")],
        key=("key",),
    )
    areas = dict(ProgrammeArea.objects.values_list("key", "pk"))
    members = read_rows(SEEDS / "programme_area_regions.csv")
    rows = [_member(row, areas[row["area"]]) for row in members if row["area"] in areas]
    store_rows(ProgrammeAreaRegion, rows, key=("area_id", "code"))


def _region(row: Row, names: Row | None) -> dict[str, Any]:
    own = dict.fromkeys(LANGUAGE_CODES, _written(row["name"]))
    known = texts_of(names, "name") if names else {}
    return {
        "code": row["code"],
        "level": int(row["level"]),
        "country": row["country"],
        "parent_code": row["parent"],
        "first_vintage": int(row["first_vintage"]),
        "last_vintage": int(row["last_vintage"]),
        "names_status": (names or {}).get("status") or row.get("status") or "unverified",
        "name": own | known,
    }


def _written(name: str) -> str:
    """Write names that the old tables have in capitals as names are written."""
    return name.title() if name.isupper() else name


def _change(row: Row) -> dict[str, Any]:
    return {
        "from_vintage": int(row["from_vintage"]),
        "to_vintage": int(row["to_vintage"]),
        "level": int(row["level"]),
        "from_code": row["from_code"],
        "to_code": row["to_code"],
        "relation": row["relation"],
        "is_exact": yes(row["exact"]),
        "candidates": row["candidates"],
    }


def _area(row: Row) -> dict[str, Any]:
    return {
        "key": row["key"],
        "period": row["period"],
        "nuts_vintage": int(row["nuts_vintage"]),
        "order": int(row.get("order") or 0),
        **texts(row, "name", "note"),
    }


def _member(row: Row, area_id: int) -> dict[str, Any]:
    return {
        "area_id": area_id,
        "code": row["code"],
        "status": row["status"],
        "source": row["source"][:300],
    }
