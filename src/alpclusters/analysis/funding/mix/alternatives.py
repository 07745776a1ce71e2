"""Other mixes that are nearly as good: each differs in at least two offers from all before."""

from typing import Final

from alpclusters.analysis.funding.case import FULL_BP, Allocation
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.solution import Report, Solution
from alpclusters.analysis.funding.mix.solving import solve

MOST: Final = 5
WITHIN_BP: Final = 500


def alternatives(
    problem: Problem,
    best: Solution,
    *,
    most: int = MOST,
    within_bp: int = WITHIN_BP,
    progress: Report | None = None,
) -> tuple[Solution, ...]:
    """Find further mixes by forbidding the offer sets that are known.

    Parameters
    ----------
    problem : Problem
    best : Solution
        The best mix of it.
    most : int, default 5
        How many at most.
    within_bp : int, default 500
        How much less than the best they may be worth, in basis points of it.
    progress : callable, optional
        As in `solve`; once it says no, what was found stays.

    Returns
    -------
    tuple of Solution
        Best first; empty where the best mix is empty or cannot be varied.

    Notes
    -----
    A known set ``K`` is forbidden by ``sum over K of (1 - y) + sum over others of y >= 2``. A
    solution that is only good within its gap may be worth more than one before it.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (), (), (), ())
    >>> from alpclusters.analysis.funding.case import Territory
    >>> from alpclusters.analysis.funding.mix import prepare, solve
    >>> problem = prepare(case, Territory({}))
    >>> alternatives(problem, solve(problem))
    ()
    """
    known = [used_offers(best.allocation)]
    least = best.objective_ct - abs(best.objective_ct) * within_bp // FULL_BP
    found: list[Solution] = []
    while len(found) < most and known[0]:
        other = solve(problem, progress=progress, forbidden=tuple(known))
        if not other.allocation or other.objective_ct < least:
            break
        found.append(other)
        known.append(used_offers(other.allocation))
        if other.status == "cancelled":
            break
    return tuple(sorted(found, key=lambda one: -one.objective_ct))


def used_offers(allocation: Allocation) -> frozenset[str]:
    """Return the offers to which an allocation declares a cost.

    Parameters
    ----------
    allocation : tuple of Cell

    Returns
    -------
    frozenset of str
    """
    return frozenset(cell.offer for cell in allocation)
