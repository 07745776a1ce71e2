"""Rank measures: crossed effects on incomplete ratings, rank intervals, tiers, criteria."""

from alpclusters.analysis.ranking.errors import TooLargeError, WeightError
from alpclusters.analysis.ranking.ranking import rank_measures
from alpclusters.analysis.ranking.regions import RegionValues
from alpclusters.analysis.ranking.results import (
    CriterionRanking,
    RankedMeasure,
    Ranking,
    Tier,
    Variances,
)
from alpclusters.analysis.ranking.sensitivity import WeightSensitivity, weight_sensitivity
from alpclusters.analysis.ranking.tables import RatingColumns, rating_columns

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
