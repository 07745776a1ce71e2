"""The kept versions of a case, each with its size."""

from dataclasses import dataclass
from datetime import datetime

from alpclusters.platform.funding.domain.casework.totals import totals_of
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.history import history_of


@dataclass(frozen=True, slots=True)
class CaseVersion:
    """A case as it stood: who made it when, why, and how large it was."""

    number: int
    version: int
    made_at: datetime
    made_by: str
    reason: str
    cost_ct: int
    n_offers: int
    is_newest: bool


def versions_of(case: FundingCase, *, most: int) -> list[CaseVersion]:
    """Return the newest versions of a case, newest first."""
    records = history_of(case).select_related("history_user")
    kept = records.order_by("-history_date", "-history_id")[:most]
    return [
        CaseVersion(
            number=one.history_id,
            version=one.version,
            made_at=one.history_date,
            made_by=str(one.history_user) if one.history_user else "",
            reason=one.history_change_reason or "",
            cost_ct=totals_of(one.data).total_ct,
            n_offers=len(one.data.get("offers", [])),
            is_newest=place == 0,
        )
        for place, one in enumerate(kept)
    ]
