"""What stands in the way of an offer or a cost, and the reason made of it."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from alpclusters.analysis.funding.mix.ways import Way
from alpclusters.analysis.funding.rulebooks.records import Rule

type ObstacleKind = Literal[
    "closed", "not_eligible", "open", "category", "quarter", "theme", "late", "no_law",
    "article", "partner_floor", "floor", "partners", "countries", "member_states", "exclusive",
    "avoid", "max_offers", "own_means", "credit", "de_minimis", "effort", "displaced", "as_good",
    "no_costs", "no_offer", "unfit", "unknown", "other_costs", "other_time", "together",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way.

    Attributes
    ----------
    kind : str
    subject : str
        The offer, partner or article that it is about; empty where it is the offer itself.
    needed, found : int or None
        What is asked and what there is: cents, or how many.
    day : date or None
        The day that decides.
    rule : str
        The rule of the rule-books behind it, empty where it is the offer's own condition.
    act, article : str
        Where that rule stands.
    """

    kind: ObstacleKind
    subject: str = ""
    needed: int | None = None
    found: int | None = None
    day: dt.date | None = None
    rule: str = ""
    act: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something of a mix stays at nothing.

    Attributes
    ----------
    subject : str
        ``offer:X``, ``partner:P3``, ``package:W2``, ``line:L7``.
    obstacles : tuple of Obstacle
    ways : tuple of Way
        The one worth most first; those that were named only come last.
    """

    subject: str
    obstacles: tuple[Obstacle, ...]
    ways: tuple[Way, ...]


type Found = tuple[list[Obstacle], list[Way]]


def cited(obstacle: Obstacle, rule: Rule | None) -> Obstacle:
    """Return an obstacle with the rule of law behind it."""
    if rule is None:
        return obstacle
    return replace(obstacle, rule=rule.id, act=rule.act, article=rule.article)


def some(way: Way | None) -> list[Way]:
    """Return a way as a list, of none if there is none."""
    return [] if way is None else [way]
