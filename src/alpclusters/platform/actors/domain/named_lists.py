"""Short lists with names in five languages: ecosystems, technologies, groups of society."""

from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import Row, filled, read_rows

# --- Short lists of facts with names in five languages, read from the seed tables -----------------


SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"


@cache
def names_of(table: str, column: str = "key") -> dict[str, dict[str, str]]:
    """Return the names by key and language, in the order of the table."""
    return {row[column]: filled(row, "name") for row in read_rows(SEEDS / f"{table}.csv")}


@cache
def choices_of(list_: str) -> dict[str, dict[str, str]]:
    """Return the names of one of the lists of ``choices.csv``."""
    rows = read_rows(SEEDS / "choices.csv")
    return {row["key"]: filled(row, "name") for row in rows if row["list"] == list_}


def choice_label(list_: str, key: str, language: str | None) -> str:
    """Return the name of a value; one that is not in the list names itself."""
    return choices_of(list_).get(key, {}).get(nearest_language(language), key)


# --- The 14 industrial ecosystems of the European industrial strategy -----------------------------


ECOSYSTEMS: Final = (
    "aerospace_defence",
    "agri_food",
    "construction",
    "cultural_creative",
    "digital",
    "electronics",
    "energy_intensive",
    "energy_renewables",
    "health",
    "mobility_transport_automotive",
    "proximity_social_economy",
    "retail",
    "textile",
    "tourism",
)


def ecosystem_label(key: str, language: str | None) -> str:
    """Return the name; the translations are ours, the English names those of the Commission.

    An ecosystem is chosen by a person, never computed from a sector.
    """
    return names_of("ecosystems").get(key, {}).get(nearest_language(language), key)


# --- A small list of technologies; free words are allowed beside it -------------------------------


TECHNOLOGIES: Final = (
    "advanced_manufacturing",
    "additive_manufacturing",
    "robotics",
    "mechatronics",
    "advanced_materials",
    "plastics",
    "lightweight",
    "nanotechnology",
    "micro_electronics",
    "photonics",
    "sensors",
    "artificial_intelligence",
    "data",
    "internet_of_things",
    "cybersecurity",
    "biotechnology",
    "medical_technology",
    "renewable_energy",
    "energy_storage",
    "hydrogen",
    "environmental_technology",
    "circular_economy",
    "timber",
    "space",
)


def technology_label(key: str, language: str | None) -> str:
    """Return the name of a technology of the list; a free word names itself."""
    return names_of("technologies").get(key, {}).get(nearest_language(language), key)


# --- Groups of society and levels in five languages: what organisations and people belong to ------


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
