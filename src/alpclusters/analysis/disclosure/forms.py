"""In which forms a question may be shown, the most telling first."""

from typing import Final, Literal

type Form = Literal["counts", "bands", "high", "withheld"]
WITHHELD: Final[Form] = "withheld"
FEWEST: Final = 5
"""Judgements below which nothing is said, of everybody or of a group."""
