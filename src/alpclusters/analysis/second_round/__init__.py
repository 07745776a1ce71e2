"""The second round against the first: who stayed, who moved, whether views came closer."""

from alpclusters.analysis.second_round.comparing import compare_rounds
from alpclusters.analysis.second_round.pairing import TwoRounds, rounds_by_item, standing_answers
from alpclusters.analysis.second_round.results import (
    AgreementChange,
    Attendance,
    Change,
    Comparison,
    Leavers,
    MeasureChange,
    Migration,
)
from alpclusters.analysis.second_round.sign_flip import SignFlip, corrected_p_values, sign_flip_test

__all__ = [
    "AgreementChange",
    "Attendance",
    "Change",
    "Comparison",
    "Leavers",
    "MeasureChange",
    "Migration",
    "SignFlip",
    "TwoRounds",
    "compare_rounds",
    "corrected_p_values",
    "rounds_by_item",
    "sign_flip_test",
    "standing_answers",
]
