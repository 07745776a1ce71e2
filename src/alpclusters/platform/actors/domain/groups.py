"""Groups of society and levels in five languages: what organisations and people belong to."""

from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import Row, filled, read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
# The groups of society that belong at a table; the other keys have rows of their own.
SOCIETY: Final = ("business", "research", "public", "civil")
APART: Final = ("intermediary", "finance", "unknown")


def helix_choices(language: str | None) -> list[tuple[str, str]]:
    """List keys and names of the groups of society an organisation belongs to."""
    return _choices("helix", language)


def level_choices(language: str | None) -> list[tuple[str, str]]:
    """List keys and names of the levels at which bodies and people work."""
    return _choices("levels", language)


def level_keys() -> list[str]:
    """List the keys of the levels in their order."""
    return [row["key"] for row in _rows("levels")]


def helix_name(key: str, language: str) -> str:
    """Return the name of a group of society; one that is not in the table names itself."""
    return dict(helix_choices(language)).get(key, key)


def level_name(key: str, language: str) -> str:
    """Return the name of a level; one that is not in the table names itself."""
    return dict(level_choices(language)).get(key, key)


def _choices(table: str, language: str | None) -> list[tuple[str, str]]:
    code = nearest_language(language)
    return [(row["key"], filled(row, "name")[code]) for row in _rows(table)]


@cache
def _rows(table: str) -> tuple[Row, ...]:
    return tuple(sorted(read_rows(SEEDS / f"{table}.csv"), key=lambda row: int(row["order"])))
