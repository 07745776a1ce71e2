"""What splits, filters and outcomes are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.certainty import Outcome
from alpclusters.platform.evidence.domain.synthesis.queries import Dimension

DIMENSIONS: Final = {
    Dimension.OUTCOME: _("After the funding"),
    Dimension.PROGRAMME: _("Kind of programme"),
    Dimension.PERIOD: _("Period"),
    Dimension.COUNTRY: _("Country"),
    Dimension.NUTS1: _("Large region (NUTS 1)"),
    Dimension.NUTS2: _("Region (NUTS 2)"),
    Dimension.SECTOR: _("Sector"),
    Dimension.SCOPE: _("Reach"),
    Dimension.AUDIENCE: _("For whom"),
    Dimension.PAYER: _("Who pays now"),
    Dimension.TYPE: _("Type of measure"),
}
OUTCOME_NAMES: Final = {
    Outcome.LASTING: _("goes on"),
    Outcome.TRANSFORMED: _("goes on in another form"),
    Outcome.ENDED: _("ended"),
    Outcome.UNKNOWN: _("unknown"),
}
