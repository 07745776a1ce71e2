"""One answer per measure: valued by all, a bridge, divided, rejected, in the middle, or open."""

from alpclusters.analysis.decisions.deciding import decide, decide_votes
from alpclusters.analysis.decisions.results import (
    CLASSES,
    Decision,
    Decisions,
    GroupView,
    Outcome,
    Probability,
)

__all__ = [
    "CLASSES",
    "Decision",
    "Decisions",
    "GroupView",
    "Outcome",
    "Probability",
    "decide",
    "decide_votes",
]
