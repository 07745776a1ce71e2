"""What each offer would bring a partner by itself, and what it would block; nothing is solved.

The amount is a ceiling: rate and aid intensity on each cost, the ceilings of the offer, what is
left in the accounts of de minimis aid and under the thresholds of articles. No mix gives more.
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import FULL_BP, Case, Link, Territory, counting_ct
from alpclusters.analysis.funding.eligibility import Judgements, Truth
from alpclusters.analysis.funding.mix.cells import DE_MINIMIS, IntArray
from alpclusters.analysis.funding.mix.judging import judged_by
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.rulebooks import PROLONGED

ACCOUNT: Final = "C11"
EXCLUSIVE: Final = ("exclusive", "alternative", "exclusive_per_partner")
type Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Worth:
    """What an offer would bring a partner, in cents, if it stood alone.

    Attributes
    ----------
    cost_ct : int
        Costs of the partner that count.
    least_ct, most_ct : int
        With open questions answered badly, and well; both are ceilings.
    bounds : tuple of str
        What cuts the most: ``cap``, ``partner_cap``, ``account``, ``threshold``.
    room_ct : int or None
        What is left in the account of de minimis aid that the offer uses; None if it uses none.
    same_costs, account_with, excludes : tuple of str
        Other offers that could pay the same costs of the partner, that draw on the same account,
        and that may not be used beside this one.
    missing : str
        Why there is no amount: ``costs`` (none that count), ``law`` (the rule for the day of the
        grant is not known, which is no zero), ``offer`` (its floor, partners or countries are not
        reached), ``rule`` (the law gives such a body nothing here); empty where there is one.
    """

    offer: str
    partner: str
    cost_ct: int
    least_ct: int
    most_ct: int
    bounds: tuple[str, ...] = ()
    room_ct: int | None = None
    same_costs: tuple[str, ...] = ()
    account_with: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    missing: str = ""


def worths(case: Case, territory: Territory, judgements: Judgements) -> Mapping[Pair, Worth]:
    """Return what each offer would bring each partner that fits it or may fit it.

    Parameters
    ----------
    case : Case
    territory : Territory
    judgements : Judgements
        Of this case, as `judge_case` gives them.

    Returns
    -------
    mapping of (str, str) to Worth
        By offer and partner.
    """
    sure = _alone(case, territory, judgements, assume_open=False).worths()
    possible = _alone(case, territory, judgements, assume_open=True)
    may = possible.worths()
    ranges = {
        pair: replace(one, least_ct=sure[pair].most_ct if pair in sure else 0)
        for pair, one in may.items()
    }
    pairs = [pair for pair, truth in judgements.truths.items() if truth is not Truth.FALSE]
    nothing = [pair for pair in pairs if pair not in may]
    if not nothing:
        return ranges
    prolonged = replace(case, rulebook=PROLONGED)
    longer = _alone(prolonged, territory, judgements, assume_open=True)
    # An offer without cells under the law that is known may not be reached under any.
    dropped = {
        one.offer
        for found in (possible, longer)
        for one in found.problem.dropped
        if one.reason != "no_cells"
    }
    return ranges | {pair: _missing(case, pair, dropped, longer.members) for pair in nothing}


def _missing(case: Case, pair: Pair, dropped: set[str], longer: Container[Pair]) -> Worth:
    """Say why a pair that fits, or may fit, has no amount."""
    offer = next(one for one in case.offers if one.id == pair[0])
    cost = counting_ct(case, offer, {pair[1]})
    if cost == 0:
        why = "costs"
    elif pair in longer:
        # Also where the offer is not reached because of it: with the law as it was it would be.
        why = "law"
    else:
        why = "offer" if pair[0] in dropped else "rule"
    return Worth(*pair, cost, 0, 0, excludes=_excluded(case.links, pair[0]), missing=why)


def _alone(
    case: Case, territory: Territory, judgements: Judgements, *, assume_open: bool
) -> "_Found":
    asked = replace(case, solver=replace(case.solver, assume_open=assume_open))
    judged = judged_by(judgements, assume_open=assume_open)
    return _Found(prepare(asked, territory, judged=judged))


class _Found:
    """The cells of a problem by offer and partner."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.case = problem, problem.case
        cells = problem.cells
        costs = problem.lines.cost_ct[cells.line]
        self.costs = costs
        # Basis points of cents: a sum is floored once, as the mix floors it.
        self.grants: IntArray = costs * cells.bp
        self.members: dict[Pair, list[int]] = defaultdict(list)
        self.offers_on: dict[int, set[int]] = defaultdict(set)
        partners = problem.lines.partner[cells.line].tolist()
        for i, (offer, line) in enumerate(
            zip(cells.offer.tolist(), cells.line.tolist(), strict=True)
        ):
            pair = (self.case.offers[offer].id, self.case.partners[partners[i]].id)
            self.members[pair].append(i)
            self.offers_on[line].add(offer)
        self.offers = {offer.id: offer for offer in self.case.offers}

    def worths(self) -> dict[Pair, Worth]:
        """Return all pairs that have a cell."""
        return {pair: self.worth(pair) for pair in self.members}

    def worth(self, pair: Pair) -> Worth:
        """Return what an offer would bring a partner."""
        members = np.array(self.members[pair], dtype=np.int64)
        offer = self.offers[pair[0]]
        whole = self._grant_ct(members)
        limits = [("cap", offer.cap_ct), ("partner_cap", offer.partner_cap_ct)]
        pools = [pool for pool in self.problem.pools if np.isin(members, pool.cells).any()]
        room = None
        for pool in pools:
            within = self._grant_ct(np.intersect1d(members, pool.cells))
            name = "account" if pool.constraint == ACCOUNT else "threshold"
            limits.append((name, whole - max(within - pool.limit_ct, 0)))
            if pool.constraint == ACCOUNT:
                room = pool.limit_ct if room is None else min(room, pool.limit_ct)
        most = min([whole, *(limit for _name, limit in limits if limit is not None)])
        cut = [name for name, limit in limits if limit == most < whole]
        return Worth(
            offer=pair[0],
            partner=pair[1],
            cost_ct=int(self.costs[members].sum()),
            least_ct=most,
            most_ct=most,
            bounds=tuple(dict.fromkeys(cut)),
            room_ct=room,
            same_costs=self._others(pair, members),
            account_with=self._sharing(pair, members),
            excludes=_excluded(self.case.links, pair[0]),
        )

    def _grant_ct(self, members: IntArray) -> int:
        return int(self.grants[members].sum()) // FULL_BP

    def _others(self, pair: Pair, members: IntArray) -> tuple[str, ...]:
        lines = np.unique(self.problem.cells.line[members]).tolist()
        found = set().union(*(self.offers_on[line] for line in lines))
        return self._named(found, pair[0])

    def _sharing(self, pair: Pair, members: IntArray) -> tuple[str, ...]:
        cells = self.problem.cells
        drawn = members[cells.aid[members] == DE_MINIMIS]
        pools = (pool for pool in self.problem.pools if pool.constraint == ACCOUNT)
        together = [pool.cells for pool in pools if np.isin(drawn, pool.cells).any()]
        found = {int(one) for some in together for one in cells.offer[some]}
        return self._named(found, pair[0])

    def _named(self, offers: set[int], own: str) -> tuple[str, ...]:
        names = (self.case.offers[place].id for place in sorted(offers))
        return tuple(name for name in names if name != own)


def _excluded(links: Sequence[Link], offer: str) -> tuple[str, ...]:
    """Return the offers that links let nobody use beside this one."""
    named = [
        other
        for link in links
        if link.type in EXCLUSIVE and offer in link.offers
        for other in link.offers
        if other != offer
    ]
    return tuple(dict.fromkeys(named))
