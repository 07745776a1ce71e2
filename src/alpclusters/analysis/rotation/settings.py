"""How to weigh wishes and how long to search."""

from dataclasses import dataclass
from typing import Literal

from alpclusters.analysis.rotation.search import LANGUAGE_WEIGHT, Prefer

Variant = Literal["rotate", "return", "walking_hosts"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to weigh and how long to search; part of the conventions of a plan.

    The fields are those of `seat`.
    """

    language_weight: float = LANGUAGE_WEIGHT
    prefer: Prefer = "spread"
    variant: Variant = "rotate"
    stay: bool = False
    seed: int = 0
    max_iterations: int | None = None
