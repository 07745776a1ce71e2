"""The tables of the demonstration: recommendations, plans and what belongs to them."""

from collections import defaultdict
from pathlib import Path
from typing import Final

from alpclusters.platform.seed_rows import Row, read_rows, texts_of
from alpclusters.platform.territory.models import Region

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"


def table(name: str) -> list[Row]:
    """Read the rows of a table by its name."""
    return read_rows(SEEDS / f"demonstration_{name}.csv")


def table_by(name: str, column: str) -> dict[str, list[Row]]:
    """Read the rows of a table, grouped by a column."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table(name):
        found[row[column]].append(row)
    return found


def reasons(row: Row, field: str) -> dict[str, str]:
    """Return a reason of a row in the languages it has."""
    return texts_of(row, field)


def regions_by_code(codes: set[str]) -> dict[str, Region]:
    """Return the newest regions of these codes that are there."""
    rows = Region.objects.filter(code__in=codes).order_by("last_vintage", "pk")
    return {row.code: row for row in rows}
