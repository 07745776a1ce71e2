"""A plan of applications, what remains of it when some are refused, and plan B for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import Allocation, Case, Link, Offer, Territory, Wish
from alpclusters.analysis.funding.chances.rates import Chance, chance_of, is_in_time
from alpclusters.analysis.funding.mix.cents import rows_named
from alpclusters.analysis.funding.mix.model import Model, build
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.settling import settle
from alpclusters.analysis.funding.mix.sheets import OfferSheet, objective_ct, offer_sheets
from alpclusters.analysis.funding.mix.solver import solve_model

# --- What remains of a plan when applications are refused: the case solved again without them -----


OWN_MEANS: Final = ("C15",)
BOUND_TOGETHER: Final = ("requires", "paired")
KEPT_WISHES: Final = ("avoid", "max_offers")
PAIR: Final = 2
# A call of the solver counts as so much, beside its iterations and nodes.
CALL_WORK: Final = 20
# Work is counted in iterations of a model with so many entries: small ones are quicker.
ENTRIES: Final = 4_000
SMALLEST: Final = 300
# Above so many yes-or-no variables the best is not looked for to the end.
FEW_CHOICES: Final = 60


@dataclass(frozen=True, slots=True)
class Rest:
    """The best that remains.

    Attributes
    ----------
    worth_ct : int
        Grants minus the efforts of offers that were not applied for before.
    allocation : tuple of Cell
    own_means_suffice : bool or None
        None where nobody said what own means there are.
    short_ct : int
        How much own money of all partners falls short in this mix; 0 where it suffices.
    work : int
        Iterations and 50 for each node, as of a model with 4,000 entries.
    """

    worth_ct: int
    allocation: Allocation
    own_means_suffice: bool | None
    short_ct: int
    work: int


class Remainder:
    """A case of which some offers can be taken away, solved as often as is asked.

    The model is built once; what is refused is fixed at nothing. Own means do not bound what
    remains: whether they suffice is said beside it.
    """

    def __init__(self, case: Case, territory: Territory) -> None:
        self.case = case
        self._model = build(prepare(case, territory))
        is_small = self._model.is_integer.sum() <= FEW_CHOICES
        self.gap, self._nodes = (1e-6, 500) if is_small else (2e-3, 20)

    def without(self, refused: Iterable[str]) -> Rest:
        """Return the best mix without some offers; it may miss the best by the part ``gap``."""
        options = {
            "mip_rel_gap": self.gap,
            "mip_max_nodes": self._nodes,
            "random_seed": self.case.solver.seed,
        }
        unbound = self._without(self._unbound, frozenset(refused))
        answer = solve_model(unbound, options=options)
        if answer.values is None:
            return self._rest((), 0, self._counted(answer.work))
        rounded = settle(unbound, answer.values)
        rest = self._rest(rounded.allocation, rounded.objective_ct, self._counted(answer.work))
        if not rest.short_ct:
            return rest
        bound = solve_model(self._without(self._model, frozenset(refused)), options=options)
        suffices = bound.values is not None
        short = 0 if suffices else rest.short_ct
        return replace(
            rest,
            own_means_suffice=suffices,
            short_ct=short,
            work=rest.work + self._counted(bound.work),
        )

    @cached_property
    def _unbound(self) -> Model:
        """The model without the rows of own means."""
        is_own = rows_named(self._model, OWN_MEANS)
        return replace(
            self._model,
            row_lower=np.where(is_own, -np.inf, self._model.row_lower),
            row_upper=np.where(is_own, np.inf, self._model.row_upper),
        )

    def _without(self, model: Model, refused: frozenset[str]) -> Model:
        """Fix what is refused at nothing."""
        columns = model.columns
        is_kept = np.array([term.id not in refused for term in columns.terms], dtype=np.bool_)
        upper = model.upper.copy()
        upper[: columns.y] *= is_kept[columns.cell_offer]
        upper[columns.y : columns.z] *= is_kept
        if len(columns.pairs):
            upper[columns.z : columns.v] *= is_kept[columns.pairs[:, 0]]
        return replace(model, upper=upper)

    def _counted(self, work: int) -> int:
        size = len(self._model.matrix.value) + SMALLEST
        return (work + CALL_WORK) * size // (ENTRIES + SMALLEST) + 1

    def _rest(self, allocation: Allocation, worth_ct: int, work: int) -> Rest:
        short = self._short_ct(allocation)
        known = any(partner.own_ct is not None for partner in self.case.partners)
        return Rest(worth_ct, allocation, short == 0 if known else None, short, work)

    def _short_ct(self, allocation: Allocation) -> int:
        of_line = {line.id: line.partner for line in self.case.lines}
        own = dict.fromkeys((partner.id for partner in self.case.partners), 0)
        for line in self.case.lines:
            own[line.partner] += line.cost_ct
        for cell in allocation:
            own[of_line[cell.line]] -= cell.grant_ct
        return sum(
            max(0, own[partner.id] - partner.own_ct)
            for partner in self.case.partners
            if partner.own_ct is not None
        )


def applied_case(case: Case, applied: frozenset[str]) -> Case:
    """Return a case in which the applications of a plan are written and paid for.

    Wishes that chose the plan no longer bind: after a refusal one takes what remains.
    """
    return replace(
        case,
        offers=tuple(
            replace(offer, effort_ct=0) if offer.id in applied else offer for offer in case.offers
        ),
        wishes=tuple(filter(_still_binds, case.wishes)),
    )


def secure_case(case: Case, applied: frozenset[str], certain: frozenset[str]) -> Case:
    """Return a case with what was applied for, and what one gets by right besides.

    Offers by right that hang on others which are not there, or take up a refused proposal, are
    left out.
    """
    tied = {
        name
        for link in case.links
        if link.type in BOUND_TOGETHER
        for name in link.offers
        if not set(link.offers) <= applied | certain
    }
    seals = {offer.id for offer in case.offers if offer.seal_of is not None}
    kept = applied | (certain - tied - seals)
    return replace(
        case,
        offers=tuple(offer for offer in case.offers if offer.id in kept),
        links=tuple(link for one in case.links if (link := _part(one, kept))),
    )


def _part(link: Link, kept: frozenset[str]) -> Link | None:
    if link.type in BOUND_TOGETHER:
        return link if set(link.offers) <= kept else None
    offers = tuple(name for name in link.offers if name in kept)
    return replace(link, offers=offers) if len(offers) >= PAIR else None


def _still_binds(wish: Wish) -> bool:
    return wish.type in KEPT_WISHES and wish.weight is None


# --- A plan: a mix whose offers are all applied for, and what its applications cost ---------------


@dataclass(frozen=True)
class Plan:
    """A case with the mix that is applied for."""

    case: Case
    allocation: Allocation

    @cached_property
    def sheets(self) -> dict[str, OfferSheet]:
        """What is applied for, by offer, in the order of the case."""
        return grants_of(self.case, self.allocation)

    @cached_property
    def worth_ct(self) -> int:
        """Grants minus efforts if all is granted."""
        return objective_ct(self.case, self.allocation)

    @property
    def grants_ct(self) -> int:
        """All grants together."""
        return sum(sheet.grant_ct for sheet in self.sheets.values())

    def worth_of_ct(self, rest: Rest, refused: Iterable[str]) -> int:
        """Return what remains after refusals, minus all that applying has cost; at most the plan.

        The effort of each application is spent, granted or not; of a refused one also what its
        partners spent on taking part.
        """
        partners = sum(self.sheets[name].effort_ct - self._effort_ct[name] for name in refused)
        spent = sum(self._effort_ct[name] for name in self.sheets) + partners
        return min(self.worth_ct, rest.worth_ct - spent)

    @cached_property
    def _effort_ct(self) -> dict[str, int]:
        return {offer.id: offer.effort_ct for offer in self.case.offers}


def grants_of(case: Case, allocation: Allocation) -> dict[str, OfferSheet]:
    """Return the sheets of the offers that an allocation uses."""
    return {sheet.offer: sheet for sheet in offer_sheets(case, allocation) if sheet.is_used}


# --- Plan B for each refusal: the case solved again with all other offers -------------------------


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
