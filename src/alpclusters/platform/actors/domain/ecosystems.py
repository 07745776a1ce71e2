"""The 14 industrial ecosystems of the European industrial strategy."""

from typing import Final

from alpclusters.platform.actors.domain.named_lists import names_of
from alpclusters.platform.languages.codes import nearest_language

ECOSYSTEMS: Final = (
    "aerospace_defence",
    "agri_food",
    "construction",
    "cultural_creative",
    "digital",
    "electronics",
    "energy_intensive",
    "energy_renewables",
    "health",
    "mobility_transport_automotive",
    "proximity_social_economy",
    "retail",
    "textile",
    "tourism",
)


def ecosystem_label(key: str, language: str | None) -> str:
    """Return the name; the translations are ours, the English names those of the Commission.

    An ecosystem is chosen by a person, never computed from a sector.
    """
    return names_of("ecosystems").get(key, {}).get(nearest_language(language), key)
