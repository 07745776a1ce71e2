"""Which cost may be declared to which offer, and what is granted of it."""

from collections.abc import Sequence

from alpclusters.analysis.funding.case import Case, Territory
from alpclusters.analysis.funding.mix.cells import find_cells
from alpclusters.analysis.funding.mix.judging import judge
from alpclusters.analysis.funding.mix.law import Law
from alpclusters.analysis.funding.rulebooks import BOOKS


def cell_rates(
    case: Case, territory: Territory, *, rejected: Sequence[str] = ()
) -> dict[tuple[str, str], int]:
    """Return the rate of each cost that an offer may pay for.

    Parameters
    ----------
    case : Case
    territory : Territory
    rejected : sequence of str
        Offers that are refused have none.

    Returns
    -------
    dict
        Basis points by offer and line, cut to the intensity of the article for State aid; a pair
        that is not there does not fit.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (), (), (), ())
    >>> from alpclusters.analysis.funding.case import Territory
    >>> cell_rates(case, Territory({}))
    {}
    """
    found = find_cells(case, Law(case, BOOKS), judge(case, territory), rejected).cells
    offers = [case.offers[i].id for i in found.offer.tolist()]
    lines = [case.lines[i].id for i in found.line.tolist()]
    return dict(zip(zip(offers, lines, strict=True), found.bp.tolist(), strict=True))
