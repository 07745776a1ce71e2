"""What belongs to an action or a plan in rows: who, until when, at what cost, measured by what."""

from alpclusters.platform.policy.domain.parts.bodies import store_bodies
from alpclusters.platform.policy.domain.parts.dependencies import (
    DependencyCycleError,
    check_dependencies,
    store_dependencies,
)
from alpclusters.platform.policy.domain.parts.indicators import check_indicator_row
from alpclusters.platform.policy.domain.parts.rows import PARTS, Part, Row, rows_of
from alpclusters.platform.policy.domain.parts.storing import Parts, parts_of, store_parts

__all__ = [
    "PARTS",
    "DependencyCycleError",
    "Part",
    "Parts",
    "Row",
    "check_dependencies",
    "check_indicator_row",
    "parts_of",
    "rows_of",
    "store_bodies",
    "store_dependencies",
    "store_parts",
]
