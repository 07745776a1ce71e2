"""What it would bring if partners met the conditions of an offer that they do not meet now."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from alpclusters.analysis.funding.case import Offer
from alpclusters.analysis.funding.mix.cells import Judged
from alpclusters.analysis.funding.mix.ways import Forced, Way

# Partners for whom the conditions are lifted one by one; those with the greatest costs.
MOST_PARTNERS: Final = 3


@dataclass(frozen=True, slots=True)
class Lifted:
    """Judgements in which some partners meet the conditions of one offer."""

    judged: Judged
    offer: str
    partners: AbstractSet[str]

    def is_eligible(self, offer: str, partner: str) -> bool | None:
        """Say whether a partner fits an offer; None is open."""
        if offer == self.offer and partner in self.partners:
            return True
        return self.judged.is_eligible(offer, partner)

    def rate_bp(self, offer: str, partner: str) -> int | None:
        """Return the rate of an offer for a partner; None where no condition holds."""
        return self.judged.rate_bp(offer, partner)


def fitting_ways(forced: Forced, offer: Offer) -> list[Way]:
    """Return for which partners it would bring how much to meet the conditions of an offer.

    Parameters
    ----------
    forced : Forced
        With judgements.
    offer : Offer
        One that fits nobody.

    Returns
    -------
    list of Way
        ``fit`` of single partners; of all together where no single one suffices; named only where
        that brings nothing either.
    """
    cost: dict[str, int] = {}
    for line in forced.case.lines:
        cost[line.partner] = cost.get(line.partner, 0) + line.cost_ct
    largest = sorted(cost, key=lambda partner: -cost[partner])[:MOST_PARTNERS]
    found = [way for one in largest if (way := fit_way(forced, offer, one))]
    if found:
        return found
    every = Way("fit", offer.id, to=offer.id)
    return [_lifted(forced, offer, cost.keys()).way(every) or every]


def fit_way(forced: Forced, offer: Offer, partner: str) -> Way | None:
    """Return what it brings if one partner met the conditions of an offer; None if nothing."""
    return _lifted(forced, offer, {partner}).way(Way("fit", partner, to=offer.id))


def open_way(forced: Forced, offer: Offer) -> Way:
    """Return what it brings if open conditions of an offer hold for those who may meet them."""
    judged = forced.judged
    may = {
        partner.id
        for partner in forced.case.partners
        if judged is not None and judged.is_eligible(offer.id, partner.id) is not False
    }
    way = Way("answer", offer.id, to=offer.id)
    return _lifted(forced, offer, may).way(way) or way


def _lifted(forced: Forced, offer: Offer, partners: AbstractSet[str]) -> Forced:
    if forced.judged is None:
        return forced
    return replace(forced, judged=Lifted(forced.judged, offer.id, partners))
