"""The codes a budget or a scheme may stand for."""

from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.territory.models import CURRENT_VINTAGE


def known_regions() -> frozenset[str]:
    """Return the codes of countries and regions of the current vintage."""
    return territory().codes[CURRENT_VINTAGE]
