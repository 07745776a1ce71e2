"""Intensities over the whole aid period: operation of innovation clusters (Art. 27(7)-(9)).

The law speaks of the total of eligible costs over the period in which aid is granted, so one year
may hold more than the intensity if another holds less.
"""

from collections.abc import Iterator, Sequence

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.money import share_ct
from alpclusters.analysis.funding.case.records import Line, Offer
from alpclusters.analysis.funding.check.aid import alpha_bp, basis, basis_of
from alpclusters.analysis.funding.check.amounts import Amounts
from alpclusters.analysis.funding.check.cumulation import line_aid
from alpclusters.analysis.funding.check.doubles import Key, later_day
from alpclusters.analysis.funding.check.findings import NOTHING, Findings, Limit, law_of, weigh
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.intensities import base_name, figure


def average_keys(ground: Ground, amounts: Amounts) -> Iterator[Key]:
    """Yield partner and article where an intensity may hold for a whole period."""
    for partner in sorted(amounts.by_partner):
        yield from ((partner, article) for article in ground.averages)


def averages_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the partner of a cell with each such article: other aid can take a cost out of it."""
    line = ground.lines.get(cell.line)
    if line is not None:
        yield from ((line.partner, article) for article in ground.averages)


def judge_average(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Aid over the period stays within the intensity of all costs that the offers used can take."""
    partner, article = key
    cells = [c for c in amounts.by_partner.get(partner, ()) if basis(ground, c) == article]
    if not any(cell.grant_ct for cell in cells):
        return NOTHING
    day = later_day(ground, cells)
    rule = ground.rules(day).get(article)
    offers = [ground.offers[name] for name in sorted({cell.offer for cell in cells})]
    if rule is None or not figure(rule, "average_over_period"):
        return NOTHING
    lines = _lines(ground, amounts, offers, partner, article)
    used = sum(_aid_ct(ground, amounts, line) for line in lines)
    alpha = min((alpha_bp(ground, rule, offers[0], line) or 0 for line in lines), default=0)
    limit = share_ct(sum(line.cost_ct for line in lines), alpha)
    name = base_name(rule, ground.partners[partner], ground.sizes[partner])
    law = law_of(ground, rule, day, name, set_by=article)
    return weigh(
        Limit(law, f"partner:{partner}/{article}", ground.at("partners", partner), limit, used)
    )


def _lines(
    ground: Ground, amounts: Amounts, offers: Sequence[Offer], partner: str, article: str
) -> list[Line]:
    """The costs of the aid period whose limit no other article sets."""
    taken = [
        line
        for line in ground.lines_of[partner]
        if any(_can_take(ground, offer, line, article) for offer in offers)
    ]
    return [line for line in taken if _setter(ground, amounts, line) in (None, article)]


def _can_take(ground: Ground, offer: Offer, line: Line, article: str) -> bool:
    first, last = offer.window
    in_window = first <= line.period <= last
    in_category = not offer.categories or line.category in offer.categories
    return in_window and in_category and basis_of(ground, offer, line) == article


def _setter(ground: Ground, amounts: Amounts, line: Line) -> str | None:
    aid = line_aid(ground, amounts.by_line.get(line.id, ()))
    return aid.setter.article if aid and aid.setter else None


def _aid_ct(ground: Ground, amounts: Amounts, line: Line) -> int:
    """De minimis counts where exempted aid is on the same cost (Art. 8(5))."""
    aid = line_aid(ground, amounts.by_line.get(line.id, ()))
    return aid.aid_ct + aid.de_minimis_ct if aid and aid.aid_ct else 0
