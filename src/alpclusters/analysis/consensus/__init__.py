"""How people rated: counts, middle, spread, agreement, intervals, small groups withheld."""

from alpclusters.analysis.consensus.describing import describe
from alpclusters.analysis.consensus.intervals import (
    Bounds,
    RankBounds,
    jeffreys_interval,
    median_ranks,
    wilson_interval,
)
from alpclusters.analysis.consensus.ratings import CANNOT_JUDGE, Ratings
from alpclusters.analysis.consensus.results import (
    Description,
    GroupCell,
    Interval,
    MeasureDescription,
    Summary,
)
from alpclusters.analysis.consensus.suppression import (
    Withheld,
    WithheldTable,
    withhold_groups,
    withhold_table,
)
from alpclusters.analysis.consensus.tastle import Consensus, tastle_wierman

__all__ = [
    "CANNOT_JUDGE",
    "Bounds",
    "Consensus",
    "Description",
    "GroupCell",
    "Interval",
    "MeasureDescription",
    "RankBounds",
    "Ratings",
    "Summary",
    "Withheld",
    "WithheldTable",
    "describe",
    "jeffreys_interval",
    "median_ranks",
    "tastle_wierman",
    "wilson_interval",
    "withhold_groups",
    "withhold_table",
]
