"""Labels of cluster organisations: how long they are valid.

Periods and sources: docs/methods/profiles.md. The level is no order over time: a gold label may
be followed by a bronze one.
"""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from alpclusters.platform.actors.domain.profiles import Term

# First validity of bronze and silver as the source says it; of gold from one holder's timeline.
FIRST_YEARS: Final = 2
_FEBRUARY: Final = 2
_LEAP_DAY: Final = 29


class LabelState(StrEnum):
    """What a label is worth today."""

    VALID = "valid"
    IN_GRACE = "in_grace"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


def label_state(term: Term, *, today: date) -> LabelState:
    """Return whether a label is valid, may still be renewed (one year), or has expired.

    Examples
    --------
    >>> label_state(Term(None, date(2026, 5, 31)), today=date(2026, 6, 1)).value
    'in_grace'
    """
    if term.valid_from and today < term.valid_from:
        return LabelState.NOT_YET
    if term.valid_to is None:
        return LabelState.UNKNOWN
    if today <= term.valid_to:
        return LabelState.VALID
    return LabelState.IN_GRACE if today <= years_after(term.valid_to, 1) else LabelState.EXPIRED


def has_valid_label(terms: Iterable[Term], *, today: date) -> bool:
    """Say whether one of the labels is valid today; one in grace is not."""
    return any(label_state(term, today=today) is LabelState.VALID for term in terms)


def proposed_term(awarded_on: date, *, years: int = FIRST_YEARS) -> Term:
    """Return the period that follows from an award: whole months.

    Examples
    --------
    >>> proposed_term(date(2026, 5, 17)).valid_to.isoformat()
    '2028-04-30'
    """
    begin = awarded_on.replace(day=1)
    return Term(begin, begin.replace(year=begin.year + years) - timedelta(days=1))


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; the leap day becomes the last of February."""
    year = day.year + years
    if (day.month, day.day) == (_FEBRUARY, _LEAP_DAY) and not calendar.isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)
