"""An offer of the catalogue as a case has it."""

import datetime as dt
from copy import deepcopy
from typing import Any, Final

from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.platform.funding.domain.case_offers.windows import window_of
from alpclusters.platform.funding.models import Offer, Status

_DAYS: Final = frozenset({"starts", "ends"})
_SOURCE: Final = 500
_UNKNOWN: Final = "–"


def offer_data(offer: Offer, periods: Periods) -> dict[str, Any] | None:
    """Return an offer as ``alpclusters-case/1`` has it, for a case with given quarters.

    Programme and call should be read with the offer (``select_related``).

    Parameters
    ----------
    offer : Offer
        An offer of the catalogue; its key becomes the identifier in the case.
    periods : Periods
        The quarters of the case.

    Returns
    -------
    dict or None
        None where no quarter of the case lies within the days in which costs count, or nobody
        knows the rate: nothing can be reckoned with it.
    """
    if not offer.terms.get("rates"):
        return None
    window = window_of(_day(offer.terms, "starts"), _day(offer.terms, "ends"), periods)
    if window is None:
        return None
    terms = {name: value for name, value in offer.terms.items() if name not in _DAYS}
    return {
        "id": offer.key,
        "programme": offer.programme.key,
        "title": offer.title,
        "level": offer.programme.level,
        **deepcopy(terms),
        "window": {"from": window[0], "to": window[1]},
        **_days_of_call(offer),
        "facts": [fact_of(offer), *deepcopy(terms.get("facts", []))],
    }


def fact_of(offer: Offer) -> dict[str, Any]:
    """Return where the terms are from and how sure they are; no source is never verified."""
    known = offer.source or offer.source_url
    fact: dict[str, Any] = {
        "name": "terms",
        "source": (known or _UNKNOWN)[:_SOURCE],
        "status": offer.status if known else _without_source(offer),
    }
    if offer.checked_on:
        fact["checked_on"] = offer.checked_on.isoformat()
    return fact


def _without_source(offer: Offer) -> str:
    return Status.DEMONSTRATION if offer.is_simulated else Status.UNVERIFIED


def _days_of_call(offer: Offer) -> dict[str, str]:
    """The call's days go before those of the terms: a call is put off more often."""
    if offer.call is None:
        return {}
    days = {"opens": offer.call.opens, "closes": offer.call.closes}
    return {name: day.isoformat() for name, day in days.items() if day}


def _day(terms: dict[str, Any], name: str) -> dt.date | None:
    written = terms.get(name)
    return dt.date.fromisoformat(written) if written else None
