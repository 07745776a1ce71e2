"""Budgets by instrument, theme and region: spread and gaps; what two strategies share."""

from alpclusters.analysis.funding.policy_mix.diversities import MOST_UNKNOWN, Diversity, diversity
from alpclusters.analysis.funding.policy_mix.gaps import Gaps, ThemeGap, policy_gaps
from alpclusters.analysis.funding.policy_mix.mixes import PHASES, Entry, Mix, Sum, policy_mix
from alpclusters.analysis.funding.policy_mix.synergies import (
    Part,
    Strategy,
    Synergy,
    synergy,
)
from alpclusters.analysis.funding.policy_mix.weights import Weights, theme_weights

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
