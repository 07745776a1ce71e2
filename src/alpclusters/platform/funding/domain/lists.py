"""Short lists of facts of the funding part, with names in five languages."""

from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import Row, filled, read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"


@cache
def rows_of(table: str) -> tuple[Row, ...]:
    """Return the rows of a table in its order."""
    return tuple(read_rows(SEEDS / f"{table}.csv"))


@cache
def keys_of(table: str) -> tuple[str, ...]:
    """Return the keys of a table in its order."""
    return tuple(row["key"] for row in rows_of(table))


def name_of(table: str, key: str, language: str | None) -> str:
    """Return a name; a key that is not in the table names itself."""
    return _names(table).get(key, {}).get(nearest_language(language), key)


def names_of(table: str, key: str) -> tuple[str, ...]:
    """Return the names of a key in all languages."""
    return tuple(_names(table)[key].values())


@cache
def _names(table: str) -> dict[str, dict[str, str]]:
    return {row["key"]: filled(row, "name") for row in rows_of(table)}
