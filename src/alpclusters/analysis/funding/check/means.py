"""Steps 12 to 14: private money that counts as match, own means and credit."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alpclusters.analysis.funding.case import FULL_BP, Cell
from alpclusters.analysis.funding.check.cumulation import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Amounts,
    Findings,
    Law,
    Limit,
    by_partner,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground

# --- Step 12: private money that counts as match, shared out between offers -----------------------
#
# An offer may want private money as part of declared costs. A partner's own money is spent once,
# and no more of it counts at an offer than what this offer leaves open of the costs declared to
# it. Whether all offers can be served is a flow from offers over partners; whole numbers, no
# search.


type Flow = dict[tuple[str, str], int]
ALL: Final[Key] = ("all",)
_PUBLIC: Final = frozenset({"public", "research"})


def match_keys(ground: Ground, amounts: Amounts) -> Iterator[Key]:
    """Yield the one key where an offer in use wants private money."""
    if any(ground.offers[name].private_match_bp for name in amounts.by_offer):
        yield ALL


def match_touched(ground: Ground, _cell: Cell) -> Iterator[Key]:
    """Yield the one key where any offer of the case wants private money."""
    if any(offer.private_match_bp for offer in ground.case.offers):
        yield ALL


def judge_match(ground: Ground, amounts: Amounts, _key: Key) -> Findings:
    """Check that the private money wanted can be found, for all offers at once.

    Exact in hundredths of a per cent of a cent. ``used`` is the most that an offer could show while
    the others keep what they want.
    """
    wanted = {
        name: ground.offers[name].private_match_bp * sum(cell.declared_ct for cell in cells)
        for name, cells in sorted(amounts.by_offer.items())
        if ground.offers[name].private_match_bp
    }
    pipes = _Pipes(_open_costs(ground, amounts, wanted), _own(ground))
    flow: Flow = {}
    for name, need in wanted.items():
        pipes.push(flow, name, need)
    return together([_weighed(ground, pipes, flow, name, need) for name, need in wanted.items()])


def _weighed(ground: Ground, pipes: "_Pipes", flow: Flow, offer: str, need: int) -> Findings:
    most = dict(flow)
    pipes.push(most, offer, None)
    shown = sum(amount for (name, _), amount in most.items() if name == offer)
    pointer = f"{ground.at('offers', offer)}/private_match_bp"
    law, subject = Law("case.private_match"), f"offer:{offer}"
    limit, used = -(-need // FULL_BP), shown // FULL_BP
    return weigh(Limit(law, subject, pointer, limit, used, "floor"))


def _open_costs(
    ground: Ground, amounts: Amounts, wanted: Mapping[str, int]
) -> Mapping[str, Mapping[str, int]]:
    """Return for each offer and private partner what the offer leaves open, scaled."""
    return {
        offer: {
            partner: FULL_BP * sum(cell.declared_ct - cell.grant_ct for cell in cells)
            for partner, cells in sorted(by_partner(amounts.by_offer[offer], ground).items())
            if ground.partners[partner].kind not in _PUBLIC
        }
        for offer in wanted
    }


def _own(ground: Ground) -> Mapping[str, int | None]:
    return {
        partner.id: None if partner.own_ct is None else FULL_BP * partner.own_ct
        for partner in ground.case.partners
    }


class _Pipes:
    """Offers, partners, and how much may flow between them and out of a partner's own money."""

    def __init__(
        self, open_costs: Mapping[str, Mapping[str, int]], own: Mapping[str, int | None]
    ) -> None:
        self._open, self._own = open_costs, own

    def push(self, flow: Flow, offer: str, need: int | None) -> None:
        """Send as much as is needed from an offer along paths that take nothing from others."""
        sent = sum(amount for (name, _), amount in flow.items() if name == offer)
        while need is None or sent < need:
            path = self._path(flow, offer)
            if path is None:
                return
            room = self._room(flow, path)
            step = room if need is None else min(room, need - sent)
            for at, place in enumerate(path):
                flow[place] = flow.get(place, 0) + (step if at % 2 == 0 else -step)
            sent += step

    def _path(self, flow: Flow, offer: str) -> list[tuple[str, str]] | None:
        """Find the shortest way to a partner with money left; every second place gives way."""
        came: dict[str, tuple[str, str]] = {}
        waiting, seen = deque([offer]), {offer}
        while waiting:
            name = waiting.popleft()
            for partner, most in self._open[name].items():
                if partner in came or flow.get((name, partner), 0) >= most:
                    continue
                came[partner] = (name, partner)
                if self._left(flow, partner) != 0:
                    return self._traced(came, partner, offer)
                for other in self._fed_by(flow, partner) - seen:
                    seen.add(other)
                    came[f"\0{other}"] = (other, partner)
                    waiting.append(other)
        return None

    @staticmethod
    def _traced(
        came: Mapping[str, tuple[str, str]], partner: str, offer: str
    ) -> list[tuple[str, str]]:
        path = [came[partner]]
        while path[-1][0] != offer:
            given = came[f"\0{path[-1][0]}"]
            path += [given, came[given[1]]]
        return path

    def _fed_by(self, flow: Flow, partner: str) -> set[str]:
        return {name for (name, fed), amount in flow.items() if fed == partner and amount > 0}

    def _left(self, flow: Flow, partner: str) -> int | None:
        """Return a partner's money that is not spent yet; None without limit."""
        own = self._own[partner]
        if own is None:
            return None
        return own - sum(amount for (_, fed), amount in flow.items() if fed == partner)

    def _room(self, flow: Flow, path: list[tuple[str, str]]) -> int:
        taking = [self._open[o][p] - flow.get((o, p), 0) for o, p in path[::2]]
        giving = [flow[place] for place in path[1::2]]
        left = self._left(flow, path[0][1])
        return min([*taking, *giving] if left is None else [*taking, *giving, left])


# --- Steps 13 and 14: own means and credit of each partner ----------------------------------------
#
# A partner pays from its own means what nobody grants, and needs credit for what is granted but
# not paid yet: a claim begins with the cost, a part is paid at the start of the offer's window,
# the rest some periods after the cost.


def judge_own_means(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Costs that no grant pays stay within a partner's own means."""
    partner = ground.partners[key[0]]
    if partner.own_ct is None:
        return NOTHING
    cost = sum(line.cost_ct for line in ground.lines_of[partner.id])
    paid = sum(cell.grant_ct for cell in amounts.by_partner.get(partner.id, ()))
    pointer = f"{ground.at('partners', partner.id)}/own_ct"
    subject = f"partner:{partner.id}"
    return weigh(Limit(Law("case.own_means"), subject, pointer, partner.own_ct, cost - paid))


def judge_cash(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Claims stay within a partner's credit in every period; periods without claims are left out.

    Compared in hundredths of a per cent of a cent; shown in cents, rounded up.
    """
    partner = ground.partners[key[0]]
    cells = amounts.by_partner.get(partner.id, ())
    if partner.credit_ct is None or not cells:
        return NOTHING
    pointer = f"{ground.at('partners', partner.id)}/credit_ct"
    found = []
    for period, claim in enumerate(claims_bp(ground, cells)):
        if claim > 0:
            used = -(-claim // FULL_BP)
            subject = f"partner:{partner.id}@{period}"
            law = Law("case.credit")
            at = {"period": period}
            found.append(weigh(Limit(law, subject, pointer, partner.credit_ct, used, params=at)))
    return together(found)


def claims_bp(ground: Ground, cells: Sequence[Cell]) -> list[int]:
    """Return what is claimed and not paid at the end of each period, in cents times 10,000."""
    steps = [0] * (ground.case.periods.count + 1)
    for cell in cells:
        offer, period = ground.offers[cell.offer], ground.lines[cell.line].period
        ahead = cell.grant_ct * offer.prepay_bp
        whole = cell.grant_ct * FULL_BP
        for at, amount in (
            (period, whole),
            (offer.window[0], -ahead),
            (period + offer.lag_periods, ahead - whole),
        ):
            steps[min(max(at, 0), ground.case.periods.count)] += amount
    return _running(steps[:-1])


def _running(steps: Sequence[int]) -> list[int]:
    sums, total = [], 0
    for step in steps:
        total += step
        sums.append(total)
    return sums


def partner_keys(ground: Ground, _amounts: Amounts) -> "list[Key]":
    """Return all partners, also those for whom nothing is declared."""
    return [(partner.id,) for partner in ground.case.partners]
