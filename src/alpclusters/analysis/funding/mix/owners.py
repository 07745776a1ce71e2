"""Why a partner, a work package or a cost gets nothing, and which offer would pay after what."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from alpclusters.analysis.funding.case import Case, Line, Offer
from alpclusters.analysis.funding.mix.lifting import fit_way, open_way
from alpclusters.analysis.funding.mix.means import means_found
from alpclusters.analysis.funding.mix.obstacles import Found, Obstacle, ObstacleKind, some
from alpclusters.analysis.funding.mix.solution import Solution
from alpclusters.analysis.funding.mix.ways import Forced, Way, category_ways, with_lines_in

# Offers for which it is tried what would let them pay; more take too long.
MOST_OFFERS: Final = 4


def explain_owner(
    forced: Forced,
    key: str,
    lines: Sequence[Line],
    payable: AbstractSet[str],
    fits: Callable[[Offer, str], bool],
) -> Found | Solution:
    """Explain costs that get nothing.

    Parameters
    ----------
    forced : Forced
        With the wish that they get something.
    key : str
        The partner, work package or cost.
    lines : sequence of Line
        Its costs.
    payable : set of str
        Costs that some offer can pay as the case stands.
    fits : callable
        Says whether an offer fits a partner.

    Returns
    -------
    Obstacles and ways; or the best mix that pays for them, where there is one.
    """
    if not lines:
        return [Obstacle("no_costs", key)], [Way("enter_costs", key)]
    if payable.isdisjoint(line.id for line in lines):
        return _without_offer(forced, key, lines, fits)
    found = forced.solve()
    return found or means_found(forced) or ([Obstacle("together", key)], [])


def _without_offer(
    forced: Forced, key: str, lines: Sequence[Line], fits: Callable[[Offer, str], bool]
) -> Found:
    obstacles, ways = [Obstacle("no_offer", key)], []
    near = [
        (offer, kind)
        for offer in forced.case.offers
        if (kind := _lacks(forced, offer, lines, fits))
    ]
    for offer, kind in near[:MOST_OFFERS]:
        obstacles.append(Obstacle(kind, offer.id))
        ways.extend(some(_way_into(forced, offer, kind, lines)))
    return obstacles, ways


def _lacks(
    forced: Forced, offer: Offer, lines: Sequence[Line], fits: Callable[[Offer, str], bool]
) -> ObstacleKind | None:
    """Return the first condition of an offer that the costs do not meet; None where it is law."""
    fitting = [line for line in lines if fits(offer, line.partner)]
    if not fitting:
        judged = forced.judged
        answers = {judged.is_eligible(offer.id, line.partner) for line in lines} if judged else ()
        return "unknown" if None in answers else "unfit"
    kinds = [x for x in fitting if not offer.categories or x.category in offer.categories]
    if not kinds:
        return "other_costs"
    first, last = offer.window
    return None if any(first <= line.period <= last for line in kinds) else "other_time"


def _way_into(
    forced: Forced, offer: Offer, kind: ObstacleKind, lines: Sequence[Line]
) -> Way | None:
    if kind == "unknown":
        return open_way(forced, offer)
    if kind == "unfit":
        largest = max(lines, key=lambda line: line.cost_ct)
        return fit_way(forced, offer, largest.partner)
    if kind == "other_costs":
        return forced.best(category_ways(forced.case, offer, lines))
    moved = with_lines_in(forced.case, lines, offer.window[0])
    return forced.way(Way("quarter", offer.id, offer.window[0], to=offer.id), moved)


def unpaid_lines(case: Case, paid: AbstractSet[str]) -> Iterator[str]:
    """Yield the partners, work packages and costs that get nothing, each told once.

    Parameters
    ----------
    case : Case
    paid : set of str
        Costs that get something.
    """
    partners = {line.partner for line in case.lines if line.id in paid}
    packages = {line.wp for line in case.lines if line.id in paid}
    with_costs = {line.wp for line in case.lines if line.partner in partners}
    yield from (f"partner:{one.id}" for one in case.partners if one.id not in partners)
    for package in case.work_packages:
        if package.id in with_costs - packages:
            yield f"package:{package.id}"
    alike: dict[tuple[str, str, str], list[Line]] = {}
    for line in case.lines:
        if line.partner in partners and line.wp in packages:
            alike.setdefault((line.partner, line.wp, line.category), []).append(line)
    for lines in alike.values():
        if paid.isdisjoint(line.id for line in lines):
            yield f"line:{lines[0].id}"
