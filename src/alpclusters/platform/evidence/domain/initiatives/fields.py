"""The fields of an initiative that people edit, and how they are noted as theirs."""

from collections.abc import Iterable
from typing import Final

from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import TranslatedText

_ASKED: Final = tuple(fields_of(Initiative, lambda one: one.part))
TRANSLATED: Final = tuple(one.name for one in _ASKED if isinstance(one, TranslatedText))
PLAIN: Final = tuple(one.attname for one in _ASKED if one.name not in TRANSLATED)
FIELDS: Final = (*TRANSLATED, *PLAIN)
# Noted as edited when a person changes who took part: no import then writes over the partners.
PARTNERS: Final = "participations"
# A date and how exactly it is known are one thing to people and to imports.
_TOGETHER: Final = {"start_precision": "start", "end_precision": "end"}


def noted(edited: Iterable[str], changed: Iterable[str]) -> list[str]:
    """Return the fields that a person set, with those changed now.

    A text is noted by the languages that were set (``title_de``) and by its name (``title``), a
    relation by its name (``programme``).

    Parameters
    ----------
    edited : iterable of str
        What was noted before.
    changed : iterable of str
        Fields, those of texts with a language as their inputs are called.
    """
    names = set()
    for field in changed:
        name = field.removesuffix("_id")
        names.add(_TOGETHER.get(name, name))
        if text := _text_of(field):
            names.add(text)
    return sorted({*edited, *names})


def _text_of(name: str) -> str:
    """Return the text whose input is called so; empty where it is none."""
    text, _dash, code = name.rpartition("_")
    return text if text in TRANSLATED and code in LANGUAGE_CODES else ""


def freed(edited: Iterable[str], field: str) -> list[str]:
    """Return the fields that a person set, without one that follows its source again."""
    rest = {name for name in edited if name != field}
    base = _text_of(field)
    if base and not any(name.startswith(f"{base}_") for name in rest):
        rest.discard(base)
    return sorted(rest)
