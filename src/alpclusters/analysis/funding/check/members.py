"""Member States of the Union, for rules that count them."""

import datetime as dt
from typing import Final

from alpclusters.analysis.funding.case.records import Offer
from alpclusters.analysis.funding.check.ground import Ground

# EL is Greece in the codes of statistics, GR in those of ISO 3166.
_STATES: Final = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GR", "HR"),
        *("HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
_UNITED_KINGDOM: Final = frozenset({"GB", "UK"})
_WITHDRAWAL: Final = dt.date(2020, 1, 31)
_CROATIA: Final = dt.date(2013, 7, 1)


def is_member_state(ground: Ground, offer: Offer, partner: str) -> bool:
    """Say whether a partner's country is a Member State on the day of a grant."""
    country, day = ground.partners[partner].country, ground.day(offer)
    if country in _UNITED_KINGDOM:
        return day <= _WITHDRAWAL
    return country in _STATES and (country != "HR" or day >= _CROATIA)
