"""The word that stands with everything that is invented, in each language."""

from typing import Final

SIMULATED: Final = {
    "de": "simuliert",
    "en": "simulated",
    "fr": "simulé",
    "it": "simulato",
    "sl": "simulirano",
}
