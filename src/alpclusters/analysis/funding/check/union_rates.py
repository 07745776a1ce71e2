"""Step 6: State aid beside centrally managed Union money (Reg. 651/2014 Art. 8(2), MR-1)."""

from alpclusters.analysis.funding.case.money import share_ct
from alpclusters.analysis.funding.check.aid import DE_MINIMIS, FREE, basis
from alpclusters.analysis.funding.check.amounts import Amounts
from alpclusters.analysis.funding.check.cumulation import line_aid
from alpclusters.analysis.funding.check.doubles import Key, later_day
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Findings,
    Limit,
    law_of,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground


def judge_union_rate(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """All public money on a cost stays within the most favourable rate of Union law.

    Where exempted aid and central Union money meet: ``sum of all public grants <= max(alpha, r_M)
    * c``, with r_M the highest rate of the central offers there. Public money is all but that of
    private givers, so de minimis counts and so do grants that are no aid.
    """
    cells = amounts.by_line.get(key[0], ())
    public = [cell for cell in cells if ground.offers[cell.offer].origin != "private"]
    central = [
        cell
        for cell in cells
        if ground.offers[cell.offer].origin == "union_central" and cell.grant_ct > 0
    ]
    exempted = [c for c in cells if basis(ground, c) not in (FREE, DE_MINIMIS) and c.grant_ct > 0]
    if not (central and exempted):
        return NOTHING
    day = later_day(ground, [cell for cell in public if cell.grant_ct > 0])
    partner = ground.partners[ground.lines[key[0]].partner]
    rates = [ground.rate_bp(ground.offers[cell.offer], partner) or 0 for cell in central]
    aid = line_aid(ground, cells)
    # An intensity that holds for a period is a rate of Union law too, but never the whole cost.
    alpha = aid.setter.alpha_bp if aid and aid.setter else 0
    limit = share_ct(ground.lines[key[0]].cost_ct, max(alpha, *rates))
    used = sum(cell.grant_ct for cell in public)
    return together(
        [
            weigh(
                Limit(
                    law_of(ground, rule, day),
                    f"line:{key[0]}",
                    ground.at("lines", key[0]),
                    limit,
                    used,
                )
            )
            for rule in ground.rules_for(day, "union_rate")
        ]
    )
