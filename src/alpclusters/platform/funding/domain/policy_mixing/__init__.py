"""Budgets and strategies as the methods take them."""

from alpclusters.platform.funding.domain.policy_mixing.budgets import (
    Scope,
    budget_periods,
    entries_of,
    read_budgets,
)
from alpclusters.platform.funding.domain.policy_mixing.strategies import (
    OTHER_LIST,
    Subject,
    read_subjects,
    synergies_of,
    synergy_of,
)

__all__ = (
    "OTHER_LIST",
    "Scope",
    "Subject",
    "budget_periods",
    "entries_of",
    "read_budgets",
    "read_subjects",
    "synergies_of",
    "synergy_of",
)
