"""Step 5: State aid on one cost (Reg. 651/2014 Art. 8(3) and (5)) and the article that sets it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.case.money import FULL_BP, share_ct
from alpclusters.analysis.funding.check.aid import DE_MINIMIS, FREE, alpha_bp, basis, rule_for
from alpclusters.analysis.funding.check.amounts import Amounts
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Findings,
    Law,
    Limit,
    law_of,
    note,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.intensities import figure, intensity_names
from alpclusters.analysis.funding.rulebooks.records import Rule


@dataclass(frozen=True, slots=True)
class Applied:
    """An article under which something is granted for a cost, with its intensity there."""

    article: str
    rule: Rule
    alpha_bp: int
    declared_ct: int

    @property
    def is_average(self) -> bool:
        """Say whether its intensity holds for the whole aid period and not for each cost."""
        return bool(figure(self.rule, "average_over_period"))


@dataclass(frozen=True, slots=True)
class LineAid:
    """The aid on one cost: articles from the lowest intensity up, and the one that sets the limit.

    ``nominal`` are articles that carry too little of the cost to raise its limit.
    """

    day: dt.date
    aid_ct: int
    de_minimis_ct: int
    applied: tuple[Applied, ...]
    nominal: tuple[Applied, ...]

    @property
    def setter(self) -> Applied | None:
        """Return the article with the highest intensity that counts."""
        return self.applied[-1] if self.applied else None


def line_aid(ground: Ground, cells: Sequence[Cell]) -> LineAid | None:
    """Return the State aid among the grants for one cost; None where there is none.

    Two grants under two books: the rules of the later one, or of the one before where no rule on
    cumulation is known for its day (de minimis after the end of the block exemption). An article
    above the lowest counts only where it carries at least ``applied_bp`` (1 %) of the cost: a
    nominal cent under a generous article raises nothing.
    """
    aid = [cell for cell in cells if basis(ground, cell) != FREE and cell.grant_ct > 0]
    if not aid:
        return None
    day = _law_day(ground, aid)
    found = sorted(_applied(ground, aid, day), key=lambda one: (one.alpha_bp, one.article))
    least = _least_declared(ground, day, ground.lines[aid[0].line].cost_ct)
    counted = tuple(a for at, a in enumerate(found) if at == 0 or a.declared_ct >= least)
    small = [cell for cell in aid if basis(ground, cell) == DE_MINIMIS]
    return LineAid(
        day,
        sum(cell.grant_ct for cell in aid if cell not in small),
        sum(cell.grant_ct for cell in small),
        counted,
        tuple(one for one in found if one not in counted),
    )


def judge_line_aid(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Aid on the same cost stays within the highest intensity applied on it (CU-3, CU-5)."""
    aid = line_aid(ground, amounts.by_line.get(key[0], ()))
    if aid is None:
        return NOTHING
    notes = [_nominal(one, key[0]) for one in aid.nominal]
    return together([_weighed(ground, aid, key[0]), *notes])


def _weighed(ground: Ground, aid: LineAid, line: str) -> Findings:
    check = "line_limit_de_minimis" if aid.de_minimis_ct else "line_limit"
    rules = ground.rules_for(aid.day, check)
    if not rules:
        return NOTHING
    setter = aid.setter
    limit = share_ct(ground.lines[line].cost_ct, line_limit_bp(setter))
    used = aid.aid_ct + aid.de_minimis_ct
    law = _law(ground, rules[0], aid, line)
    return weigh(Limit(law, f"line:{line}", ground.at("lines", line), limit, used))


def line_limit_bp(setter: Applied | None) -> int:
    """Return the part of a cost that may be aid: all for de minimis alone and for averages."""
    return FULL_BP if setter is None or setter.is_average else setter.alpha_bp


def _law(ground: Ground, rule: Rule, aid: LineAid, line: str) -> Law:
    """The figure is the setter's; it is as sure as the setter's intensity."""
    general = law_of(ground, rule, aid.day)
    if aid.setter is None:
        return general
    cost = ground.lines[line]
    partner, unverified = ground.partners[cost.partner], aid.setter.rule.unverified_params
    names = intensity_names(aid.setter.rule, cost, partner, ground.sizes[partner.id])
    is_unsure = not set(unverified).isdisjoint(names)
    status = "unverified" if is_unsure else general.status
    return Law(general.rule, general.act, general.article, general.book, status, aid.setter.article)


def _law_day(ground: Ground, aid: Sequence[Cell]) -> dt.date:
    days = sorted({ground.day(ground.offers[cell.offer]) for cell in aid}, reverse=True)
    return next((day for day in days if ground.rules_for(day, "line_limit")), days[0])


def _nominal(one: Applied, line: str) -> Findings:
    return note("nominal_article", f"line:{line}", "CU-3", article=one.article)


def _least_declared(ground: Ground, day: dt.date, cost: int) -> int:
    """Return the least declared cost, rounded up, with which an article counts."""
    rules = ground.rules_for(day, "line_limit")
    share = figure(rules[0], "applied_bp") if rules else 0
    return -(-cost * share // FULL_BP)


def _applied(ground: Ground, aid: Sequence[Cell], day: dt.date) -> list[Applied]:
    found: dict[str, Applied] = {}
    for cell in aid:
        one = _of_cell(ground, cell, day)
        if one is not None:
            before = found.get(one.article)
            found[one.article] = one if before is None else _added(before, one)
    return list(found.values())


def _of_cell(ground: Ground, cell: Cell, day: dt.date) -> Applied | None:
    article = basis(ground, cell)
    offer, line = ground.offers[cell.offer], ground.lines[cell.line]
    rule = rule_for(ground, article, day, offer)
    alpha = None if rule is None else alpha_bp(ground, rule, offer, line)
    if rule is None or alpha is None:
        return None
    return Applied(article, rule, alpha, cell.declared_ct)


def _added(one: Applied, other: Applied) -> Applied:
    """Join two grants under one article; with two Seals the lower rate holds."""
    alpha = min(one.alpha_bp, other.alpha_bp)
    return Applied(one.article, one.rule, alpha, one.declared_ct + other.declared_ct)
