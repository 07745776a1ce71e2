"""What a mix is: who declares which cost to which offer, and what is granted for it."""

from dataclasses import dataclass
from typing import Final, Literal

NOTICE_KEY: Final = "funding.decision_support"
type Status = Literal[
    "optimal", "gap", "feasible", "undecided", "infeasible", "cancelled", "failed"
]


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Declared cost and grant of one offer on one line, in cents.

    Sorted by offer and line; an allocation holds only cells with a declared cost above 0.
    """

    offer: str
    line: str
    declared_ct: int
    grant_ct: int


type Allocation = tuple[Cell, ...]
