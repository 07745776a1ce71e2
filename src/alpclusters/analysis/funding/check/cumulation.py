"""Steps 2 to 6: no cost paid twice, State aid on one cost and beside money of the Union."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alpclusters.analysis.funding.case import FULL_BP, Cell, Line, Offer, share_ct
from alpclusters.analysis.funding.check.aid import (
    DE_MINIMIS,
    FREE,
    alpha_bp,
    base_name,
    basis,
    basis_of,
    figure,
    intensity_names,
    rule_for,
    words,
)
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Amounts,
    Findings,
    Law,
    Limit,
    law_of,
    note,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.rulebooks.records import Rule

# --- Steps 2 to 4: one Union grant per beneficiary, no cost paid twice, no profit -----------------
#
# Financial Regulation (2018/1046 Art. 191(1), 191(3), 192 and its forerunners and recast) and the
# rules of the Funds (1303/2013 Art. 65(11), 2021/1060 Art. 63(9)).


type Key = tuple[str, ...]


def line_keys(_ground: Ground, amounts: Amounts) -> Iterator[Key]:
    """Yield each line for which something is declared."""
    yield from ((line,) for line in sorted(amounts.by_line))


def line_touched(_ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the line of a cell."""
    yield (cell.line,)


def partner_keys(_ground: Ground, amounts: Amounts) -> Iterator[Key]:
    """Yield each partner for whom something is declared."""
    yield from ((partner,) for partner in sorted(amounts.by_partner))


def partner_touched(ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the partner of a cell."""
    if cell.line in ground.lines:
        yield (ground.lines[cell.line].partner,)


def later_day(ground: Ground, cells: Sequence[Cell]) -> dt.date:
    """Return the day of the latest grant: where two books meet on a cost, the later holds."""
    return max(ground.day(ground.offers[cell.offer]) for cell in cells)


def judge_one_grant(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """One action, one grant from the Union budget for each beneficiary (DF-1)."""
    cells = amounts.by_partner.get(key[0], ())
    if not cells:
        return NOTHING
    rules = ground.rules_for(later_day(ground, cells), "one_grant")
    return together([_one_grant(ground, rule, cells, key[0]) for rule in rules])


def _one_grant(ground: Ground, rule: Rule, cells: Sequence[Cell], partner: str) -> Findings:
    offers = {cell.offer for cell in _of_origins(ground, rule, cells)}
    if not offers:
        return NOTHING
    law = law_of(ground, rule, later_day(ground, cells))
    pointer = ground.at("partners", partner)
    named = {"offers": ", ".join(sorted(offers))}
    return weigh(
        Limit(law, f"partner:{partner}", pointer, 1, len(offers), unit="count", params=named)
    )


def judge_union_once(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """The Union's money pays a cost once: declared costs add up to no more than it (DF-2, DF-4)."""
    cells = amounts.by_line.get(key[0], ())
    if not cells:
        return NOTHING
    rules = ground.rules_for(later_day(ground, cells), "union_once")
    return together([_once(ground, rule, cells, key[0]) for rule in rules])


def _once(ground: Ground, rule: Rule, cells: Sequence[Cell], line: str) -> Findings:
    counted = _of_origins(ground, rule, cells)
    if not counted:
        return NOTHING
    declared = sum(cell.declared_ct for cell in counted)
    return _of_line(ground, rule, cells, line, declared, counted)


def judge_no_profit(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """All grants for a cost together do not pass it (DF-3)."""
    cells = amounts.by_line.get(key[0], ())
    if not cells:
        return NOTHING
    granted = sum(cell.grant_ct for cell in cells)
    rules = ground.rules_for(later_day(ground, cells), "no_profit")
    return together([_of_line(ground, rule, cells, key[0], granted, cells) for rule in rules])


def _of_line(
    ground: Ground,
    rule: Rule,
    cells: Sequence[Cell],
    line: str,
    used: int,
    counted: Sequence[Cell],
) -> Findings:
    """Weigh what is counted of a cost; one offer alone can never pass the cost it declares."""
    law = law_of(ground, rule, later_day(ground, cells))
    cost = ground.lines[line].cost_ct
    is_alone = len({cell.offer for cell in counted}) == 1
    pointer = ground.at("lines", line)
    return weigh(Limit(law, f"line:{line}", pointer, cost, used, is_by_construction=is_alone))


def _of_origins(ground: Ground, rule: Rule, cells: Sequence[Cell]) -> list[Cell]:
    origins = words(rule, "origins")
    return [cell for cell in cells if ground.offers[cell.offer].origin in origins]


# --- Step 5: State aid on one cost (Reg. 651/2014 Art. 8(3) and (5)) and the article that sets it


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


# --- Step 6: State aid beside centrally managed Union money (Reg. 651/2014 Art. 8(2), MR-1) -------


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


# --- Intensities over the whole aid period: operation of innovation clusters (Art. 27(7)-(9)) -----
#
# The law speaks of the total of eligible costs over the period in which aid is granted, so one
# year may hold more than the intensity if another holds less.


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
