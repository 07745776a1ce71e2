"""The variables of the model: where each stands, its bounds, its price."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.funding.case import FULL_BP, Offer, share_ct
from alpclusters.analysis.funding.mix.cells import DE_MINIMIS, IntArray
from alpclusters.analysis.funding.mix.problem import Problem

CENTS: Final = 100.0
PUBLIC_KINDS: Final = ("public", "research")

type FloatArray = NDArray[np.float64]


class UnionCeiling(NamedTuple):
    """A ceiling of public money on a line (Art. 8(2)) and what it is because of.

    ``constant``: whatever is used; ``article``: the place of a setter; ``rate``: basis points of a
    central offer; ``no_aid``, ``no_central``: aid and Union money do not meet, the cost bounds all.
    """

    cumulation: int
    kind: Literal["constant", "article", "rate", "no_aid", "no_central"]
    value: int
    limit_ct: int


@dataclass(frozen=True, eq=False)
class Columns:
    """Positions of all variables: d, y, z, v, m (article), n (Union rate), h, a (aid apart), s.

    ``offers`` are the positions of usable offers in the case; all other arrays of offers here are
    numbered by their place in ``offers``.
    """

    problem: Problem

    @cached_property
    def offers(self) -> IntArray:
        """Positions of offers that have cells."""
        return np.unique(self.problem.cells.offer)

    @cached_property
    def terms(self) -> tuple[Offer, ...]:
        """The usable offers."""
        return tuple(self.problem.case.offers[i] for i in self.offers)

    @cached_property
    def rate(self) -> FloatArray:
        """Grant for each euro declared, of shape (n_cells,)."""
        return np.asarray(self.problem.cells.bp / FULL_BP)

    @cached_property
    def cost(self) -> FloatArray:
        """Cost of each line in euro."""
        return np.asarray(self.problem.lines.cost_ct / CENTS)

    @cached_property
    def cell_offer(self) -> IntArray:
        """Place in ``offers`` of each cell."""
        return np.searchsorted(self.offers, self.problem.cells.offer)

    @cached_property
    def cell_partner(self) -> IntArray:
        """Partner of each cell."""
        return self.problem.lines.partner[self.problem.cells.line]

    @cached_property
    def pairs(self) -> IntArray:
        """Offer and partner of each possible participation, of shape (n_pairs, 2)."""
        keys = np.unique(self.cell_offer * self._n_partners + self.cell_partner)
        return np.stack(np.divmod(keys, self._n_partners), axis=1)

    @cached_property
    def cell_pair(self) -> IntArray:
        """Participation that each cell needs."""
        keys = self.pairs[:, 0] * self._n_partners + self.pairs[:, 1]
        return np.searchsorted(keys, self.cell_offer * self._n_partners + self.cell_partner)

    @cached_property
    def countries(self) -> tuple[tuple[int, str], ...]:
        """Offer and country of each presence that counts (offers that want several)."""
        return tuple(dict.fromkeys((offer, country) for offer, _, country in self.presences))

    @cached_property
    def presences(self) -> tuple[tuple[int, int, str], ...]:
        """Offer, participation and country, for offers that want several countries."""
        partners = self.problem.case.partners
        return tuple(
            (int(offer), pair, partners[int(partner)].country)
            for pair, (offer, partner) in enumerate(self.pairs.tolist())
            if self.problem.least[int(self.offers[offer])][0] > 1
        )

    @cached_property
    def setters(self) -> tuple[tuple[int, int], ...]:
        """Cumulation and place of each article that may set a limit; -1 is de minimis alone."""
        return tuple(self._setters())

    @cached_property
    def unions(self) -> tuple[UnionCeiling, ...]:
        """What may bound public money on lines where that depends on what is used."""
        return tuple(self._unions())

    @cached_property
    def matches(self) -> tuple[tuple[int, int], ...]:
        """Offer and private partner whose own money may count as match (pair number second)."""
        partners = self.problem.case.partners
        return tuple(
            (offer, pair)
            for pair, (offer, partner) in enumerate(self.pairs.tolist())
            if self.terms[offer].private_match_bp and partners[partner].kind not in PUBLIC_KINDS
        )

    @cached_property
    def apart(self) -> tuple[tuple[int, int], ...]:
        """Average and cumulation of each line whose aid another article may limit."""
        return tuple(
            (number, i)
            for number, average in enumerate(self.problem.averages)
            for i, cumulation in enumerate(self.problem.cumulations)
            if cumulation.line in average.lines
            and len(cumulation.setters) + bool(len(cumulation.de_minimis)) > 1
        )

    @cached_property
    def soft_wishes(self) -> tuple[int, ...]:
        """Positions of wishes that have a price."""
        wishes = self.problem.case.wishes
        return tuple(i for i, wish in enumerate(wishes) if wish.weight is not None)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """First column of each block, and the number of all."""
        sizes = (
            len(self.problem.cells),
            len(self.offers),
            len(self.pairs),
            len(self.countries),
            len(self.setters),
            len(self.unions),
            len(self.matches),
            len(self.apart),
            len(self.soft_wishes),
        )
        return (0, *np.cumsum(sizes).tolist())

    @property
    def n(self) -> int:
        """Number of columns."""
        return self.starts[-1]

    @property
    def y(self) -> int:
        """First column of offers used."""
        return self.starts[1]

    @property
    def z(self) -> int:
        """First column of participations."""
        return self.starts[2]

    @property
    def v(self) -> int:
        """First column of countries."""
        return self.starts[3]

    @property
    def m(self) -> int:
        """First column of articles that set a limit."""
        return self.starts[4]

    @property
    def u(self) -> int:
        """First column of ceilings of Union money."""
        return self.starts[5]

    @property
    def h(self) -> int:
        """First column of private money."""
        return self.starts[6]

    @property
    def a(self) -> int:
        """First column of aid that another article than an average limits."""
        return self.starts[7]

    @property
    def s(self) -> int:
        """First column of missed wishes."""
        return self.starts[8]

    @cached_property
    def setter_of(self) -> dict[tuple[int, int], int]:
        """Column of each article that may set a limit."""
        return {key: self.m + i for i, key in enumerate(self.setters)}

    @cached_property
    def most(self) -> FloatArray:
        """The greatest cost that a cell can declare, in euro."""
        most = self.cost[self.problem.cells.line].copy()
        for cumulation in self.problem.cumulations:
            for setter in cumulation.setters:
                top = max(each.limit_ct for each in cumulation.setters) / CENTS
                most[setter.cells] = np.minimum(most[setter.cells], top / self.rate[setter.cells])
        for pool in self.problem.pools:
            room = pool.limit_ct / CENTS / self.rate[pool.cells]
            most[pool.cells] = np.minimum(most[pool.cells], room)
        caps = np.array([np.inf if t.cap_ct is None else t.cap_ct / CENTS for t in self.terms])
        own = [t.cap_ct if t.partner_cap_ct is None else t.partner_cap_ct for t in self.terms]
        partner_caps = np.array([np.inf if cap is None else cap / CENTS for cap in own])
        caps = np.minimum(caps, partner_caps)[self.cell_offer] if len(self.terms) else caps
        return np.minimum(most, caps / self.rate) if len(most) else most

    @property
    def _n_partners(self) -> int:
        return max(len(self.problem.case.partners), 1)

    def _setters(self) -> Iterator[tuple[int, int]]:
        for i, cumulation in enumerate(self.problem.cumulations):
            setters = cumulation.setters
            is_average = any(setter.is_average for setter in setters)
            if len(setters) + bool(len(cumulation.de_minimis)) > 1 or is_average:
                yield from ((i, k) for k in range(len(setters)))
                if len(cumulation.de_minimis):
                    yield i, DE_MINIMIS

    def _unions(self) -> Iterator[UnionCeiling]:
        for i, found in enumerate(self.problem.cumulations):
            limit = union_limit(self.problem, i)
            is_mixed = len(found.de_minimis) or len(found.others)
            if not len(found.central) or (limit is not None and not is_mixed):
                continue  # nothing to bound, or always the same
            cost = int(self.problem.lines.cost_ct[found.line])
            if limit is not None:
                yield UnionCeiling(i, "constant", 0, limit)
            else:
                for k, setter in enumerate(found.setters):
                    yield UnionCeiling(i, "article", k, setter.rate_ct)
                for bp in np.unique(self.problem.cells.bp[found.central]).tolist():
                    yield UnionCeiling(i, "rate", bp, share_ct(cost, bp))
            yield UnionCeiling(i, "no_aid", 0, cost)
            yield UnionCeiling(i, "no_central", 0, cost)


def union_limit(problem: Problem, cumulation: int) -> int | None:
    """Return the ceiling of aid and central Union money on a line in cents where it is constant.

    None where it depends on what is used (Reg. 651/2014 Art. 8(2): the most favourable rate).
    """
    found = problem.cumulations[cumulation]
    if not len(found.central):
        return None
    cost = int(problem.lines.cost_ct[found.line])
    rates = sorted({int(bp) for bp in problem.cells.bp[found.central]})
    limits = [setter.rate_ct for setter in found.setters]
    union = [cost * rate // FULL_BP for rate in rates]
    is_one_rate = len(rates) == 1 and (union[0] >= max(limits) or len(limits) == 1)
    is_one_article = len(limits) == 1 and max(union) <= limits[0]
    return max(*limits, *union) if is_one_rate or is_one_article else None
