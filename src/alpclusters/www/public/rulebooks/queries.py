"""What is asked of the rule-books: a day, or a whole book."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.rulebooks import BOOKS, RuleBook

LONGEST: Final = 80


@dataclass(frozen=True)
class Query:
    """A day, or a book with all its versions, and words that the rules have to have.

    ``is_wrong`` for what is no day.
    """

    on: dt.date
    book: RuleBook | None = None
    is_wrong: bool = False
    is_asked: bool = False
    words: str = ""


def read_query(parameters: Mapping[str, str], *, today: dt.date) -> Query:
    """Read an address; what is no day counts as today, and the page says so."""
    text = parameters.get("on", "").strip()
    book = next((one for one in BOOKS if one.id == parameters.get("book")), None)
    words = " ".join(parameters.get("q", "").split())[:LONGEST]
    is_asked = bool(text or words) or book is not None
    if not text:
        return Query(today, book, is_asked=is_asked, words=words)
    try:
        return Query(dt.date.fromisoformat(text), book, is_asked=is_asked, words=words)
    except ValueError:
        return Query(today, book, is_wrong=True, is_asked=is_asked, words=words)
