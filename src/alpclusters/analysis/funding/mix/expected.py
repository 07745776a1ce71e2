"""What a mix may be worth when offers can be refused: a report, never an objective."""

from collections.abc import Iterable
from dataclasses import dataclass

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.money import FULL_BP
from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.mix.sheets import offer_sheets


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """Grants times their chance, over the used offers whose chance somebody stated.

    Attributes
    ----------
    expected_ct : int or None
        Sum of grants times ``success_bp``, floored for each offer; None if no chance is stated.
    rated_ct, unrated_ct : int
        Grants of used offers with and without a stated chance.
    effort_ct : int
        What applying costs, whether or not it succeeds.
    n_rated, n_used : int
        Used offers with a stated chance, and all used ones.
    """

    expected_ct: int | None
    rated_ct: int
    unrated_ct: int
    effort_ct: int
    n_rated: int
    n_used: int


def expected_value(case: Case, allocation: Iterable[Cell]) -> ExpectedValue:
    """Weigh the grants of a mix with the chances of success that its offers state.

    Parameters
    ----------
    case : Case
    allocation : iterable of Cell

    Returns
    -------
    ExpectedValue

    Notes
    -----
    Offers count one by one: what a refusal does to the others (floors, pairs, sequences) shows in
    the scenarios, not here.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case.periods import Periods
    >>> from alpclusters.analysis.funding.case.records import Case
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (), (), (), ())
    >>> expected_value(case, ()).expected_ct is None
    True
    """
    used = [sheet for sheet in offer_sheets(case, allocation) if sheet.is_used]
    chance = {offer.id: offer.success_bp for offer in case.offers}
    rated = [(sheet.grant_ct, chance[sheet.offer]) for sheet in used]
    known = [(grant, bp) for grant, bp in rated if bp is not None]
    return ExpectedValue(
        sum(grant * bp // FULL_BP for grant, bp in known) if known else None,
        sum(grant for grant, _bp in known),
        sum(grant for grant, bp in rated if bp is None),
        sum(sheet.effort_ct for sheet in used),
        len(known),
        len(used),
    )
