"""When a sentence about a result may be said: conditions as pure functions on frozen results.

The words stand in ``reports/claims``; how the two fit together: docs/developer/sentences.md.
"""

from alpclusters.analysis.claims.conditions import (
    HOLDS,
    SURE,
    Direction,
    Estimate,
    Standing,
    Verdict,
    among_best,
    axis_word,
    direction,
    lower_groups,
    may_follow,
    may_turn,
    refused,
    sole_leader,
    standing,
    valued_by_every_group,
    within_reach,
)

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
