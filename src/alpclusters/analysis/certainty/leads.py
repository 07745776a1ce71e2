"""Initiatives of one lead that follow one another with the same type of measure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from alpclusters.analysis.certainty.unions import Unions

type Led = tuple[int, frozenset[str], frozenset[str], date | None, date | None]
type Found = tuple[int, int, tuple[tuple[str, float], ...]]
_MONTHS = 12
_LAST_SAFE_DAY = 28


def lead_ties(initiatives: Sequence[Led], unions: Unions, *, months: int) -> list[Found]:
    """Join initiatives of one lead and type that start near the other's end; return the ties."""
    groups: defaultdict[tuple[str, str], list[Led]] = defaultdict(list)
    for one in initiatives:
        for key in ((lead, kind) for lead in one[1] for kind in one[2]):
            groups[key].append(one)
    ties: list[Found] = []
    for key in sorted(groups):
        if len(groups[key]) > 1:
            ties += _ties_of_group(groups[key], unions, months)
    return ties


def _ties_of_group(group: Sequence[Led], unions: Unions, months: int) -> list[Found]:
    """Join each end with the starts near it.

    All starts near one end are of one family, so neighbours in the order of starts are joined
    once instead of pair by pair.
    """
    starts = sorted((start, number) for number, *_, start, _ in group if start)
    days = [start for start, _ in starts]
    is_linked = [False] * len(starts)  # with the start before it
    found: list[Found] = []
    for end, number in sorted((end, number) for number, *_, end in group if end):
        low = bisect_left(days, shifted(end, -months))
        high = bisect_right(days, shifted(end, months))
        for place in range(low, high):
            if place == low or not is_linked[place]:
                found += _joined(number, end, starts[place], unions)
            is_linked[place] |= place > low
    return found


def _joined(number: int, end: date, start: tuple[date, int], unions: Unions) -> list[Found]:
    day, other = start
    if not unions.join(number, other):
        return []
    gap = (day.year - end.year) * _MONTHS + day.month - end.month
    return [(min(number, other), max(number, other), (("months", float(gap)),))]


def shifted(day: date, months: int) -> date:
    """Move a day by whole months; the 29th to 31st become the last day there is.

    Examples
    --------
    >>> shifted(date(2024, 2, 29), 24), shifted(date(2024, 3, 31), -13)
    (datetime.date(2026, 2, 28), datetime.date(2023, 2, 28))
    """
    count = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(count, _MONTHS)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    for last in range(day.day, _LAST_SAFE_DAY - 1, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
