"""What a check of everything published found: how many were compared, and what does not agree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not stand as the data give it.

    Attributes
    ----------
    where : str
        Address of the page with its language, or the file name of the document.
    what : str
        Key of the number or sentence, for example ``activities``.
    shown, expected : str
        What stands there, and what the data give.
    """

    where: str
    what: str
    shown: str
    expected: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How many numbers or sentences were compared, and those that do not agree."""

    n: int = 0
    mismatches: tuple[Mismatch, ...] = ()

    def __add__(self, other: Checked) -> Checked:
        """Join two parts of one check."""
        return Checked(self.n + other.n, self.mismatches + other.mismatches)
