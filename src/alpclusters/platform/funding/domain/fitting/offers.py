"""Offers of the catalogue as they are judged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from alpclusters.analysis.funding.eligibility import Condition, ExpressionError, read_condition
from alpclusters.analysis.funding.eligibility.not_entered import NOT_ENTERED
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import Offer, Status

_DAYS: Final = ("opens", "closes", "applied_on", "decided_on", "grant_date")


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """The conditions of an offer, read, with what they may ask of the offer itself."""

    eligibility: Condition
    rates: tuple[tuple[int, Condition | None], ...]
    facts: Mapping[str, Any]


def offers_for(*, is_simulated: bool) -> Sequence[Offer]:
    """Return published offers with programme and call; real bodies never meet invented ones."""
    offers = Offer.objects.published().select_related("programme", "call")
    if not is_simulated:
        invented = Status.DEMONSTRATION
        offers = offers.exclude(status=invented).exclude(programme__status=invented)
    return list(offers.order_by("title__shown", "pk"))


def read_offer(offer: Offer) -> ReadOffer:
    """Read the conditions of an offer."""
    terms = offer.terms
    rates = tuple(
        (rate["bp"], condition_of(rate["when"]) if rate.get("when") else None)
        for rate in terms.get("rates", [])
    )
    return ReadOffer(condition_of(terms.get("eligibility")), rates, _facts(offer))


def condition_of(expression: object) -> Condition:
    """Read a condition, or what stands for one that cannot be read."""
    return _read(json.dumps(expression, sort_keys=True))


@lru_cache(maxsize=4096)
def _read(written: str) -> Condition:
    """Remember conditions by what they say: offers of one programme share theirs."""
    try:
        return read_condition(json.loads(written), territory())
    except ExpressionError:
        # As open as an offer whose condition was never entered.
        return read_condition(NOT_ENTERED, territory())


def _facts(offer: Offer) -> Mapping[str, Any]:
    terms = offer.terms
    days = {name: terms.get(name) for name in _DAYS}
    if offer.call is not None:
        of_call = {"opens": offer.call.opens, "closes": offer.call.closes}
        days |= {name: day.isoformat() for name, day in of_call.items() if day}
    return {
        "programme": offer.programme.key,
        "level": offer.programme.level,
        "origin": terms.get("origin"),
        "grants_from": terms.get("grants_from"),
        "place": terms.get("place", "seat"),
        "cap_ct": terms.get("cap_ct"),
        **days,
    }
