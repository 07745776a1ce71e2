"""How likely an application is to be granted: from statistics, from an estimate, or by right."""

from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.consensus.intervals import wilson_interval
from alpclusters.analysis.funding.case.money import FULL_BP
from alpclusters.analysis.funding.case.records import Offer

type ChanceKind = Literal["by_right", "estimate", "statistics", "unknown"]
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of one application.

    Attributes
    ----------
    offer : str
    kind : {"by_right", "estimate", "statistics", "unknown"}
        Whoever meets the conditions gets it; an estimate of one's own; n of N earlier
        applications; nobody knows.
    share : float or None
        Between 0 and 1; None where nobody knows.
    low, high : float
        Of statistics with counts Wilson's interval at 95 %; of an estimate, and of a share that a
        programme states without counts, the share, which states no uncertainty; 0 and 1 where
        nobody knows.
    granted, applied : int or None
        Of statistics with counts.
    """

    offer: str
    kind: ChanceKind
    share: float | None
    low: float
    high: float
    granted: int | None = None
    applied: int | None = None

    @property
    def is_certain(self) -> bool:
        """Say whether nobody is refused who meets the conditions."""
        return self.kind == "by_right"


def chance_of(offer: Offer) -> Chance:
    """Return the chance of an application for an offer; there is no usual value.

    Parameters
    ----------
    offer : Offer
        An estimate for the case goes before statistics of the programme.

    Returns
    -------
    Chance

    Examples
    --------
    >>> from alpclusters.analysis.funding.case.records import Success
    >>> offer = Offer("O", "p", "regional", "regional", "AT", (0, 3), (), {"all": []},
    ...               success=Success(30, 120, "Annual report"))
    >>> found = chance_of(offer)
    >>> found.share, round(found.low, 3), round(found.high, 3)
    (0.25, 0.181, 0.334)
    """
    if offer.award == "by_right":
        return Chance(offer.id, "by_right", 1.0, 1.0, 1.0)
    if offer.success_bp is not None:
        share = offer.success_bp / FULL_BP
        return Chance(offer.id, "estimate", share, share, share)
    if offer.success is None:
        return Chance(offer.id, "unknown", None, 0.0, 1.0)
    granted, applied = offer.success.granted, offer.success.applied
    if granted is None or applied is None:
        share = (offer.success.share_bp or 0) / FULL_BP
        return Chance(offer.id, "statistics", share, share, share)
    bounds = wilson_interval([granted], [applied], level=LEVEL)
    return Chance(
        offer.id,
        "statistics",
        granted / applied,
        float(bounds.low[0]),
        float(bounds.high[0]),
        granted,
        applied,
    )
