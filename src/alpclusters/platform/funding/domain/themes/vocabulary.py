"""One vocabulary for programmes, budgets and strategies; the keys are those of the profiles."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from alpclusters.platform.actors.domain.named_lists import (
    ECOSYSTEMS,
    TECHNOLOGIES,
    ecosystem_label,
    technology_label,
)
from alpclusters.platform.funding.domain.lists import keys_of, name_of, names_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES

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
    return _by_word().get(words.strip().casefold())


@cache
def _by_word() -> dict[str, str]:
    found: dict[str, str] = {}
    for key in THEMES:
        names = names_of(_BROAD_TABLE, key) if key in BROAD else _labels(key)
        for word in (key, *names):
            # "Erneuerbare Energien" is an ecosystem and a technology: the ecosystem comes first.
            found.setdefault(word.casefold(), key)
    return found


def _labels(key: str) -> tuple[str, ...]:
    return tuple(theme_label(key, language) for language in LANGUAGE_CODES)
