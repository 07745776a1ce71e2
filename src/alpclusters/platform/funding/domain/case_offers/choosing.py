"""How an offer of the catalogue stands to a case that may take it: here, elsewhere, over."""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.analysis.funding.eligibility import Truth
from alpclusters.platform.funding.domain.case_offers.building import offer_data
from alpclusters.platform.funding.domain.fitting.fits import possible_rates
from alpclusters.platform.funding.domain.fitting.offers import read_offer
from alpclusters.platform.funding.domain.fitting.timing import State, end_of, timing_of
from alpclusters.platform.funding.models import Offer

# Of a partner of a case: what says where it is.
_PLACE: Final = ("nuts", "vintage", "country", "sites")


class Standing(StrEnum):
    """How an offer stands to a case, in the order in which a reader wants to see it."""

    NEAR = "near"
    FAR = "far"
    UNRATED = "unrated"
    CLOSED = "closed"


def standing_of(
    offer: Offer, partners: Sequence[Mapping[str, Any]], periods: Periods, *, today: dt.date
) -> Standing:
    """Say whether an offer can be had in the years of a case, and where its partners are.

    Parameters
    ----------
    offer : Offer
        With programme and call.
    partners : sequence of mapping
        Of the case; without any, no place is ruled out.
    periods : Periods
        The quarters of the case.
    today : date

    Returns
    -------
    Standing
        ``closed``: nobody can apply any more, or its time and that of the case do not meet.
        ``unrated``: nobody has entered its rate. ``far``: its conditions or its rates rule out the
        seats of all partners, whatever else is true of them.
    """
    if is_closed(offer, periods, today=today):
        return Standing.CLOSED
    if not offer.terms.get("rates"):
        return Standing.UNRATED
    is_near = not partners or any(_may_reach(offer, partner) for partner in partners)
    return Standing.NEAR if is_near else Standing.FAR


def is_closed(offer: Offer, periods: Periods, *, today: dt.date) -> bool:
    """Say whether an offer is over today, or over before the case begins, or later than it."""
    timing = timing_of(offer, today)
    if timing.state is State.CLOSED:
        return True
    first, last = periods.first_day(0), periods.last_day(periods.count - 1)
    end = end_of(offer)
    if (end and end < first) or (timing.opens and timing.opens > last):
        return True
    return bool(offer.terms.get("rates")) and offer_data(offer, periods) is None


def _may_reach(offer: Offer, partner: Mapping[str, Any]) -> bool:
    """Say whether a body of this place, of whatever kind, may get something."""
    read = read_offer(offer)
    place = {name: partner[name] for name in _PLACE if name in partner}
    facts = {"partner": place, "project": {}, "offer": read.facts}
    if read.eligibility.truth(facts) is Truth.FALSE:
        return False
    return any(possible_rates(read.rates, facts))
