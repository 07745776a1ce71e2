"""The kept versions of a case, each with its size."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    return [_version(one, is_newest=place == 0) for place, one in enumerate(kept)]


def since_version(case: FundingCase, part: Callable[[Any], object]) -> CaseVersion | None:
    """Return the version from which on a part of a case has been as it is now.

    Parameters
    ----------
    case : FundingCase
    part : callable
        Takes it from a case, or from a version of it.
    """
    wanted, found = part(case), None
    rows = history_of(case).select_related("history_user").order_by("-history_date", "-history_id")
    for number, kept in enumerate(rows.iterator()):
        if part(kept) != wanted:
            break
        found = _version(kept, is_newest=number == 0)
    return found


def _version(kept: Any, *, is_newest: bool) -> CaseVersion:
    return CaseVersion(
        number=kept.history_id,
        version=kept.version,
        made_at=kept.history_date,
        made_by=str(kept.history_user) if kept.history_user else "",
        reason=kept.history_change_reason or "",
        cost_ct=totals_of(kept.data).total_ct,
        n_offers=len(kept.data.get("offers", [])),
        is_newest=is_newest,
    )
