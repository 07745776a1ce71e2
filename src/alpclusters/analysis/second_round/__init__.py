"""The second round against the first: who stayed, who moved, whether views came closer."""

from alpclusters.analysis.second_round.comparing import compare_rounds
from alpclusters.analysis.second_round.corrections import corrected_p_values
from alpclusters.analysis.second_round.results import (
    AgreementChange,
    Attendance,
    Change,
    Comparison,
    Leavers,
    MeasureChange,
    Migration,
)
from alpclusters.analysis.second_round.sign_flip import SignFlip, sign_flip_test

__all__ = [
    "AgreementChange",
    "Attendance",
    "Change",
    "Comparison",
    "Leavers",
    "MeasureChange",
    "Migration",
    "SignFlip",
    "compare_rounds",
    "corrected_p_values",
    "sign_flip_test",
]
