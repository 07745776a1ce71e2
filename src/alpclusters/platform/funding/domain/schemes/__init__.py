"""Joint calls of regions: what their schemes allow, the design, and who else could join."""

from alpclusters.platform.funding.domain.schemes.designs import (
    MOST_SCHEMES,
    Design,
    Joiner,
    read_design,
    schemes_of,
)
from alpclusters.platform.funding.domain.schemes.saving import (
    DesignFacts,
    SchemeFacts,
    change_design,
    change_scheme,
    create_design,
    create_scheme,
    delete_design,
)

__all__ = (
    "MOST_SCHEMES",
    "Design",
    "DesignFacts",
    "Joiner",
    "SchemeFacts",
    "change_design",
    "change_scheme",
    "create_design",
    "create_scheme",
    "delete_design",
    "read_design",
    "schemes_of",
)
