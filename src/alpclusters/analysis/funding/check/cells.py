"""Step 1: each cell exists, fits, lies in the window, and grants what its rate says."""

from collections.abc import Iterator
from typing import Final

from alpclusters.analysis.funding.case import Cell, Line, Offer, share_ct
from alpclusters.analysis.funding.check.aid import (
    DE_MINIMIS,
    FREE,
    alpha_bp,
    basis_of,
    cell_rate_bp,
    judge_incentive,
    words,
)
from alpclusters.analysis.funding.check.conditions import NO, YES
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Amounts,
    Findings,
    fault,
    note,
    together,
)
from alpclusters.analysis.funding.check.ground import Ground, acts_of, is_in_force
from alpclusters.analysis.funding.rulebooks.records import Rule

type Key = tuple[str, ...]
type Figures = dict[str, int | str]
_CASE: Final = "case.cell"


def cell_keys(_ground: Ground, amounts: Amounts) -> Iterator[Key]:
    """Yield each cell as stated, by offer and line."""
    yield from sorted(amounts.cells)


def cells_touched(_ground: Ground, cell: Cell) -> Iterator[Key]:
    """Yield the cell itself."""
    yield (cell.offer, cell.line)


def judge_cell(ground: Ground, amounts: Amounts, key: Key) -> Findings:
    """Check one cell by itself; bounds of a single cell are faults, not ceilings."""
    cell = amounts.cells.get((key[0], key[1]))
    if cell is None:
        return NOTHING
    offer, line = ground.offers.get(cell.offer), ground.lines.get(cell.line)
    if offer is None or line is None:
        kind, name = ("offers", cell.offer) if offer is None else ("lines", cell.line)
        return fault("unknown_cell", f"/{kind}", _CASE, missing=name)
    return together(
        [
            _once(ground, amounts, cell),
            _rejected(ground, offer),
            _fits(ground, offer, line),
            _declared(ground, cell, line),
            _granted(ground, cell, offer, line),
            placed(ground, offer, line),
            _article(ground, offer, line),
            judge_incentive(ground, cell),
            _foreign(ground, cell, offer, line),
        ]
    )


def _once(ground: Ground, amounts: Amounts, cell: Cell) -> Findings:
    if (cell.offer, cell.line) not in amounts.doubled:
        return NOTHING
    return fault("duplicate_cell", ground.at("lines", cell.line), _CASE, offer=cell.offer)


def _rejected(ground: Ground, offer: Offer) -> Findings:
    if offer.id not in ground.rejected:
        return NOTHING
    return fault("rejected_offer", ground.at("offers", offer.id), "case.scenario", offer=offer.id)


def _fits(ground: Ground, offer: Offer, line: Line) -> Findings:
    """Judge the eligibility of the partner anew; what is open needs the recorded assumption."""
    value = ground.fits(offer, ground.partners[line.partner])
    if value == YES:
        return NOTHING
    pointer = f"{ground.at('offers', offer.id)}/eligibility"
    if value == NO:
        return fault(
            "not_eligible", pointer, "case.eligibility", offer=offer.id, partner=line.partner
        )
    if ground.case.solver.assume_open:
        subject = f"offer:{offer.id}/{line.partner}"
        return note("assumed_open", subject, "case.eligibility", partner=line.partner)
    return fault(
        "eligibility_open", pointer, "case.eligibility", offer=offer.id, partner=line.partner
    )


def _declared(ground: Ground, cell: Cell, line: Line) -> Findings:
    pointer = f"{ground.at('lines', line.id)}/cost_ct"
    figures: Figures = {"offer": cell.offer, "declared": cell.declared_ct, "cost": line.cost_ct}
    if cell.declared_ct <= 0 or cell.grant_ct < 0:
        return fault("declared_not_positive", pointer, "case.cost", **figures)
    if cell.declared_ct > line.cost_ct:
        over = cell.declared_ct - line.cost_ct
        return fault("declared_above_cost", pointer, "case.cost", over=over, **figures)
    return NOTHING


def _granted(ground: Ground, cell: Cell, offer: Offer, line: Line) -> Findings:
    """Grant = declared * rate // 10000; a paired offer may give less, to keep its ratio."""
    pointer = f"{ground.at('offers', offer.id)}/rates"
    rate = cell_rate_bp(ground, offer, line)
    if rate is None:
        return fault("no_rate", pointer, "case.rate", offer=offer.id, partner=line.partner)
    right = share_ct(cell.declared_ct, rate)
    is_less = offer.id in ground.paired and cell.grant_ct < right
    if cell.grant_ct == right or is_less:
        return NOTHING
    figures: Figures = {"line": line.id, "granted": cell.grant_ct, "right": right, "rate_bp": rate}
    return fault("grant_differs", pointer, "case.rate", offer=offer.id, **figures)


def placed(ground: Ground, offer: Offer, line: Line) -> Findings:
    """Judge window, category and theme; a work package without themes is open to every theme."""
    pointer = ground.at("lines", line.id)
    first, last = offer.window
    found = []
    if not first <= line.period <= last:
        found.append(fault("outside_window", f"{pointer}/period", "case.window", offer=offer.id))
    if offer.categories and line.category not in offer.categories:
        found.append(
            fault("wrong_category", f"{pointer}/category", "case.category", offer=offer.id)
        )
    package = ground.packages.get(line.wp)
    themes = set(package.themes) if package else set()
    if ground.case.solver.theme_filter and offer.themes and themes.isdisjoint(offer.themes):
        found.append(fault("wrong_theme", f"{pointer}/wp", "case.theme", offer=offer.id))
    return together(found)


def _article(ground: Ground, offer: Offer, line: Line) -> Findings:
    """The article of an aid grant is in force on its day and meant for this undertaking."""
    article = basis_of(ground, offer, line)
    if article in (FREE, DE_MINIMIS):
        return NOTHING
    pointer = f"{ground.at('offers', offer.id)}/articles"
    day = ground.day(offer)
    rule = ground.rules(day).get(article)
    if rule is None:
        return _not_in_force(ground, offer, article, pointer)
    if alpha_bp(ground, rule, offer, line) is None:
        return fault("size_not_eligible", pointer, article, offer=offer.id, partner=line.partner)
    return NOTHING


def _not_in_force(ground: Ground, offer: Offer, article: str, pointer: str) -> Findings:
    """A fault where the act of the article holds on the day; else `judge_law_in_time` says it."""
    day = ground.day(offer)
    figures = {"offer": offer.id, "on": day.isoformat(), "article": article}
    acts = acts_of(ground, article)
    if not acts:
        return fault("unknown_article", pointer, article, **figures)
    if is_in_force(ground, acts, day):
        return fault("article_not_in_force", pointer, article, **figures)
    return NOTHING


def _foreign(ground: Ground, cell: Cell, offer: Offer, line: Line) -> Findings:
    """Partners of Switzerland and Liechtenstein get no ERDF (Reg. 2021/1059 Art. 23(1))."""
    partner = ground.partners[line.partner]
    for rule in ground.rules_for(ground.day(offer), "no_union_money"):
        if is_barred(rule, offer, partner.country) and cell.grant_ct > 0:
            pointer = ground.at("partners", partner.id)
            return fault("no_union_money", pointer, rule.id, offer=offer.id, partner=partner.id)
    return NOTHING


def is_barred(rule: Rule, offer: Offer, country: str) -> bool:
    """Say whether a rule keeps the money of an offer from partners of a country."""
    return offer.origin in words(rule, "origins") and country in words(rule, "countries")
