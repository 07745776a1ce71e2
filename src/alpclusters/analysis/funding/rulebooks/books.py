"""The rules of this project and the three books that are views of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from alpclusters.analysis.funding.rulebooks import days
from alpclusters.analysis.funding.rulebooks.cohesion import COHESION
from alpclusters.analysis.funding.rulebooks.days import before
from alpclusters.analysis.funding.rulebooks.de_minimis import DE_MINIMIS
from alpclusters.analysis.funding.rulebooks.exemption import EXEMPTION, EXEMPTION_TERMS
from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook, load_rules, view_book
from alpclusters.analysis.funding.rulebooks.territorial import TERRITORIAL
from alpclusters.analysis.funding.rulebooks.union_money import UNION_MONEY

RULES: Final = load_rules(
    (*UNION_MONEY, *EXEMPTION, *TERRITORIAL, *EXEMPTION_TERMS, *DE_MINIMIS, *COHESION)
)
BOOKS: Final = (
    view_book("RB-2007", days.PERIOD_2007, days.END_2013, RULES),
    view_book("RB-2014", days.PERIOD_2014, before(days.PERIOD_2021), RULES),
    view_book("RB-2021", days.PERIOD_2021, None, RULES),
)


def book_on(day: dt.date, *, books: Sequence[RuleBook] = BOOKS) -> RuleBook | None:
    """Return the rule-book of a day; None before the first.

    Parameters
    ----------
    day : date
        Usually the day of a grant.
    books : sequence of RuleBook, default=BOOKS
        The books to choose from; of several the last that holds.

    Returns
    -------
    RuleBook or None

    Examples
    --------
    >>> import datetime as dt
    >>> book_on(dt.date(2020, 12, 31)).id, book_on(dt.date(2021, 1, 1)).id
    ('RB-2014', 'RB-2021')
    """
    holding = [book for book in books if _holds(book, day)]
    return holding[-1] if holding else None


def rules_on(day: dt.date, *, books: Sequence[RuleBook] = BOOKS) -> Mapping[str, Rule]:
    """Return the rules that hold on a day by their id; empty before the first book.

    Parameters
    ----------
    day : date
        Usually the day of a grant.
    books : sequence of RuleBook, default=BOOKS
        The books to choose from.

    Returns
    -------
    mapping of str to Rule

    Examples
    --------
    >>> import datetime as dt
    >>> rules_on(dt.date(2023, 6, 30))["GB-20a"].params["ceiling_ct"]
    2000000
    >>> rules_on(dt.date(2023, 7, 1))["GB-20a"].params["ceiling_ct"]
    2200000
    """
    book = book_on(day, books=books)
    return {} if book is None else book.on(day)


def _holds(book: RuleBook, day: dt.date) -> bool:
    return book.valid_from <= day and (book.valid_to is None or day <= book.valid_to)
