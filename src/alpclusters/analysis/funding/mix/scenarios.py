"""What is lost if an offer is refused, and what replaces it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.case import FULL_BP, Case, Scenario, Territory
from alpclusters.analysis.funding.mix.alternatives import used_offers
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.sheets import offer_sheets
from alpclusters.analysis.funding.mix.solution import Report, Solution
from alpclusters.analysis.funding.mix.solving import solve

LARGE_BP: Final = 1_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """The best mix without some offers, beside the best mix with them.

    Attributes
    ----------
    id : str
        Of the case's own scenario, else ``without:`` and the offer.
    rejected : tuple of str
        What is refused.
    solution : Solution
        The best mix then.
    loss_ct : int
        How much less it is worth; negative only within the gaps of both.
    dropped, added : tuple of str
        Used offers that fall out (the refused ones included), and that come in, sorted.
    """

    id: str
    rejected: tuple[str, ...]
    solution: Solution
    loss_ct: int
    dropped: tuple[str, ...]
    added: tuple[str, ...]


def scenarios(
    case: Case, territory: Territory, best: Solution, *, progress: Report | None = None
) -> tuple[Refusal, ...]:
    """Solve a case again for each refusal that matters.

    Parameters
    ----------
    case : Case
    territory : Territory
    best : Solution
        Its best mix with all offers.
    progress : callable, optional
        As in `solve`; once it says no, the scenarios so far stay.

    Returns
    -------
    tuple of Refusal
        Those that the case names, then one for each used offer with more than a tenth of the
        grants, in the order of the case.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods
    >>> case = Case("Nothing yet", Periods(dt.date(2027, 1, 1), 4), (), (), (), (), ())
    >>> from alpclusters.analysis.funding.case import Territory
    >>> from alpclusters.analysis.funding.mix import prepare, solve
    >>> problem = prepare(case, Territory({}))
    >>> scenarios(case, Territory({}), solve(problem))
    ()
    """
    found: list[Refusal] = []
    for wanted in wanted_scenarios(case, best):
        refusal = refuse(case, territory, best, wanted, progress=progress)
        if refusal is None:
            break
        found.append(refusal)
    return tuple(found)


def wanted_scenarios(case: Case, best: Solution) -> tuple[Scenario, ...]:
    """List the scenarios of a case and of each used offer with more than a tenth of the grants.

    Parameters
    ----------
    case : Case
    best : Solution

    Returns
    -------
    tuple of Scenario
    """
    return (*case.scenarios, *_large(case, best))


def refuse(
    case: Case,
    territory: Territory,
    best: Solution,
    wanted: Scenario,
    *,
    progress: Report | None = None,
) -> Refusal | None:
    """Find the best mix without some offers.

    Parameters
    ----------
    case : Case
    territory : Territory
    best : Solution
    wanted : Scenario
    progress : callable, optional

    Returns
    -------
    Refusal or None
        None if it was cancelled.
    """
    problem = prepare(case, territory, rejected=wanted.rejected)
    solution = solve(problem, progress=progress)
    if solution.status == "cancelled":
        return None
    before, after = used_offers(best.allocation), used_offers(solution.allocation)
    return Refusal(
        wanted.id,
        wanted.rejected,
        solution,
        best.objective_ct - solution.objective_ct,
        tuple(sorted(before - after)),
        tuple(sorted(after - before)),
    )


def _large(case: Case, best: Solution) -> Iterator[Scenario]:
    sheets = offer_sheets(case, best.allocation)
    total = sum(sheet.grant_ct for sheet in sheets)
    named = {scenario.rejected for scenario in case.scenarios}
    for sheet in sheets:
        is_large = sheet.grant_ct * FULL_BP > total * LARGE_BP
        if is_large and (sheet.offer,) not in named:
            yield Scenario(f"without:{sheet.offer}", (sheet.offer,))
