"""What a person in the hall may say of themselves, in five languages: role and experience.

Roles belong to families, so that groups too small to be shown find a relative.
"""

from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import Row, filled, read_rows

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
    """Return the name of a role or family; one that is not in the tables names itself."""
    known = dict([*role_choices(language), *_choices("role_families", language)])
    return known.get(key, key)


def role_parents() -> dict[str, str | None]:
    """Return the family of every role and of every family; None at the top.

    Roles that are too few to be shown are joined with those of their family.
    """
    roles = {row["key"]: row["family"] or None for row in _rows("roles")}
    return {**roles, **{row["key"]: row["parent"] or None for row in _rows("role_families")}}


def _choices(table: str, language: str | None) -> list[tuple[str, str]]:
    code = nearest_language(language)
    return [(row["key"], filled(row, "name")[code]) for row in _rows(table)]


@cache
def _rows(table: str) -> tuple[Row, ...]:
    return tuple(sorted(read_rows(SEEDS / f"{table}.csv"), key=lambda row: int(row["order"])))
