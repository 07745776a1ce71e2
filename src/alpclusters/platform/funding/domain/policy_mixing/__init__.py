"""Budgets and strategies as the methods take them."""

from alpclusters.platform.funding.domain.policy_mixing.budgets import (
    Scope,
    budget_periods,
    entries_of,
    read_budgets,
)
from alpclusters.platform.funding.domain.policy_mixing.strategies import Subject, read_subjects

__all__ = (
    "Scope",
    "Subject",
    "budget_periods",
    "entries_of",
    "read_budgets",
    "read_subjects",
)
