"""Budgets by instrument, theme and region: spread and gaps; what two strategies share."""

from alpclusters.analysis.funding.policy_mix.mixes import (
    MOST_UNKNOWN,
    PHASES,
    Diversity,
    Entry,
    Mix,
    Sum,
    diversity,
    policy_mix,
)
from alpclusters.analysis.funding.policy_mix.strategies import (
    Gaps,
    Part,
    Strategy,
    Synergy,
    ThemeGap,
    Weights,
    policy_gaps,
    synergy,
    theme_weights,
)

__all__ = [
    "MOST_UNKNOWN",
    "PHASES",
    "Diversity",
    "Entry",
    "Gaps",
    "Mix",
    "Part",
    "Strategy",
    "Sum",
    "Synergy",
    "ThemeGap",
    "Weights",
    "diversity",
    "policy_gaps",
    "policy_mix",
    "synergy",
    "theme_weights",
]
