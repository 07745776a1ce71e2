"""Short lists of facts of the funding part, with names in five languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from alpclusters.analysis.funding.policy_mix.mixes import PHASES, Phase
from alpclusters.platform.actors.domain.named_lists import (
    ECOSYSTEMS,
    TECHNOLOGIES,
    ecosystem_label,
    technology_label,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
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


# --- Kinds of instruments, each of one phase from awareness to internationalisation ---------------


_TABLE: Final = "instruments"
INSTRUMENTS: Final = keys_of(_TABLE)
PHASE_OF: Final[Mapping[str, Phase]] = MappingProxyType(
    {r["key"]: phase for r in rows_of(_TABLE) for phase in PHASES if r["phase"] == phase}
)


def instrument_label(key: str, language: str | None) -> str:
    """Return the name of an instrument; a key that is none names itself."""
    return name_of(_TABLE, key, language)


def phase_label(key: str, language: str | None) -> str:
    """Return the name of a phase."""
    return name_of("phases", key, language)


def find_instrument(words: str) -> str | None:
    """Return the key that somebody means: the key itself, or a name in any language."""
    return _kinds_by_word().get(words.strip().casefold())


@cache
def _kinds_by_word() -> dict[str, str]:
    return {word.casefold(): key for key in INSTRUMENTS for word in (key, *names_of(_TABLE, key))}


# --- One vocabulary for programmes, budgets and strategies; the keys are those of the profiles


_BROAD_TABLE: Final = "programme_themes"
# Themes as macro-regional programmes state them, broader than an ecosystem or a technology.
BROAD: Final = keys_of(_BROAD_TABLE)
THEMES: Final = (*ECOSYSTEMS, *TECHNOLOGIES, *BROAD)


def theme_label(key: str, language: str | None) -> str:
    """Return the name of a theme; a key that is none names itself."""
    if key in BROAD:
        return name_of(_BROAD_TABLE, key, language)
    return (ecosystem_label if key in ECOSYSTEMS else technology_label)(key, language)


def theme_groups() -> Mapping[str, tuple[str, ...]]:
    """Return the keys by the list they are of."""
    return {"ecosystems": ECOSYSTEMS, "technologies": TECHNOLOGIES, "programmes": BROAD}


def find_theme(words: str) -> str | None:
    """Return the key that somebody means: the key itself, or a name in any language."""
    return _vocabulary_by_word().get(words.strip().casefold())


@cache
def _vocabulary_by_word() -> dict[str, str]:
    found: dict[str, str] = {}
    for key in THEMES:
        names = names_of(_BROAD_TABLE, key) if key in BROAD else _labels(key)
        for word in (key, *names):
            # "Erneuerbare Energien" is an ecosystem and a technology: the ecosystem comes first.
            found.setdefault(word.casefold(), key)
    return found


def _labels(key: str) -> tuple[str, ...]:
    return tuple(theme_label(key, language) for language in LANGUAGE_CODES)
