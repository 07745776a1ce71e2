"""What lasted after the funding: counts of families and activities, split and filtered."""

from alpclusters.platform.evidence.domain.synthesis.counting import (
    TypeEvidence,
    evidence_of_measure_type,
)

__all__ = ["TypeEvidence", "evidence_of_measure_type"]
