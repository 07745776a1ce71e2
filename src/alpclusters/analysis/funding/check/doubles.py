"""Steps 2 to 4: one Union grant per beneficiary, no cost paid twice, no profit.

Financial Regulation (2018/1046 Art. 191(1), 191(3), 192 and its forerunners and recast) and the
rules of the Funds (1303/2013 Art. 65(11), 2021/1060 Art. 63(9)).
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.check.amounts import Amounts
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Findings,
    Limit,
    law_of,
    together,
    weigh,
)
from alpclusters.analysis.funding.check.ground import Ground
from alpclusters.analysis.funding.check.intensities import words
from alpclusters.analysis.funding.rulebooks.records import Rule

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
