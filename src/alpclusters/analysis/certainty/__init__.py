"""Certainty of a lesson from A to D, families of initiatives, what lasted, and what is unknown."""

from alpclusters.analysis.certainty.families import Families, Tie, Undertaking, find_families
from alpclusters.analysis.certainty.gathering import (
    OUTCOMES,
    Evidence,
    Lasting,
    Outcome,
    Piece,
    Source,
    find_gaps,
    gather,
    lasting_share,
)
from alpclusters.analysis.certainty.grading import Certainty, Coding, grade_lesson
from alpclusters.analysis.certainty.rules import CONVENTION, RULES, PlanRules, Reason

__all__ = [
    "CONVENTION",
    "OUTCOMES",
    "RULES",
    "Certainty",
    "Coding",
    "Evidence",
    "Families",
    "Lasting",
    "Outcome",
    "Piece",
    "PlanRules",
    "Reason",
    "Source",
    "Tie",
    "Undertaking",
    "find_families",
    "find_gaps",
    "gather",
    "grade_lesson",
    "lasting_share",
]
