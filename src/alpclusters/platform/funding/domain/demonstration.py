"""Invented programmes, calls and offers of two periods; every text of them says so.

They go with the demonstration project: no call of them exists, no figure means a real programme.
"""

import json
from typing import Any, Final

from django.db import transaction

from alpclusters.platform.funding.domain.seeding.loading import load_tables
from alpclusters.platform.funding.domain.seeding.tables import SEEDS
from alpclusters.platform.funding.models import Programme, Status

PREFIX: Final = "simulated-"
_TABLES: Final = "demonstration_"


@transaction.atomic
def load_demonstration_offers() -> int:
    """Store the invented part of the catalogue; return how many entries changed."""
    return load_tables(_TABLES, status=Status.DEMONSTRATION)


@transaction.atomic
def remove_demonstration_offers() -> int:
    """Remove the invented part of the catalogue; cases keep their copies."""
    invented = Programme.objects.filter(key__startswith=PREFIX, status=Status.DEMONSTRATION)
    count = invented.count()
    for programme in invented:
        programme.delete()
    return count


def demonstration_links() -> list[dict[str, Any]]:
    """Return how the invented offers hang together, as ``links`` of a case has it."""
    read: list[dict[str, Any]] = json.loads(
        (SEEDS / "demonstration_links.json").read_text(encoding="utf-8")
    )
    return read
