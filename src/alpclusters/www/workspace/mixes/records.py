"""The records of a stored check: what the phrases of notes and violations are made from."""

from collections.abc import Mapping
from typing import Any

from alpclusters.analysis.funding.check.records import Note, Violation


def violation_of(item: Mapping[str, Any]) -> Violation:
    """Return a stored violation as its record."""
    return Violation(**item)


def note_of(item: Mapping[str, Any]) -> Note:
    """Return a stored note as its record."""
    return Note(**item)
