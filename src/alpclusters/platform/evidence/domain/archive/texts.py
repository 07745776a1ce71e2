"""Translated texts as columns: one per language."""

from typing import Final

from alpclusters.platform.languages.codes import LANGUAGE_CODES

LANGUAGES: Final = LANGUAGE_CODES


def translated(*names: str) -> list[str]:
    """Return the columns of translated fields."""
    return [f"{name}_{code}" for name in names for code in LANGUAGES]
