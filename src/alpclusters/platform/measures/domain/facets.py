"""Phase, mode of support and motive: their words in five languages, in their order."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import Row, filled, read_rows

FACETS: Final = ("phase", "mode", "motive")
SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, e.g. the phase "entry"."""

    facet: str
    key: str
    names: dict[str, str]
    definitions: dict[str, str]

    def name(self, language: str | None) -> str:
        """Return its name in a language."""
        return self.names[nearest_language(language)]

    def definition(self, language: str | None) -> str:
        """Return what it means in a language."""
        return self.definitions[nearest_language(language)]


@cache
def facet_values(facet: str) -> tuple[FacetValue, ...]:
    """Return the values of a facet in their order."""
    rows = [row for row in read_rows(SEEDS / "facets.csv") if row["facet"] == facet]
    return tuple(_value(row) for row in sorted(rows, key=lambda row: int(row["order"])))


def facet_name(facet: str, key: str, language: str | None) -> str:
    """Return the name of a value; a value that is not in the table names itself."""
    return next((v.name(language) for v in facet_values(facet) if v.key == key), key)


def _value(row: Row) -> FacetValue:
    return FacetValue(
        facet=row["facet"],
        key=row["key"],
        names=filled(row, "name"),
        definitions=filled(row, "definition"),
    )
