"""The evaluation of all recommendations and results of a project, rejected ones included."""

from alpclusters.reports.plan_evaluation.document import build_overall_evaluation
from alpclusters.reports.plan_evaluation.reading import RecommendationsSubject, read_recommendations

__all__ = ["RecommendationsSubject", "build_overall_evaluation", "read_recommendations"]
