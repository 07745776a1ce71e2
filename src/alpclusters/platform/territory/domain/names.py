"""Names of countries in five languages."""

from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import filled, read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
_OF_EUROSTAT: Final = frozenset({"EL", "UK"})


@cache
def _countries() -> dict[str, dict[str, str]]:
    rows = read_rows(SEEDS / "country_names.csv")
    return {row["code"]: filled(row, "name") for row in rows}


def country_name(code: str, language: str | None) -> str:
    """Return the name of a country; a code that is not in the table names itself."""
    return _countries().get(code, {}).get(nearest_language(language), code)


def iso_countries() -> list[str]:
    """List the ISO 3166-1 codes of the table; Eurostat writes two countries otherwise."""
    return [code for code in _countries() if code not in _OF_EUROSTAT]
