"""Common denominators: what passes in enough regions of enough countries, and how surely."""

from alpclusters.analysis.denominators.denominators import (
    Denominator,
    Denominators,
    common_denominators,
)

__all__ = ["Denominator", "Denominators", "common_denominators"]
