"""The order in which a mix is checked; it never stops at the first fault."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.case.mixes import Cell
from alpclusters.analysis.funding.check import (
    accounts,
    averages,
    cells,
    cumulation,
    doubles,
    interreg,
    law_in_time,
    links,
    matching,
    means,
    notices,
    offers,
    thresholds,
    union_rates,
    wishes,
)
from alpclusters.analysis.funding.check.amounts import Amounts
from alpclusters.analysis.funding.check.doubles import Key
from alpclusters.analysis.funding.check.findings import NOTHING, Findings
from alpclusters.analysis.funding.check.ground import Ground

type Results = Mapping[tuple[int, Key], Findings]


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the check: what it goes through, what a change touches, how it judges one."""

    keys: Callable[[Ground, Amounts], Iterable[Key]]
    touched: Callable[[Ground, Cell], Iterable[Key]]
    judge: Callable[[Ground, Amounts, Key], Findings]


_LINE: Final = (doubles.line_keys, doubles.line_touched)
_OFFER: Final = (offers.offer_keys, offers.offer_touched)
_PARTNER: Final = (doubles.partner_keys, doubles.partner_touched)
_EVERYONE: Final = (means.partner_keys, doubles.partner_touched)

STEPS: Final = (
    Step(cells.cell_keys, cells.cells_touched, cells.judge_cell),
    Step(*_PARTNER, doubles.judge_one_grant),
    Step(*_LINE, doubles.judge_union_once),
    Step(*_LINE, doubles.judge_no_profit),
    Step(*_LINE, cumulation.judge_line_aid),
    Step(averages.average_keys, averages.averages_touched, averages.judge_average),
    Step(*_LINE, union_rates.judge_union_rate),
    Step(accounts.account_keys, accounts.accounts_touched, accounts.judge_account),
    Step(thresholds.threshold_keys, thresholds.thresholds_touched, thresholds.judge_threshold),
    Step(*_OFFER, offers.judge_offer),
    Step(*_OFFER, interreg.judge_cohesion),
    Step(matching.match_keys, matching.match_touched, matching.judge_match),
    Step(*_EVERYONE, means.judge_own_means),
    Step(*_PARTNER, means.judge_cash),
    Step(links.link_keys, links.links_touched, links.judge_link),
    Step(links.seal_keys, links.seals_touched, links.judge_seal),
    Step(wishes.wish_keys, wishes.wishes_touched, wishes.judge_wish),
    Step(law_in_time.offer_keys, law_in_time.offer_touched, law_in_time.judge_law_in_time),
    Step(*_OFFER, notices.judge_notices),
    Step(*_PARTNER, notices.judge_vat),
)


def walk(ground: Ground, amounts: Amounts) -> Results:
    """Judge everything, in the order of the steps and of their keys."""
    return {
        (at, key): step.judge(ground, amounts, key)
        for at, step in enumerate(STEPS)
        for key in step.keys(ground, amounts)
    }


def walk_again(results: Results, ground: Ground, amounts: Amounts, cell: Cell) -> Results:
    """Judge only what a changed cell touches, and keep the rest."""
    fresh = {
        (at, key): step.judge(ground, amounts, key)
        for at, step in enumerate(STEPS)
        for key in step.touched(ground, cell)
    }
    kept = {**results, **fresh}
    return {place: kept[place] for place in sorted(kept) if kept[place] != NOTHING}
