"""A rule of law with its act, article, days and sureness, and rules taken together."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from alpclusters.analysis.errors import AnalysisError

# --- A rule of law with its act, article, days of validity and how sure it is ---------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it held from one day to another (both count; None is open).

    Attributes
    ----------
    id : str
        As in the method's paper: ``DM-2``, ``GB-25``, ``CU-3``; one id may have several versions
        whose days do not overlap.
    act, article : str
        ``651/2014``, ``8(3)``.
    text_key : str
        Key of its text in five languages.
    formula : str
        What is compared, in the notation of the documentation.
    params : mapping of str to int or str
        Whole numbers in cents, basis points, months; read by the optimiser and by the checker,
        each with code of its own.
    status : {"verified", "unverified"}
        Whether the figure was seen in its source; ``unverified_params`` names single figures that
        were not.
    ends : date or None
        The last day of its act, where a case reads the rule beyond it (`readings`).
    checked_on, checked_by : date or None, str
        When it was last compared with a text, and where that stands (`checked`).
    """

    id: str
    act: str
    article: str
    text_key: str
    formula: str
    valid_from: dt.date
    valid_to: dt.date | None
    params: Mapping[str, int | str] = field(default_factory=dict)
    status: Literal["verified", "unverified"] = "unverified"
    unverified_params: tuple[str, ...] = ()
    source: str = ""
    ends: dt.date | None = None
    checked_on: dt.date | None = None
    checked_by: str = ""

    def holds_on(self, day: dt.date) -> bool:
        """Say whether it is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A view of the rules that were valid at some time between two days."""

    id: str
    valid_from: dt.date
    valid_to: dt.date | None
    rules: tuple[Rule, ...]

    def on(self, day: dt.date) -> Mapping[str, Rule]:
        """Return the rules that hold on a day by their id."""
        return {rule.id: rule for rule in self.rules if rule.holds_on(day)}


# --- Taking rules together: refuses what contradicts itself before any case is judged -------------


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
