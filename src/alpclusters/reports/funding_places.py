"""Territories of conditions as people read them: countries, regions, programme areas."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform import territory
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import filled, read_rows
from alpclusters.platform.territory.domain.finding import country_name

_SEEDS: Final = Path(territory.__path__[0]) / "seeds"
_SHOWN: Final = 4
_MORE: Final = _("%(places)s and %(n)s more")
_WITHOUT: Final = _("%(places)s without %(excepted)s")
_COUNTRY: Final = 2


def territory_words(operand: Mapping[str, object], language: str) -> str:
    """Name a territory operand: its area, or its codes with names and exceptions."""
    gettext = translator(language).gettext
    if "area" in operand:
        return area_name(str(operand["area"]), language)
    included = places_words(_codes(operand.get("nuts")), language)
    excepted = _codes(operand.get("except"))
    if not excepted:
        return included
    told = {"places": included, "excepted": places_words(excepted, language)}
    return gettext(_WITHOUT) % told


def places_words(codes: Sequence[str], language: str) -> str:
    """List places by name, the first few of many."""
    names = [place_name(code, language) for code in codes]
    if len(names) <= _SHOWN + 1:
        return ", ".join(names) or "–"
    told = {"places": ", ".join(names[:_SHOWN]), "n": len(names) - _SHOWN}
    return translator(language).gettext(_MORE) % told


def place_name(code: str, language: str) -> str:
    """Name a country, or a region with its code."""
    if len(code) == _COUNTRY:
        return country_name(code, language)
    name = _regions().get(code, {}).get(nearest_language(language))
    return f"{name} ({code})" if name else code


def area_name(key: str, language: str) -> str:
    """Name a programme area; an unknown one names itself."""
    return _areas().get(key, {}).get(nearest_language(language), key)


@cache
def _regions() -> Mapping[str, Mapping[str, str]]:
    return _named("region_names.csv", "code")


@cache
def _areas() -> Mapping[str, Mapping[str, str]]:
    return _named("programme_areas.csv", "key")


def _named(file: str, key: str) -> dict[str, dict[str, str]]:
    return {row[key]: filled(row, "name") for row in read_rows(_SEEDS / file)}


def _codes(value: object) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list | tuple) else []
