"""What a reader of a case should know though it can be taken, and when it is too large to mix."""

from typing import Final

from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.case_files.faults import CaseFault, Faults

MANY_OFFERS: Final = 400
TOO_MANY_TO_MIX: Final = 1_000


def case_warnings(case: Case) -> tuple[CaseFault, ...]:
    """Return what a case lacks or overdoes without being wrong.

    Parameters
    ----------
    case : Case

    Returns
    -------
    tuple of CaseFault
        ``many_offers`` above 400 offers (a mix takes long, filter first), and ``undecided_day``
        for each offer without a day of grant, plan or closing: the law of its grants stays open.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case.periods import Periods
    >>> case_warnings(Case("Pilot", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ()))
    ()
    """
    found = []
    if len(case.offers) > MANY_OFFERS:
        params = {"n": len(case.offers), "high": MANY_OFFERS}
        found.append(CaseFault("/offers", "many_offers", params))
    found += [
        CaseFault(f"/offers/{place}", "undecided_day", {"found": offer.id})
        for place, offer in enumerate(case.offers)
        if offer.day is None
    ]
    return tuple(found)


def refuse_large(case: Case) -> None:
    """Refuse a case with too many offers for a mix; what fits can still be asked.

    Parameters
    ----------
    case : Case

    Returns
    -------
    None
        The case is not too large.

    Raises
    ------
    CaseError
        ``too_many_offers_mixed`` from 1,000 offers on.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case.periods import Periods
    >>> refuse_large(Case("Pilot", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ()))
    """
    faults = Faults()
    if len(case.offers) >= TOO_MANY_TO_MIX:
        n, high = len(case.offers), TOO_MANY_TO_MIX - 1
        faults.add(("offers",), "too_many_offers_mixed", n=n, high=high)
    faults.refuse()
