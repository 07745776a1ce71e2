"""The words of the hot path; a contract test holds them against the models."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform import actors, cafe

# The round of rating a phase takes answers for (platform.cafe.models.phases.RATING_ROUNDS).
RATING_ROUNDS: Final = {"rating": 1, "topthree": 1, "rating2": 2}
# How long answers made offline are still taken after the input was stopped.
GRACE_MS: Final = 120_000
# Answers to the questions about the day itself.
FEEDBACK: Final = (1, 5)
BEFORE_TALK: Final = frozenset({"draft", "lobby", "presentation"})
AT_TABLES: Final = frozenset({"seating", "talk", "harvest"})
SOURCES: Final = ("phone", "proxy", "paper")
PHONE: Final = "phone"
PAPER: Final = "paper"
# The block that says how many took part; it gives away no result.
PARTICIPATION: Final = "participation"
TOP: Final = 3
_OF: Final = {"levels": actors}


@cache
def keys_of(name: str) -> frozenset[str]:
    """Return the keys of a table of facts: ``roles``, ``levels``, ``experience``."""
    seeds = Path(next(iter(_OF.get(name, cafe).__path__))) / "seeds"
    with (seeds / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["key"] for row in csv.DictReader(file))
