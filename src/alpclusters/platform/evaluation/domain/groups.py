"""Names of the groups in which people are shown: roles, regions, and what joins small ones."""

from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.disclosure import Group as Part
from alpclusters.platform.cafe.domain.roles import role_name
from alpclusters.platform.evaluation.domain.records import REGION, Group, Words
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region

OTHERS: Final = ""
"""Key of the one group that holds everybody who is in no other."""


def region_names(region: Region) -> Words:
    """Return the name of a region in the five languages."""
    return region.name.filled()


def name_groups(split: str, parts: Sequence[Part]) -> tuple[Group, ...]:
    """Name the groups of a split, that of all others last; one query for regions."""
    nodes = sorted(one.node for one in parts if one.node is not None)
    names = names_of(split, nodes)
    others = [_others_group(split, one.codes) for one in parts if one.node is None]
    return (*(Group(key, names[key]) for key in nodes), *others)


def name_of(split: str, key: str) -> Words:
    """Return the name of a role or family, a region or country, in the five languages."""
    return names_of(split, [key])[key]


def names_of(split: str, keys: Sequence[str]) -> dict[str, Words]:
    """Name roles or families, regions or countries, in the five languages; one query at most."""
    return _region_words(keys) if split == REGION else {key: _role_words(key) for key in keys}


def _role_words(key: str) -> Words:
    return {code: role_name(key, code) for code in LANGUAGE_CODES}


def _region_words(keys: Sequence[str]) -> dict[str, Words]:
    """Name regions; a country is named as such."""
    rows = Region.objects.filter(code__in=keys).order_by("last_vintage", "pk")
    found = {row.code: region_names(row) for row in rows}
    countries = {
        key: {code: country_name(key, code) for code in LANGUAGE_CODES}
        for key in keys
        if key not in found
    }
    return {**found, **countries}


def _others_group(split: str, codes: Sequence[str | None]) -> Group:
    """Name those who did not say, and what is too small alone."""
    return Group(OTHERS, {code: _others(split, codes, code) for code in LANGUAGE_CODES})


def _others(split: str, codes: Sequence[str | None], language: str) -> str:
    text = translator(language)
    # Translators: people who did not name their region or group when they rated
    unnamed = text.gettext("not stated")
    if all(code is None for code in codes):
        return unnamed
    name = text.gettext("Other regions") if split == REGION else text.gettext("Others")
    if None not in codes:
        return name
    # Translators: a group of people: all others, and those who did not say
    return text.gettext("%(others)s and not stated") % {"others": name}
