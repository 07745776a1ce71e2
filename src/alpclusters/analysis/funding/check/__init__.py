"""The independent proof of a mix, in whole cents; shares no code with the optimiser."""

from alpclusters.analysis.funding.check.bound import BoundError, recompute_bound
from alpclusters.analysis.funding.check.checking import (
    CheckState,
    apply_change,
    check_mix,
    open_check,
)
from alpclusters.analysis.funding.check.common import (
    CommonAccount,
    CommonGrant,
    CommonLimit,
    check_common,
)
from alpclusters.analysis.funding.check.records import Ceiling, Check, Note, Violation

__all__ = [
    "BoundError",
    "Ceiling",
    "Check",
    "CheckState",
    "CommonAccount",
    "CommonGrant",
    "CommonLimit",
    "Note",
    "Violation",
    "apply_change",
    "check_common",
    "check_mix",
    "open_check",
    "recompute_bound",
]
