"""Kinds of instruments, each of one phase from awareness to internationalisation."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from alpclusters.analysis.funding.policy_mix.mixes import PHASES, Phase
from alpclusters.platform.funding.domain.lists import keys_of, name_of, names_of, rows_of

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
    return _by_word().get(words.strip().casefold())


@cache
def _by_word() -> dict[str, str]:
    return {word.casefold(): key for key in INSTRUMENTS for word in (key, *names_of(_TABLE, key))}
