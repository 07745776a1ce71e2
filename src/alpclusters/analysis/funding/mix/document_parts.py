"""Parts of ``mix.json`` beside the best mix: other mixes, refusals, and open questions."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from alpclusters.analysis.funding.case import Allocation, Case
from alpclusters.analysis.funding.check.findings import Check
from alpclusters.analysis.funding.mix.document import mix_part
from alpclusters.analysis.funding.mix.scenarios import Refusal
from alpclusters.analysis.funding.mix.sheets import objective_ct
from alpclusters.analysis.funding.mix.solution import Solution


class Opened(Protocol):
    """What is asked of the judgements of a case."""

    def is_eligible(self, offer: str, partner: str) -> bool | None:
        """Say whether a partner fits an offer; None is open."""


def alternative_part(
    case: Case, allocation: Allocation, check: Check, *, best_ct: int
) -> dict[str, Any]:
    """Return an alternative as ``mix.json`` has it.

    Parameters
    ----------
    case : Case
    allocation : tuple of Cell
    check : Check
    best_ct : int
        What the best mix is worth.

    Returns
    -------
    dict
        ``objective``, ``difference_ct`` (how much less), the allocation with its sums, and
        whether the check found it valid.
    """
    objective = objective_ct(case, allocation)
    return {
        "objective": objective,
        "difference_ct": best_ct - objective,
        **mix_part(case, allocation),
        "check": _short(check),
    }


def scenario_part(case: Case, refusal: Refusal, check: Check, *, best_ct: int) -> dict[str, Any]:
    """Return a scenario as ``mix.json`` has it.

    Parameters
    ----------
    case : Case
    refusal : Refusal
    check : Check
    best_ct : int

    Returns
    -------
    dict
        ``id``, ``rejected``, ``objective``, ``bound``, ``status``, ``loss_ct``, ``dropped``,
        ``added``, the allocation with its sums, and whether the check found it valid.
    """
    solution: Solution = refusal.solution
    objective = objective_ct(case, solution.allocation)
    return {
        "id": refusal.id,
        "rejected": list(refusal.rejected),
        "status": "undecided" if check.valid is None else solution.status,
        "objective": objective,
        "bound": solution.bound_ct,
        "loss_ct": best_ct - objective,
        "dropped": list(refusal.dropped),
        "added": list(refusal.added),
        **mix_part(case, solution.allocation),
        "check": _short(check),
    }


def open_part(case: Case, judged: Opened, used: Iterable[str]) -> list[dict[str, Any]]:
    """List the offers that are not used and might fit if a question were answered.

    Parameters
    ----------
    case : Case
    judged : Opened
    used : iterable of str
        Offers that the mix uses.

    Returns
    -------
    list of dict
        ``offer`` and the ``partners`` for whom it is open, in the order of the case.
    """
    taken = set(used)
    found = []
    for offer in case.offers:
        if offer.id in taken:
            continue
        partners = [p.id for p in case.partners if judged.is_eligible(offer.id, p.id) is None]
        if partners:
            found.append({"offer": offer.id, "partners": partners})
    return found


def assumption_part(assumptions: Iterable[tuple[str, str]]) -> list[Mapping[str, str]]:
    """List the open questions that were taken as answered well.

    Parameters
    ----------
    assumptions : iterable of (str, str)
        Offer and partner.

    Returns
    -------
    list of mapping
        ``offer`` and ``partner``.

    Examples
    --------
    >>> assumption_part([("X", "A")])
    [{'offer': 'X', 'partner': 'A'}]
    """
    return [{"offer": offer, "partner": partner} for offer, partner in assumptions]


def _short(check: Check) -> dict[str, Any]:
    return {"valid": check.valid, "n_violations": len(check.violations)}
