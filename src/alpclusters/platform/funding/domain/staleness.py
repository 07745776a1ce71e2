"""Entries that nobody has looked at for too long; what is over stays as it was, for history."""

import datetime as dt
import re
from typing import Final

from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.platform.funding.models.catalogue import STALE_CALL, STALE_PROGRAMME

_LAST_YEAR: Final = re.compile(r"(\d{4})$")


def is_stale(entry: Programme | Call | Offer, today: dt.date) -> bool:
    """Say whether an entry that may still count was not checked lately, or never.

    Calls and their offers after 180 days, programmes and offers without a call after two years.
    Invented entries are never stale: there is nothing to check them against.
    """
    if entry.is_simulated or is_over(entry, today):
        return False
    return entry.checked_on is None or today - entry.checked_on > _lasts(entry)


def is_over(entry: Programme | Call | Offer, today: dt.date) -> bool:
    """Say whether its time has passed; unknown is not over."""
    if isinstance(entry, Call):
        return _passed(entry.closes, today) or is_over(entry.programme, today)
    if isinstance(entry, Offer):
        # The programme of its call is its own: read once for both.
        closes = entry.call.closes if entry.call else None
        return _passed(closes, today) or is_over(entry.programme, today)
    return _passed(entry.ends_on or end_of_period(entry.period), today)


def _lasts(entry: Programme | Call | Offer) -> dt.timedelta:
    if isinstance(entry, Call) or (isinstance(entry, Offer) and entry.call is not None):
        return STALE_CALL
    return STALE_PROGRAMME


def end_of_period(period: str) -> dt.date | None:
    """Return the last day of "2014-2020"; None where it is open."""
    found = _LAST_YEAR.search(period)
    return dt.date(int(found[1]), 12, 31) if found else None


def _passed(day: dt.date | None, today: dt.date) -> bool:
    return day is not None and day < today
