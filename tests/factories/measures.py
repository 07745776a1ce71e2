"""Measures for tests."""

from collections.abc import Mapping
from itertools import count

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.models import Measure

_numbers = count(1)


def make_measure(key: str = "", **fields: object) -> Measure:
    """Build a published measure of the catalogue with texts in five languages."""
    number = next(_numbers)
    key = key or f"measure_{number}"
    texts = {
        "name": {code: f"{key} {code}" for code in LANGUAGE_CODES},
        "description": {code: f"What {key} is, {code}." for code in LANGUAGE_CODES},
    }
    for field, words in texts.items():
        if isinstance(given := fields.pop(field, {}), Mapping):
            texts[field] = words | given
        else:
            texts[field] = given
    place = {"phase": "entry", "mode": "finance", "motive": "market", "order": number}
    return Measure.objects.create(**{"key": key, "type_key": key, **place, **texts, **fields})
