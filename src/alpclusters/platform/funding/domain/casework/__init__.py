"""Build a case: who takes part, at which cost, and which offers are considered."""

from alpclusters.platform.funding.domain.casework.copying import (
    delete_case,
    duplicate_case,
    import_case,
)
from alpclusters.platform.funding.domain.casework.documents import (
    CaseReport,
    change_case,
    check_case,
)
from alpclusters.platform.funding.domain.casework.starting import (
    start_from_intent,
    start_from_project,
)

__all__ = (
    "CaseReport",
    "change_case",
    "check_case",
    "delete_case",
    "duplicate_case",
    "import_case",
    "start_from_intent",
    "start_from_project",
)
