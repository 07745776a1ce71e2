"""What remains of a plan when applications are refused: the case solved again without them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case.mixes import Allocation
from alpclusters.analysis.funding.case.records import Case, Link, Wish
from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.mix.cents import rows_named
from alpclusters.analysis.funding.mix.model import Model, build
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.settling import settle
from alpclusters.analysis.funding.mix.solver import solve_model

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
