"""Take in calls of the portal, and programmes and offers from files; people's words stay."""

from alpclusters.platform.funding.domain.importing.calls import import_aids, import_calls
from alpclusters.platform.funding.domain.importing.storing import (
    ACCEPTED,
    CatalogueReport,
    Outcome,
    RowReport,
    import_offers,
    import_programmes,
    report_files,
)

__all__ = [
    "ACCEPTED",
    "CatalogueReport",
    "Outcome",
    "RowReport",
    "import_aids",
    "import_calls",
    "import_offers",
    "import_programmes",
    "report_files",
]
