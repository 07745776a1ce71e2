"""What a plan lacks before others can rely on it: checks with their weight, and who lets pass."""

from alpclusters.platform.policy.domain.coverage.records import (
    Check,
    Coverage,
    Issue,
    On,
    Severity,
    severity_of,
)
from alpclusters.platform.policy.domain.coverage.signing import (
    coverage_of,
    leave_out,
    sign_off,
    take_back_sign_off,
)

__all__ = [
    "Check",
    "Coverage",
    "Issue",
    "On",
    "Severity",
    "coverage_of",
    "leave_out",
    "severity_of",
    "sign_off",
    "take_back_sign_off",
]
