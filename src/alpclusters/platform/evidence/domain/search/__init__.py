"""Full-text search over initiatives, activities, lessons, documents and their pages."""

from alpclusters.platform.evidence.domain.search.rows import Kind
from alpclusters.platform.evidence.domain.search.searching import Hits, search_evidence
from alpclusters.platform.evidence.domain.search.similar import (
    SimilarActivity,
    similar_activities,
)

__all__ = ["Hits", "Kind", "SimilarActivity", "search_evidence", "similar_activities"]
