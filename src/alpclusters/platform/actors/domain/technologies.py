"""A small list of technologies; free words are allowed beside it."""

from typing import Final

from alpclusters.platform.actors.domain.named_lists import names_of
from alpclusters.platform.languages.codes import nearest_language

TECHNOLOGIES: Final = (
    "advanced_manufacturing",
    "additive_manufacturing",
    "robotics",
    "mechatronics",
    "advanced_materials",
    "plastics",
    "lightweight",
    "nanotechnology",
    "micro_electronics",
    "photonics",
    "sensors",
    "artificial_intelligence",
    "data",
    "internet_of_things",
    "cybersecurity",
    "biotechnology",
    "medical_technology",
    "renewable_energy",
    "energy_storage",
    "hydrogen",
    "environmental_technology",
    "circular_economy",
    "timber",
    "space",
)


def technology_label(key: str, language: str | None) -> str:
    """Return the name of a technology of the list; a free word names itself."""
    return names_of("technologies").get(key, {}).get(nearest_language(language), key)
