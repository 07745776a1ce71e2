"""The fields of an initiative that people edit, and how they are noted as theirs."""

from collections.abc import Iterable
from typing import Final

from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import TranslatedText

_ASKED: Final = tuple(fields_of(Initiative, lambda one: one.part))
TRANSLATED: Final = tuple(one.name for one in _ASKED if isinstance(one, TranslatedText))
TEXT_FIELDS: Final = tuple(f"{name}_{code}" for name in TRANSLATED for code in LANGUAGE_CODES)
PLAIN: Final = tuple(one.attname for one in _ASKED if one.name not in TRANSLATED)
FIELDS: Final = (*TEXT_FIELDS, *PLAIN)
# Noted as edited when a person changes who took part: no import then writes over the partners.
PARTNERS: Final = "participations"
# A date and how exactly it is known are one thing to people and to imports.
_TOGETHER: Final = {"start_precision": "start", "end_precision": "end"}


def noted(edited: Iterable[str], changed: Iterable[str]) -> list[str]:
    """Return the fields that a person set, with those changed now.

    A text is noted by its column (``title_de``) and by its name (``title``), a relation by its
    name (``programme``).
    """
    names = set()
    for field in changed:
        name = field.removesuffix("_id")
        names.add(_TOGETHER.get(name, name))
        if field in TEXT_FIELDS:
            names.add(field.rpartition("_")[0])
    return sorted({*edited, *names})


def freed(edited: Iterable[str], field: str) -> list[str]:
    """Return the fields that a person set, without one that follows its source again."""
    rest = {name for name in edited if name != field}
    base = field.rpartition("_")[0]
    if base in TRANSLATED and not any(name.startswith(f"{base}_") for name in rest):
        rest.discard(base)
    return sorted(rest)
