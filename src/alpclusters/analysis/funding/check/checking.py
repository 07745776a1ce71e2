"""Check a mix, and check it again after one cell changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.funding.case.mixes import Allocation, Cell
from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.check.amounts import Amounts, amounts_of, changed
from alpclusters.analysis.funding.check.findings import Findings, together
from alpclusters.analysis.funding.check.ground import Ground, ground_of
from alpclusters.analysis.funding.check.records import Ceiling, Check
from alpclusters.analysis.funding.check.standing import LAW_OPEN
from alpclusters.analysis.funding.check.walk import Results, walk, walk_again
from alpclusters.analysis.funding.rulebooks.books import BOOKS
from alpclusters.analysis.funding.rulebooks.records import RuleBook

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
    >>> from alpclusters.analysis.funding.case.periods import Periods
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
    >>> from alpclusters.analysis.funding.case.periods import Periods
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
    >>> from alpclusters.analysis.funding.case.periods import Periods
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
