"""The order of applications: by the day on which a call closes, and what must be known before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from alpclusters.analysis.funding.case.records import Case, Offer


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
    >>> from alpclusters.analysis.funding.case.periods import Periods
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
