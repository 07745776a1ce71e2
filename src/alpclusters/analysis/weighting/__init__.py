"""Who was not in the room: weights to known margins, and how far a finding hangs on who came."""

from alpclusters.analysis.weighting.margins import Breakdown, Estimate, MarginError, Weights
from alpclusters.analysis.weighting.mixed import mrp
from alpclusters.analysis.weighting.raking import effective_n, poststratify, rake
from alpclusters.analysis.weighting.surviving import breakdown, turning_share, worst_case

__all__ = [
    "Breakdown",
    "Estimate",
    "MarginError",
    "Weights",
    "breakdown",
    "effective_n",
    "mrp",
    "poststratify",
    "rake",
    "turning_share",
    "worst_case",
]
