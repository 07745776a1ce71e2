"""Common denominators: what passes in enough regions of enough countries, and how surely."""

from alpclusters.analysis.denominators.denominators import common_denominators
from alpclusters.analysis.denominators.results import Denominator, Denominators

__all__ = ["Denominator", "Denominators", "common_denominators"]
