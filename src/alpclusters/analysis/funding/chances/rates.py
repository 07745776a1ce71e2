"""How likely applications are to be granted, in which order they come, and all their outcomes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.intervals import wilson_interval
from alpclusters.analysis.funding.case import FULL_BP, Case, Offer

# --- How likely an application is to be granted: from statistics, from an estimate, or by right


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
    >>> from alpclusters.analysis.funding.case import Success
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


# --- The order of applications: by the day on which a call closes, and what must be known before


@dataclass(frozen=True, slots=True)
class Step:
    """One application in its place.

    Attributes
    ----------
    offer : str
    opens, closes, decided : date or None
        None where the case does not say.
    needs : tuple of str
        Offers that must be granted first (`requires`), or refused (a Seal of Excellence).
    blind : tuple of str
        Those of ``needs`` whose decision is not known when the call closes, as far as days are
        known: one has to apply before one knows.
    known : tuple of str
        Other applications of the plan whose decision is known by then.
    """

    offer: str
    opens: dt.date | None
    closes: dt.date | None
    decided: dt.date | None
    needs: tuple[str, ...]
    blind: tuple[str, ...]
    known: tuple[str, ...]


def application_steps(case: Case, applied: Iterable[str]) -> tuple[Step, ...]:
    """Put the applications of a plan in their order.

    Parameters
    ----------
    case : Case
    applied : iterable of str

    Returns
    -------
    tuple of Step
        What others need comes before them; else by the day of closing, unknown days last.

    Examples
    --------
    >>> from alpclusters.analysis.funding.case import Periods
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (), (), (), ())
    >>> application_steps(case, ())
    ()
    """
    offers = {offer.id: offer for offer in case.offers}
    wanted = [offers[name] for name in applied if name in offers]
    needs = {offer.id: _needs(case, offer, offers) for offer in wanted}
    left = sorted(wanted, key=lambda offer: (closing_day(offer) or dt.date.max, offer.id))
    placed: list[Offer] = []
    while left:
        waiting = {offer.id for offer in left}
        # Ties that run in a circle are refused when a case is read.
        one = next((o for o in left if not waiting & set(needs[o.id]) - {o.id}), left[0])
        left.remove(one)
        placed.append(one)
    return tuple(_step(one, placed, needs[one.id], offers) for one in placed)


def decision_day(offer: Offer) -> dt.date | None:
    """Return the day on which it is known whether an application is granted, if one is said."""
    return offer.decided_on or offer.grant_date


def closing_day(offer: Offer) -> dt.date | None:
    """Return until when one can apply: what one does by oneself, else the call's end."""
    return offer.applied_on or offer.closes


def is_in_time(refused: Offer, other: Offer) -> bool | None:
    """Say whether one can still apply for another offer once a refusal is known; None: not said."""
    known, ends = decision_day(refused), other.closes
    return None if known is None or ends is None else known <= ends


def _needs(case: Case, offer: Offer, offers: dict[str, Offer]) -> tuple[str, ...]:
    needed = [
        name
        for link in case.links
        if link.type == "requires" and link.offers[0] == offer.id
        for name in link.offers[1:]
    ]
    if offer.seal_of in offers:
        needed.append(offer.seal_of)
    return tuple(dict.fromkeys(needed))


def _step(
    offer: Offer, plan: list[Offer], needs: tuple[str, ...], offers: dict[str, Offer]
) -> Step:
    ends = closing_day(offer)
    decided = {name: decision_day(offers[name]) for name in (*needs, *(o.id for o in plan))}
    known = {name for name, day in decided.items() if ends and day and day <= ends}
    return Step(
        offer.id,
        offer.opens,
        ends,
        decision_day(offer),
        needs,
        tuple(name for name in needs if decided[name] and ends and name not in known),
        tuple(one.id for one in plan if one.id in known and one.id != offer.id),
    )


# --- All outcomes of some applications: their probabilities, and values that fall with refusals
#
# An outcome is a number whose bit i says that application i is refused; 0 is all granted.


type FloatArray = NDArray[np.float64]
type IntArray = NDArray[np.int64]

NO_BOUND: Final = -(2**62)


def probabilities(shares: Sequence[float]) -> FloatArray:
    """Return the probability of each outcome if decisions do not depend on each other.

    Parameters
    ----------
    shares : sequence of float
        Chance of each application.

    Returns
    -------
    array of shape (2 ** m,)

    Examples
    --------
    >>> probabilities([0.5, 0.75]).tolist()
    [0.375, 0.375, 0.125, 0.125]
    """
    found = np.ones(1)
    for share in shares:
        found = np.concatenate([found * share, found * (1.0 - share)])
    return found


class Values:
    """What outcomes are worth; one more refusal never makes an outcome worth more.

    So values that are known bound those that are not: from above those with more refusals, from
    below those with fewer.
    """

    def __init__(self, m: int) -> None:
        self._m = m
        self._known: dict[int, int] = {}

    def put(self, outcome: int, value: int) -> None:
        """Keep the value of an outcome."""
        self._known[outcome] = value

    def bounds(self) -> tuple[IntArray, IntArray]:
        """Return least and largest values of all outcomes; equal where the value is known."""
        low = np.full(2**self._m, NO_BOUND, dtype=np.int64)
        high = np.full(2**self._m, -NO_BOUND, dtype=np.int64)
        for outcome, value in self._known.items():
            low[outcome] = high[outcome] = value
        for i in range(self._m):
            step = 1 << i
            lows, highs = low.reshape(-1, 2, step), high.reshape(-1, 2, step)
            np.minimum(highs[:, 1], highs[:, 0], out=highs[:, 1])
            np.maximum(lows[:, 0], lows[:, 1], out=lows[:, 0])
        return low, high


def spread(shares: Sequence[float | None]) -> FloatArray:
    """Return in which order outcomes matter: their probability, an unknown chance as one half."""
    return probabilities([0.5 if share is None else share for share in shares])


def members(outcome: int, m: int) -> tuple[int, ...]:
    """Return which applications are refused in an outcome."""
    return tuple(i for i in range(m) if outcome >> i & 1)
