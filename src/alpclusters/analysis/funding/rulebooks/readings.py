"""How a case wants the law to be read after an act has ended and no successor is known."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from alpclusters.analysis.funding.rulebooks.days import TRANSITIONS
from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook

BY_DATE: Final = "by-date"
TRANSITION: Final = "transition"
PROLONGED: Final = "as-if-prolonged"
READINGS: Final = (BY_DATE, TRANSITION, PROLONGED)


def read_books(books: Sequence[RuleBook], *, reading: str) -> tuple[RuleBook, ...]:
    """Return rule-books as a case reads them.

    Parameters
    ----------
    books : sequence of RuleBook
        The law as it is known.
    reading : str
        ``by-date``: nothing is added. ``transition``: aid under schemes that stood before the end
        of their act goes on for its adjustment period. ``as-if-prolonged``: a scenario, acts whose
        end is near go on without end. The name of a book adds nothing either.

    Returns
    -------
    tuple of RuleBook
        A rule that is read beyond its act names the act's last day in ``ends``.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.rulebooks import BOOKS, rules_on
    >>> day = dt.date(2027, 1, 1)
    >>> longer = read_books(BOOKS, reading="transition")
    >>> "GB-28" in rules_on(day), "GB-28" in rules_on(day, books=longer)
    (False, True)
    >>> later = dt.date(2027, 7, 1)
    >>> "GB-28" in rules_on(later, books=longer)
    False
    >>> rules_on(later, books=read_books(BOOKS, reading="as-if-prolonged"))["GB-28"].ends
    datetime.date(2026, 12, 31)
    """
    if reading not in {TRANSITION, PROLONGED}:
        return tuple(books)
    is_open = reading == PROLONGED
    return tuple(
        replace(book, rules=tuple(_stretched(rule, is_open=is_open) for rule in book.rules))
        for book in books
    )


def transition_of(rule: Rule) -> dt.date | None:
    """Return the last day of the adjustment period of a rule; None where it has none.

    Parameters
    ----------
    rule : Rule
        As the books have it.

    Returns
    -------
    date or None

    Examples
    --------
    >>> from alpclusters.analysis.funding.rulebooks import rules_on
    >>> transition_of(rules_on(dt.date(2026, 12, 31))["GB-28"])
    datetime.date(2027, 6, 30)
    """
    return None if rule.valid_to is None else TRANSITIONS.get(rule.valid_to)


def _stretched(rule: Rule, *, is_open: bool) -> Rule:
    last = transition_of(rule)
    if last is None:
        return rule
    return replace(rule, valid_to=None if is_open else last, ends=rule.valid_to)
