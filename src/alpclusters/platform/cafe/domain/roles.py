"""What a person in the hall may say of themselves, in five languages: role and experience."""

from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import Row, read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"


def role_choices(language: str | None) -> list[tuple[str, str]]:
    """List keys and names of the roles in their order."""
    return _choices("roles", language)


def experience_choices(language: str | None) -> list[tuple[str, str]]:
    """List keys and names of how long people have worked with clusters across borders."""
    return _choices("experience", language)


def role_keys() -> list[str]:
    """List the keys of the roles in their order."""
    return [row["key"] for row in _rows("roles")]


def experience_keys() -> list[str]:
    """List the keys of the steps of experience in their order."""
    return [row["key"] for row in _rows("experience")]


def role_name(key: str, language: str | None) -> str:
    """Return the name of a role; a role that is not in the table names itself."""
    return dict(role_choices(language)).get(key, key)


def _choices(table: str, language: str | None) -> list[tuple[str, str]]:
    column = f"name_{nearest_language(language)}"
    return [(row["key"], row[column]) for row in _rows(table)]


@cache
def _rows(table: str) -> tuple[Row, ...]:
    return tuple(sorted(read_rows(SEEDS / f"{table}.csv"), key=lambda row: int(row["order"])))
