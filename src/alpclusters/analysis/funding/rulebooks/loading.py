"""Taking rules together: refuses what contradicts itself before any case is judged."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook

_OPEN: Final = dt.date.max


class RuleBookError(AnalysisError):
    """A rule-book that contradicts itself; never the fault of a case."""


def load_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules in the order of id and first day, if no two of one id hold on one day.

    Parameters
    ----------
    rules : iterable of Rule
        Versions of rules in any order.

    Returns
    -------
    tuple of Rule
        Sorted by id, then by first day.

    Raises
    ------
    RuleBookError
        ``rulebook.reversed`` for a version that ends before it begins; ``rulebook.overlap`` for
        two versions of one id with a day in common.

    Examples
    --------
    >>> from alpclusters.analysis.funding.rulebooks import RULES
    >>> load_rules(reversed(RULES)) == RULES
    True
    """
    ordered = tuple(sorted(rules, key=lambda rule: (rule.id, rule.valid_from)))
    for rule in ordered:
        _refuse_reversed(rule)
    for one, other in pairwise(ordered):
        _refuse_overlap(one, other)
    return ordered


def view_book(
    book_id: str, valid_from: dt.date, valid_to: dt.date | None, rules: Sequence[Rule]
) -> RuleBook:
    """Return a rule-book: the rules that held at some time between two days.

    Parameters
    ----------
    book_id : str
        Name of the book.
    valid_from, valid_to : date
        Both count; None is open.
    rules : sequence of Rule
        All rules; they are loaded, so contradictions are refused.

    Returns
    -------
    RuleBook

    Examples
    --------
    >>> from alpclusters.analysis.funding.rulebooks import RULES
    >>> day = dt.date(2022, 1, 1)
    >>> "DM-1" in view_book("RB-2022", day, day, RULES).on(day)
    True
    """
    last = valid_to or _OPEN
    held = [r for r in load_rules(rules) if r.valid_from <= last and valid_from <= _end(r)]
    return RuleBook(book_id, valid_from, valid_to, tuple(held))


def _end(rule: Rule) -> dt.date:
    return rule.valid_to or _OPEN


def _refuse_reversed(rule: Rule) -> None:
    if _end(rule) < rule.valid_from:
        raise RuleBookError("rulebook.reversed", found=rule.id)


def _refuse_overlap(one: Rule, other: Rule) -> None:
    if one.id == other.id and other.valid_from <= _end(one):
        days = {"first": one.valid_from.isoformat(), "second": other.valid_from.isoformat()}
        raise RuleBookError("rulebook.overlap", found=one.id, values=days)
