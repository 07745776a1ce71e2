"""Short lists of facts with names in five languages, read from the seed tables."""

from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import filled, read_rows

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
