"""Whether the law of a day is known: acts that hold, and what is said where none does."""

import datetime as dt
from collections.abc import Set as AbstractSet
from typing import Final

from alpclusters.analysis.funding.check.ground import Ground

# Where one of these stands, a mix is neither valid nor wrong.
LAW_OPEN: Final = frozenset({"law_unknown", "transition_open", "period_open", "costs_after_period"})


def acts_of(ground: Ground, article: str) -> frozenset[str]:
    """Return the acts in which an article of this name stands on any day."""
    return frozenset(r.act for book in ground.books for r in book.rules if r.id == article)


def is_in_force(ground: Ground, acts: AbstractSet[str], day: dt.date) -> bool:
    """Say whether one of these acts has rules that hold on a day and may end."""
    held = (rule for rule in ground.rules(day).values() if rule.valid_to or rule.ends)
    return any(rule.act in acts for rule in held)
