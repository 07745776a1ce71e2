"""Words of lists in five languages: countries, types of body, groups of society, ecosystems."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from django.utils import translation

from alpclusters.platform.actors.domain.named_lists import (
    ECOSYSTEMS,
    ecosystem_label,
    helix_choices,
)
from alpclusters.platform.actors.models import OrganisationType
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.seed_rows import filled, read_rows
from alpclusters.platform.territory.domain.names import SEEDS as TERRITORY_SEEDS
from alpclusters.sources.organisation_fields import country_of as english_country_of

# domain.md 2.2: cluster organisations are intermediaries whatever their legal form.
HELIX_OF: Final[Mapping[str, str]] = {
    "sme": "business",
    "large": "business",
    "start_up": "business",
    "university": "research",
    "applied_research": "research",
    "technology_centre": "research",
    "ministry": "public",
    "regional_government": "public",
    "agency": "public",
    "municipality": "public",
    "association": "civil",
    "cluster_organisation": "intermediary",
    "chamber": "intermediary",
    "business_association": "intermediary",
    "development_agency": "intermediary",
    "innovation_agency": "intermediary",
    "incubator": "intermediary",
    "bank": "finance",
    "fund": "finance",
    "investor": "finance",
}
_FURTHER_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "sme": ("KMU", "PME", "PMI", "MSP", "small and medium-sized enterprise", "SME"),
    "large": ("Großunternehmen", "grande entreprise", "grande impresa", "veliko podjetje"),
    "start_up": ("startup", "Startup", "jeune pousse", "zagonsko podjetje"),
    "university": ("Hochschule", "Fachhochschule", "école supérieure", "ateneo", "fakulteta"),
    "municipality": ("Stadt", "ville", "mestna občina", "city"),
    "association": ("Verein", "NGO", "ONG", "NRO", "društvo", "asociación"),
    "cluster_organisation": (
        "cluster", "Cluster", "Clusterorganisation", "cluster organization", "Clusterinitiative",
        "pôle de compétitivité", "grozd", "organisation de cluster", "organizzazione di cluster",
    ),
    "chamber": ("Wirtschaftskammer", "chambre de commerce", "camera di commercio", "zbornica"),
    "incubator": ("Gründerzentrum", "incubateur", "incubatore", "inkubator"),
}  # fmt: skip
_LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "bronze": ("bronze", "bronzo", "bron", "bronasti", "bronasta"),
    "silver": ("silver", "silber", "argent", "argento", "srebro", "srebrni", "srebrna"),
    "gold": ("gold", "or", "oro", "zlato", "zlati", "zlata"),
}


def country_of(text: str) -> str | None:
    """Return the ISO code of a country by code or by name in one of the five languages.

    Examples
    --------
    >>> country_of("Avstrija"), country_of("EL"), country_of("Suisse"), country_of("Atlantis")
    ('AT', 'GR', 'CH', None)
    """
    return _countries().get(fold(text)) or english_country_of(text.strip())


def type_of(text: str) -> str | None:
    """Return the type of body for a key or a word in one of the five languages.

    Examples
    --------
    >>> type_of("Cluster"), type_of("cluster_organisation"), type_of("Fabelwesen")
    ('cluster_organisation', 'cluster_organisation', None)
    """
    return _types().get(fold(text).strip())


def helix_of(text: str) -> str | None:
    """Return the group of society for a key or a name in one of the five languages."""
    return _helices().get(fold(text).strip())


def ecosystem_of(text: str) -> str | None:
    """Return the key of an industrial ecosystem for its key or name."""
    return _ecosystems().get(fold(text).strip())


def level_of(text: str) -> str | None:
    """Return the level of a label: the first word of a cell that names one.

    Examples
    --------
    >>> level_of("Gold Label 2024"), level_of("Silber"), level_of("none")
    ('gold', 'silver', None)
    """
    words = fold(text).replace("-", " ").split()
    return next((_level_words()[word] for word in words if word in _level_words()), None)


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_rows(TERRITORY_SEEDS / "country_names.csv"):
        iso = english_country_of(row["code"]) or row["code"]
        found.update({fold(name): iso for name in filled(row, "name").values()})
    return found


@cache
def _types() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in OrganisationType:
        words = (kind.value, *_in_all_languages(kind), *_FURTHER_TYPES.get(kind.value, ()))
        for word in words:
            found.setdefault(fold(word), kind.value)
            found.setdefault(fold(word).replace("_", " "), kind.value)
    return found


def _in_all_languages(kind: OrganisationType) -> Iterator[str]:
    with translation.override("en"):
        english = str(kind.label)
    for code in LANGUAGE_CODES:
        yield translator(code).gettext(english)


@cache
def _helices() -> dict[str, str]:
    pairs = [pair for code in LANGUAGE_CODES for pair in helix_choices(code)]
    return {fold(word): key for key, name in pairs for word in (key, name)}


@cache
def _ecosystems() -> dict[str, str]:
    found: dict[str, str] = {}
    for key in ECOSYSTEMS:
        names = (key, key.replace("_", " "), *(ecosystem_label(key, c) for c in LANGUAGE_CODES))
        found.update({fold(name): key for name in names})
    return found


@cache
def _level_words() -> dict[str, str]:
    return {word: level for level, words in _LEVELS.items() for word in words}
