"""When a sentence about a result may be said: conditions as pure functions on frozen results.

The words stand in ``reports/claims``; how the two fit together: docs/developer/sentences.md.
"""

from alpclusters.analysis.claims.certainties import (
    SURE,
    among_best,
    axis_word,
    lower_groups,
    may_turn,
    valued_by_every_group,
)
from alpclusters.analysis.claims.changes import Direction, direction
from alpclusters.analysis.claims.leaders import Estimate, sole_leader, within_reach
from alpclusters.analysis.claims.order import may_follow
from alpclusters.analysis.claims.standings import Standing, standing
from alpclusters.analysis.claims.verdicts import HOLDS, Verdict, refused

__all__ = [
    "HOLDS",
    "SURE",
    "Direction",
    "Estimate",
    "Standing",
    "Verdict",
    "among_best",
    "axis_word",
    "direction",
    "lower_groups",
    "may_follow",
    "may_turn",
    "refused",
    "sole_leader",
    "standing",
    "valued_by_every_group",
    "within_reach",
]
