"""Shapes that several parts of a case share."""

from typing import Final

from alpclusters.analysis.funding.case_files.shapes import (
    END,
    Choice,
    Flag,
    ListOf,
    MapOf,
    Member,
    Null,
    OneOf,
    Shape,
    Text,
    Whole,
    may,
)

VINTAGES: Final = (2006, 2010, 2013, 2016, 2021, 2024)
MAX_CT: Final = 10**13  # a hundred thousand million euros: all that exceeds it is a slip
MAX_WHOLE: Final = 10**15
MAX_OFFERS: Final = 1_000
MAX_LINES: Final = 10_000

ID: Final = Text(100, 1, r"^[A-Za-z0-9][A-Za-z0-9._:/+-]*" + END, code="bad_id")
TITLE: Final = Text(200)
NAME: Final = Text(200, 1)
WORD: Final = Text(60, 1, r"^[A-Za-z0-9][A-Za-z0-9 ._:/+'*-]*" + END, code="bad_id")
NUTS: Final = Text(5, 2, r"^[A-Z]{2}[A-Z0-9]{0,3}" + END, code="bad_nuts")
STATE: Final = Text(2, 2, r"^[A-Z]{2}" + END, code="bad_state")
# Identifiers of articles end in an apostrophe where a later text replaced the first one.
ARTICLE: Final = Text(40, 1, r"^[A-Za-z0-9][A-Za-z0-9.'-]*" + END, code="bad_id")
CATEGORY: Final = Text(60, 1, r"^([*]|[A-Za-z0-9][A-Za-z0-9 ._-]*)" + END, code="bad_id")
VINTAGE: Final = OneOf(VINTAGES)
AMOUNT: Final = Whole(0, MAX_CT, below="negative_amount", above="too_large")
COST: Final = Whole(0, MAX_CT, below="negative_cost", above="too_large")
RATE: Final = Whole(0, 10_000, below="negative_rate", above="rate_over_100")
PERIOD: Final = Whole(0, 39, above="period_outside", below="period_outside")
COUNT: Final = Whole(0, 1_000)
WORDS: Final = ListOf(WORD, 100)


def refs(longest: int, shortest: int = 0) -> ListOf:
    """Return a list of identifiers."""
    return ListOf(ID, longest, shortest)


_VALUE: Final = Choice(
    (Text(), Whole(-MAX_WHOLE, MAX_WHOLE), Flag()),
    lambda data: 2 if isinstance(data, bool) else 1 if isinstance(data, int | float) else 0,
)
_KNOWN: Final[Shape] = Choice(
    (_VALUE, ListOf(_VALUE, 200)), lambda data: 1 if isinstance(data, list) else 0
)
# A fact may be null: asked and still open.
FACT_KEY: Final = Text(60, 1, r"^[a-z][a-z0-9_]*" + END, code="bad_key")
FACTS: Final = MapOf(Choice((_KNOWN, Null()), lambda data: int(data is None)), FACT_KEY)
SCALAR: Final = _VALUE


def optional(*names: str, shape: Shape) -> dict[str, Member]:
    """Return members of one shape that may be missing."""
    return {name: may(shape) for name in names}
