"""Several cases of the same undertakings on one account of de minimis and exempted aid."""

from alpclusters.analysis.funding.joint.parts import Learnt, Part
from alpclusters.analysis.funding.joint.weighing import (
    AccountResult,
    OrderResult,
    PartResult,
    Together,
    weigh_together,
)

__all__ = [
    "AccountResult",
    "Learnt",
    "OrderResult",
    "Part",
    "PartResult",
    "Together",
    "weigh_together",
]
