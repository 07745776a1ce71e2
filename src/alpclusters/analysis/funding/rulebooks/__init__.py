"""What the law says, by date: State aid, Union money, cohesion policy, Swiss money."""

from alpclusters.analysis.funding.rulebooks.books import BOOKS, RULES, book_on, rules_on
from alpclusters.analysis.funding.rulebooks.days import (
    AMENDMENTS,
    BY_DATE,
    PROLONGED,
    READINGS,
    TRANSITION,
    Amendment,
    read_books,
)
from alpclusters.analysis.funding.rulebooks.records import (
    Rule,
    RuleBook,
    RuleBookError,
    load_rules,
    view_book,
)

__all__ = [
    "AMENDMENTS",
    "BOOKS",
    "BY_DATE",
    "PROLONGED",
    "READINGS",
    "RULES",
    "TRANSITION",
    "Amendment",
    "Rule",
    "RuleBook",
    "RuleBookError",
    "book_on",
    "load_rules",
    "read_books",
    "rules_on",
    "view_book",
]
