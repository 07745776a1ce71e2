"""Plan B for each refusal: the case solved again with all other offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.case.records import Case, Offer
from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.chances.plan import Plan, grants_of
from alpclusters.analysis.funding.chances.rates import Chance, chance_of
from alpclusters.analysis.funding.chances.remaining import Remainder, Rest
from alpclusters.analysis.funding.chances.steps import is_in_time

MOST_WORK: Final = 4_500


@dataclass(frozen=True, slots=True)
class Replacement:
    """An offer that comes in after a refusal.

    ``in_time``: whether one can still apply once the refusal is known; None where the days are not
    said.
    """

    offer: str
    grant_ct: int
    chance: Chance
    in_time: bool | None


@dataclass(frozen=True, slots=True)
class PlanB:
    """What to do if one application is refused.

    Attributes
    ----------
    offer : str
        What is refused.
    grant_ct : int
        Its grant in the plan.
    without_ct : int or None
        Worth without any replacement that may itself be refused; None where there are too many
        applications.
    worth_ct : int or None
        Worth of the best mix of all other offers, if they are granted; None where the budget of
        work did not suffice.
    added : tuple of Replacement
    own_more_ct : int or None
        Own money that is needed beyond the plan's; negative where less is.
    own_means_suffice : bool or None
    short_ct : int
    """

    offer: str
    grant_ct: int
    without_ct: int | None
    worth_ct: int | None
    added: tuple[Replacement, ...]
    own_more_ct: int | None
    own_means_suffice: bool | None
    short_ct: int


def plans_b(
    plan: Plan, ready: Case, territory: Territory, without_ct: Mapping[str, int | None]
) -> tuple[PlanB, ...]:
    """Return plan B of each refusal.

    The largest grants come first, as long as the budget of work lasts.

    Parameters
    ----------
    plan : Plan
    ready : Case
        The case with all applications written (`applied_case`).
    territory : Territory
    without_ct : mapping of str to int
        What each refusal leaves without replacements that may be refused too.
    """
    if not without_ct:
        return ()
    remainder, work, found = Remainder(ready, territory), 0, []
    for name in sorted(without_ct, key=lambda one: (-plan.sheets[one].grant_ct, one)):
        rest = None
        if work <= MOST_WORK:
            rest = remainder.without([name])
            work += rest.work
        found.append(_plan_b(plan, name, without_ct[name], rest))
    return tuple(found)


def _plan_b(plan: Plan, name: str, without_ct: int | None, rest: Rest | None) -> PlanB:
    grant = plan.sheets[name].grant_ct
    if rest is None:
        return PlanB(name, grant, without_ct, None, (), None, None, 0)
    worth = plan.worth_of_ct(rest, [name])
    offers = {offer.id: offer for offer in plan.case.offers}
    sheets = grants_of(plan.case, rest.allocation)
    added = sorted(set(sheets) - set(plan.sheets), key=lambda one: (-sheets[one].grant_ct, one))
    return PlanB(
        name,
        grant,
        without_ct,
        worth if without_ct is None else max(without_ct, worth),
        tuple(_replacement(offers[name], offers[one], sheets[one].grant_ct) for one in added),
        plan.grants_ct - sum(sheet.grant_ct for sheet in sheets.values()),
        rest.own_means_suffice,
        rest.short_ct,
    )


def _replacement(refused: Offer, other: Offer, grant_ct: int) -> Replacement:
    return Replacement(other.id, grant_ct, chance_of(other), is_in_time(refused, other))
