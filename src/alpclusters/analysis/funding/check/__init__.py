"""The independent proof of a mix, in whole cents; shares no code with the optimiser.

Read it in this order: ``checking`` (the steps, in their order), ``ground`` and ``findings`` (what
a step is given and answers), then the steps: ``cells`` (1), ``cumulation`` (2 to 6), ``accounts``
(7, 8), ``offers`` (9 to 11, 15, 16), ``interreg``, ``means`` (12 to 14), ``law_in_time``. ``aid``
says what is State aid, ``conditions`` who may take part. ``common`` adds up several mixes, and
``bound`` recomputes how good a mix could be at most.
"""

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
from alpclusters.analysis.funding.check.findings import Ceiling, Check, Note, Violation

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
