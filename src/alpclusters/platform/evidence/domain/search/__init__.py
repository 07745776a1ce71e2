"""Full-text search over initiatives, activities, lessons, documents and their pages."""

from alpclusters.platform.evidence.domain.search.schema import Kind
from alpclusters.platform.evidence.domain.search.searching import (
    Hits,
    SimilarActivity,
    search_evidence,
    similar_activities,
)

__all__ = ["Hits", "Kind", "SimilarActivity", "search_evidence", "similar_activities"]
