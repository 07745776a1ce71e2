"""What is asked of the rule-books: a day, or a whole book."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from alpclusters.analysis.funding.rulebooks import BOOKS, RuleBook

LONGEST: Final = 80


@dataclass(frozen=True)
class Query:
    """A day, or a book with all its versions, and words that the rules have to have.

    ``is_wrong`` for what is no day; ``is_due`` for only those that are to be checked;
    ``is_undated`` for only verified ones without the day of a check.
    """

    on: dt.date
    book: RuleBook | None = None
    is_wrong: bool = False
    is_asked: bool = False
    words: str = ""
    is_due: bool = False
    is_undated: bool = False
    today: dt.date = dt.date.min


def read_query(parameters: Mapping[str, str], *, today: dt.date) -> Query:
    """Read an address; what is no day counts as today, and the page says so."""
    text = parameters.get("on", "").strip()
    book = next((one for one in BOOKS if one.id == parameters.get("book")), None)
    words = " ".join(parameters.get("q", "").split())[:LONGEST]
    is_due = bool(parameters.get("due"))
    is_undated = bool(parameters.get("undated"))
    is_asked = bool(text or words or is_due or is_undated) or book is not None
    asked = Query(
        today,
        book,
        is_asked=is_asked,
        words=words,
        is_due=is_due,
        is_undated=is_undated,
        today=today,
    )
    if not text:
        return asked
    try:
        return replace(asked, on=dt.date.fromisoformat(text))
    except ValueError:
        return replace(asked, is_wrong=True)
