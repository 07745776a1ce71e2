"""Several cases of the same undertakings on one account of de minimis and exempted aid."""

from alpclusters.analysis.funding.joint.parts import Learnt, Part
from alpclusters.analysis.funding.joint.weighing import (
    AccountResult,
    OrderResult,
    PartResult,
    Together,
    joint_part,
    refuse_together,
    weigh_together,
)

__all__ = [
    "AccountResult",
    "Learnt",
    "OrderResult",
    "Part",
    "PartResult",
    "Together",
    "joint_part",
    "refuse_together",
    "weigh_together",
]
