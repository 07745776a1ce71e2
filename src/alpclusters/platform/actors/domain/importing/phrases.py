"""Sentences about rows, in the language of whoever imports.

The sentences lie in a layer above; a name in a string is no import, as with the addresses.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from django.utils.module_loading import import_string

from alpclusters.analysis.errors import RecordError
from alpclusters.sources.records import Note

_ERRORS: Final = "alpclusters.reports.errors"
_NOTES: Final = "alpclusters.reports.source_notes"


def reason(error: RecordError, language: str) -> str:
    """Say why a row was rejected and what to do."""
    parts = (_named(f"{_ERRORS}.{name}")(error, language) for name in ("what", "remedy"))
    return " ".join(filter(None, parts))


def sentences(notes: Sequence[Note], language: str) -> list[str]:
    """Say what was noted, each sentence once."""
    note_sentence = _named(f"{_NOTES}.note_sentence")
    return list(dict.fromkeys(note_sentence(note, language) for note in notes))


@cache
def _named(path: str) -> Any:
    return import_string(path)
