"""Rank measures: crossed effects on incomplete ratings, rank intervals, tiers, criteria."""

from alpclusters.analysis.ranking.criteria import WeightSensitivity, weight_sensitivity
from alpclusters.analysis.ranking.posterior import RegionValues
from alpclusters.analysis.ranking.ranking import rank_measures
from alpclusters.analysis.ranking.ratings import (
    RatingColumns,
    TooLargeError,
    WeightError,
    rating_columns,
)
from alpclusters.analysis.ranking.results import (
    CriterionRanking,
    RankedMeasure,
    Ranking,
    Tier,
    Variances,
)

__all__ = [
    "CriterionRanking",
    "RankedMeasure",
    "Ranking",
    "RatingColumns",
    "RegionValues",
    "Tier",
    "TooLargeError",
    "Variances",
    "WeightError",
    "WeightSensitivity",
    "rank_measures",
    "rating_columns",
    "weight_sensitivity",
]
