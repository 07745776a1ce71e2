"""From a case to its mix: the computation in a process of its own, and the runs people ask for."""

from alpclusters.platform.funding.domain.mixing.processes import (
    compute_chances,
    compute_joint,
    compute_mix,
)

__all__ = ["compute_chances", "compute_joint", "compute_mix"]
