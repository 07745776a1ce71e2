"""Check a mix in the order of its steps, and check it again after one cell changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.funding.case import Allocation, Case, Cell, Territory
from alpclusters.analysis.funding.check import (
    accounts,
    cells,
    cumulation,
    interreg,
    law_in_time,
    means,
    offers,
)
from alpclusters.analysis.funding.check.cumulation import Key
from alpclusters.analysis.funding.check.findings import (
    NOTHING,
    Amounts,
    Ceiling,
    Check,
    Findings,
    amounts_of,
    changed,
    together,
)
from alpclusters.analysis.funding.check.ground import LAW_OPEN, Ground, ground_of
from alpclusters.analysis.funding.rulebooks.books import BOOKS
from alpclusters.analysis.funding.rulebooks.records import RuleBook

# --- The order in which a mix is checked; it never stops at the first fault -----------------------


type Results = Mapping[tuple[int, Key], Findings]


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the check: what it goes through, what a change touches, how it judges one."""

    keys: Callable[[Ground, Amounts], Iterable[Key]]
    touched: Callable[[Ground, Cell], Iterable[Key]]
    judge: Callable[[Ground, Amounts, Key], Findings]


_LINE: Final = (cumulation.line_keys, cumulation.line_touched)
_OFFER: Final = (offers.offer_keys, offers.offer_touched)
_PARTNER: Final = (cumulation.partner_keys, cumulation.partner_touched)
_EVERYONE: Final = (means.partner_keys, cumulation.partner_touched)

STEPS: Final = (
    Step(cells.cell_keys, cells.cells_touched, cells.judge_cell),
    Step(*_PARTNER, cumulation.judge_one_grant),
    Step(*_LINE, cumulation.judge_union_once),
    Step(*_LINE, cumulation.judge_no_profit),
    Step(*_LINE, cumulation.judge_line_aid),
    Step(cumulation.average_keys, cumulation.averages_touched, cumulation.judge_average),
    Step(*_LINE, cumulation.judge_union_rate),
    Step(accounts.account_keys, accounts.accounts_touched, accounts.judge_account),
    Step(accounts.threshold_keys, accounts.thresholds_touched, accounts.judge_threshold),
    Step(*_OFFER, offers.judge_offer),
    Step(*_OFFER, interreg.judge_cohesion),
    Step(means.match_keys, means.match_touched, means.judge_match),
    Step(*_EVERYONE, means.judge_own_means),
    Step(*_PARTNER, means.judge_cash),
    Step(offers.link_keys, offers.links_touched, offers.judge_link),
    Step(offers.seal_keys, offers.seals_touched, offers.judge_seal),
    Step(offers.wish_keys, offers.wishes_touched, offers.judge_wish),
    Step(law_in_time.offer_keys, law_in_time.offer_touched, law_in_time.judge_law_in_time),
    Step(*_OFFER, law_in_time.judge_notices),
    Step(*_PARTNER, law_in_time.judge_vat),
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


# --- Check a mix, and check it again after one cell changed ---------------------------------------


# Slack is compared relative to its limit, in whole parts of this; no floats anywhere.
_PARTS: Final = 10**12


@dataclass(frozen=True, slots=True, eq=False)
class CheckState:
    """A checked mix with what is needed to check a change of it quickly.

    Attributes
    ----------
    check : Check
        The word on the mix as it stands.
    """

    check: Check
    ground: Ground = field(repr=False)
    amounts: Amounts = field(repr=False)
    results: Results = field(repr=False)


def check_mix(
    case: Case,
    allocation: Allocation,
    *,
    territory: Territory,
    books: Sequence[RuleBook] = BOOKS,
    rejected: Sequence[str] = (),
) -> Check:
    """Prove a mix in whole cents, or say everything that is wrong with it.

    Parameters
    ----------
    case : Case
        What was asked.
    allocation : tuple of Cell
        Declared costs and grants, in cents.
    territory : Territory
        Codes, recoding and areas.
    books : sequence of RuleBook, default=BOOKS
        The law by date.
    rejected : sequence of str
        Offers that a scenario takes as rejected; using one is a violation.

    Returns
    -------
    Check
        All violations in the order of the walk, all ceilings with the tightest first.

    Notes
    -----
    Shares no code with the optimiser: own evaluator of conditions, own intensities, integers only.
    Rates floor: ``c * bp // 10000``. A grant is judged under the law of its day; without one under
    that of the project's first day, and listed as undecided. Each ceiling that something is used of
    is listed; bounds of a single cell (cost, window, rate) are violations only.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Periods
    >>> empty = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> check_mix(empty, (), territory=Territory({})).valid
    True
    """
    return open_check(case, allocation, territory=territory, books=books, rejected=rejected).check


def open_check(
    case: Case,
    allocation: Allocation,
    *,
    territory: Territory,
    books: Sequence[RuleBook] = BOOKS,
    rejected: Sequence[str] = (),
) -> CheckState:
    """Check a mix and keep what is needed to check changes of it.

    Parameters
    ----------
    case, allocation, territory, books, rejected
        As for `check_mix`.

    Returns
    -------
    CheckState
        Its ``check`` is what `check_mix` gives.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Periods
    >>> empty = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> state = open_check(empty, (), territory=Territory({}))
    >>> state.check.valid
    True
    """
    ground = ground_of(case, territory, books, rejected)
    amounts = amounts_of(allocation, ground)
    results = walk(ground, amounts)
    return CheckState(_check_of(results), ground, amounts, results)


def apply_change(check_state: CheckState, changed_cell: Cell) -> CheckState:
    """Return the state with one cell changed; only what it touches is judged again.

    Parameters
    ----------
    check_state : CheckState
        From `open_check` or from an earlier change; it is left alone.
    changed_cell : Cell
        New amounts of a cell, or of a new one; 0 declared and 0 granted removes it.

    Returns
    -------
    CheckState
        The same as a full check of the changed mix.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Periods
    >>> empty = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> state = open_check(empty, (), territory=Territory({}))
    >>> state = apply_change(state, Cell("X", "L1", 100, 50))
    >>> [violation.code for violation in state.check.violations]
    ['unknown_cell']
    """
    ground = check_state.ground
    amounts = changed(check_state.amounts, changed_cell, ground)
    results = walk_again(check_state.results, ground, amounts, changed_cell)
    return CheckState(_check_of(results), ground, amounts, results)


def _check_of(results: Results) -> Check:
    found = together([results[place] for place in sorted(results)])
    ceilings = sorted(found.ceilings, key=_tightness)
    return Check(
        _validity(found),
        found.violations,
        tuple(ceilings),
        _distinct(found.notes),
        _distinct(found.undecided),
    )


def _validity(found: Findings) -> bool | None:
    if found.violations:
        return False
    return None if any(one.code in LAW_OPEN for one in found.undecided) else True


def _tightness(ceiling: Ceiling) -> tuple[int, str, str, str]:
    """Sort by slack relative to the limit; a limit of nothing counts as one cent."""
    relative = ceiling.slack_ct * _PARTS // max(ceiling.limit_ct, 1)
    return (relative, ceiling.rule, ceiling.subject, ceiling.kind)


def _distinct[T](notes: tuple[T, ...]) -> tuple[T, ...]:
    """Keep the first of equal notes; several costs of one offer say the same."""
    kept: list[T] = []
    for one in notes:
        if one not in kept:
            kept.append(one)
    return tuple(kept)
