"""What the figures of programmes are called, and terms in words, in five languages."""

from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import filled, read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"

type Labels = dict[str, dict[str, str]]


def parameter_label(name: str, language: str | None) -> str:
    """Return what a figure is called; a name that somebody added names itself."""
    known = _labels("parameter_names").get(name)
    return known[nearest_language(language)] if known else name.replace("_", " ")


def parameter_words(value: str, language: str | None) -> str | None:
    """Return a term of the vocabulary in words; None where the value is somebody's own words."""
    known = _labels("parameter_words").get(value)
    return known[nearest_language(language)] if known else None


def parameter_names() -> tuple[str, ...]:
    """Return the names that have labels, in the order of their table."""
    return tuple(_labels("parameter_names"))


@cache
def _labels(table: str) -> Labels:
    rows = read_rows(SEEDS / f"{table}.csv")
    return {row["key"]: filled(row, "label") for row in rows}
