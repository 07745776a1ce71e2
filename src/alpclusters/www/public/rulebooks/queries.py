"""What is asked of the rule-books: a day, or a whole book."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from alpclusters.analysis.funding.rulebooks import BOOKS, RuleBook


@dataclass(frozen=True)
class Query:
    """A day, and a book where all its versions are wanted; ``is_wrong`` for what is no day."""

    on: dt.date
    book: RuleBook | None = None
    is_wrong: bool = False
    is_asked: bool = False


def read_query(parameters: Mapping[str, str], *, today: dt.date) -> Query:
    """Read an address; what is no day counts as today, and the page says so."""
    text = parameters.get("on", "").strip()
    book = next((one for one in BOOKS if one.id == parameters.get("book")), None)
    is_asked = bool(text) or book is not None
    if not text:
        return Query(today, book, is_asked=is_asked)
    try:
        return Query(dt.date.fromisoformat(text), book, is_asked=is_asked)
    except ValueError:
        return Query(today, book, is_wrong=True, is_asked=is_asked)
