"""The facts every installation has from the start, in the order in which they need each other."""

import hashlib
from pathlib import Path

from django.db import transaction

from alpclusters.platform.actors.domain import partners
from alpclusters.platform.actors.domain import seeding as actors
from alpclusters.platform.cafe.domain import criteria as cafe
from alpclusters.platform.evidence.domain import seeding as evidence
from alpclusters.platform.funding.domain import seeding as funding
from alpclusters.platform.measures.domain import seeding as measures
from alpclusters.platform.partnership.domain import seeding as partnership
from alpclusters.platform.territory.domain import seeding as territory

STEPS = (territory, partnership, actors, partners, measures, evidence, cafe, funding)


@transaction.atomic
def load_reference_data() -> None:
    """Load or update all seed facts; what people have edited stays as they left it."""
    for step in STEPS:
        step.load_seeds()


def reference_digest() -> str:
    """Return a checksum of all seed files, to see whether they changed."""
    total = hashlib.sha256()
    platform = Path(__file__).resolve().parents[1]
    tables = (*platform.glob("*/seeds/*.csv"), *platform.glob("*/seeds/*.json"))
    for path in sorted(tables):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()
