"""Steps 13 and 14: own means and credit of each partner.

A partner pays from its own means what nobody grants, and needs credit for what is granted but not
paid yet: a claim begins with the cost, a part is paid at the start of the offer's window, the rest
some periods after the cost.
"""

from collections.abc import Sequence

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.money import FULL_BP
from alpclusters.analysis.funding.check.amounts import Amounts
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Findings,
    Law,
    Limit,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground


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
