"""Whether one can apply for an offer on a day."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from alpclusters.platform.funding.domain.staleness import end_of_period, is_over
from alpclusters.platform.funding.models import Offer

# A year of this century; no part of a longer number, no number of an act ("598/2005").
_YEAR: Final = re.compile(r"(?<![\d/])20\d{2}(?![\d/])")


class State(StrEnum):
    """When one can apply, in the order in which a reader wants to see it."""

    OPEN = "open"
    UPCOMING = "upcoming"
    UNDATED = "undated"
    CLOSED = "closed"


@dataclass(frozen=True)
class Timing:
    """The state of an offer on a day, with the days behind it where they are known."""

    state: State
    opens: date | None
    closes: date | None


def timing_of(offer: Offer, today: date) -> Timing:
    """Say whether one can apply; the days of the call go before those of the terms."""
    opens = offer.call.opens if offer.call and offer.call.opens else _day(offer, "opens")
    closes = offer.call.closes if offer.call and offer.call.closes else _day(offer, "closes")
    return Timing(_state(offer, opens, closes, today), opens, closes)


def costs_overlap(offer: Offer, starts: date | None, ends: date | None) -> bool:
    """Say whether a time and the days on which costs count may overlap; unknown days may."""
    first, last = _day(offer, "starts"), _day(offer, "ends")
    begins_in_time = starts is None or last is None or starts <= last
    return begins_in_time and (ends is None or first is None or first <= ends)


def end_of(offer: Offer) -> date | None:
    """Return the last day on which its costs count, else the end of its programme; None is open."""
    programme = offer.programme
    return _day(offer, "ends") or programme.ends_on or end_of_period(programme.period)


def named_year(offer: Offer) -> int | None:
    """Return the last year that the title of its call, else its own, names; None without one."""
    call = offer.call
    texts = call.titles if call else offer.title.by_language
    titles = [*([call.title] if call else []), *texts.values()]
    years = [int(year) for title in titles for year in _YEAR.findall(title)]
    return max(years, default=None)


def _state(offer: Offer, opens: date | None, closes: date | None, today: date) -> State:
    last = _day(offer, "ends")
    if (closes and closes < today) or (last and last < today) or is_over(offer, today):
        return State.CLOSED
    if opens and today < opens:
        return State.UPCOMING
    if opens or closes:
        return State.OPEN
    # "Call of 2022" without a day is over; a programme with an end says itself how long it lasts.
    year = None if end_of(offer) and offer.call is None else named_year(offer)
    return State.CLOSED if year and year < today.year else State.UNDATED


def _day(offer: Offer, name: str) -> date | None:
    written = offer.terms.get(name)
    try:
        return date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
