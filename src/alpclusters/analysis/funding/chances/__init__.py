"""What a plan of applications is worth if not all of them are granted."""

from alpclusters.analysis.funding.chances.rates import Chance, Step, application_steps, chance_of
from alpclusters.analysis.funding.chances.weighing import Outcome, Part, Weighed, weigh_chances

__all__ = [
    "Chance",
    "Outcome",
    "Part",
    "Step",
    "Weighed",
    "application_steps",
    "chance_of",
    "weigh_chances",
]
