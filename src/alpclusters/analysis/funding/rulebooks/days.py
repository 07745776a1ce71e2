"""The days on which the law changed, and how a case wants the law to be read after an act ended."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from alpclusters.analysis.funding.rulebooks.records import Rule, RuleBook

# --- The days on which the law changed, as far as this project has seen them ----------------------


FINREG_2003: Final = dt.date(2003, 1, 1)
FINREG_2013: Final = dt.date(2013, 1, 1)
FINREG_2018: Final = dt.date(2018, 8, 2)
FINREG_2024: Final = dt.date(2024, 9, 30)

PERIOD_2007: Final = dt.date(2007, 1, 1)
PERIOD_2014: Final = dt.date(2014, 1, 1)
PERIOD_2021: Final = dt.date(2021, 1, 1)
COHESION_2021: Final = dt.date(2021, 7, 1)
END_2013: Final = dt.date(2013, 12, 31)
END_2020: Final = dt.date(2020, 12, 31)
END_2027: Final = dt.date(2027, 12, 31)
NRP: Final = dt.date(2008, 1, 1)

GBER: Final = dt.date(2014, 7, 1)
M1: Final = dt.date(2017, 7, 10)
M4: Final = dt.date(2021, 8, 1)
M6: Final = dt.date(2023, 7, 1)
GBER_END: Final = dt.date(2026, 12, 31)

DE_MINIMIS_2024: Final = dt.date(2024, 1, 1)
AGRICULTURE_2024: Final = dt.date(2024, 12, 16)
AGRICULTURE_END: Final = dt.date(2032, 12, 31)
FISHERIES_END: Final = dt.date(2029, 12, 31)
DE_MINIMIS_REGISTER: Final = dt.date(2026, 1, 1)
DE_MINIMIS_END: Final = dt.date(2030, 12, 31)

# Last days of costs of the programmes of a period (1083/2006 Art. 56(1), 1303/2013 Art. 65(2),
# 2021/1060 Art. 63(2)).
COSTS_2007: Final = dt.date(2015, 12, 31)
COSTS_2014: Final = dt.date(2023, 12, 31)
COSTS_2021: Final = dt.date(2029, 12, 31)

# By the last day of an act or period: for how long aid under schemes that stood before goes on
# (651/2014 Art. 58(5), 2023/2831 Art. 8: six months), and programmes still pay. No successor is
# known.
TRANSITIONS: Final[Mapping[dt.date, dt.date]] = {
    GBER_END: dt.date(2027, 6, 30),
    END_2027: COSTS_2021,
    DE_MINIMIS_END: dt.date(2031, 6, 30),
}

_ONE: Final = dt.timedelta(days=1)


def before(day: dt.date) -> dt.date:
    """Return the last day of what ends when something new begins."""
    return day - _ONE


# --- What changed the general block exemption, and from which day ---------------------------------


@dataclass(frozen=True, slots=True)
class Amendment:
    """An act that changed Reg. 651/2014; ``status`` is that of its first day, None if not seen."""

    id: str
    act: str
    valid_from: dt.date | None
    status: Literal["verified", "unverified"]


# M2 prolongs to the end of 2023 and changes no figure that is used here; its day was not seen.
AMENDMENTS: Final = (
    Amendment("M1", "2017/1084", M1, "verified"),
    Amendment("M2", "2020/972", None, "unverified"),
    Amendment("M4", "2021/1237", M4, "unverified"),
    Amendment("M6", "2023/1315", M6, "verified"),
)


# --- How a case wants the law to be read after an act has ended and no successor is known ---------


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
