"""What waits for those who keep the catalogue: proposals, and entries nobody has looked at."""

import datetime as dt

from django.db.models import QuerySet

from alpclusters.platform.funding.domain.entries.writing import Entry
from alpclusters.platform.funding.domain.staleness import is_stale
from alpclusters.platform.funding.models import Call, ChangeProposal, Offer, Programme


def waiting_proposals() -> QuerySet[ChangeProposal]:
    """List the proposals that wait, the oldest first."""
    rows = ChangeProposal.objects.filter(state=ChangeProposal.State.WAITING)
    return rows.select_related("programme", "call", "offer").order_by("proposed_at", "pk")


def stale_entries(today: dt.date) -> list[Entry]:
    """List published entries that were not checked lately, never checked ones first (3 queries)."""
    rows: list[Entry] = [
        *Programme.objects.published(),
        *Call.objects.filter(is_published=True).select_related("programme"),
        *Offer.objects.published().select_related("programme", "call__programme"),
    ]
    found = [entry for entry in rows if is_stale(entry, today)]
    return sorted(found, key=lambda entry: (entry.checked_on or dt.date.min, entry.key))
