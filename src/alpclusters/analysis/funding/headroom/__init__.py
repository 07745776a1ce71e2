"""What de minimis aid still may be granted to an undertaking, by day."""

from alpclusters.analysis.funding.headroom.rooms import (
    REGULATIONS,
    Grant,
    Headroom,
    Regulation,
    Release,
    headroom,
)

__all__ = ["REGULATIONS", "Grant", "Headroom", "Regulation", "Release", "headroom"]
