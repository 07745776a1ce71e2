"""The account of de minimis aid of one single undertaking in one state: its room by day.

The three years are counted back from the day of a grant and are open at their far end, as the
checker counts them: a grant of 10 May 2023 no longer counts on 10 May 2026. What counts for which
ceiling (Art. 5 of each regulation) is from memory and read with care: the general ceiling takes
agriculture and fisheries in, that for services of general economic interest takes all in.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.funding.rulebooks import rules_on
from alpclusters.analysis.funding.rulebooks.records import Rule

type Regulation = Literal["general", "agriculture", "fisheries", "sgei"]
REGULATIONS: Final[tuple[Regulation, ...]] = ("general", "agriculture", "fisheries", "sgei")
# The rule that holds the ceiling; the general one is found by its check, as it has versions.
_RULES: Final[Mapping[Regulation, str]] = {
    "agriculture": "DM-9",
    "sgei": "DM-10",
    "fisheries": "DM-11",
}
_COUNTS: Final[Mapping[Regulation, frozenset[Regulation]]] = {
    "general": frozenset({"general", "agriculture", "fisheries"}),
    "agriculture": frozenset({"agriculture"}),
    "fisheries": frozenset({"fisheries"}),
    "sgei": frozenset(REGULATIONS),
}
_LEAP: Final = (2, 29)


@dataclass(frozen=True, slots=True)
class Grant:
    """De minimis aid of one state: the day on which the right to it arose, cents from zero up."""

    day: dt.date
    amount_ct: int
    regulation: Regulation = "general"


@dataclass(frozen=True, slots=True)
class Release:
    """A day from which more may be granted, and how much then, in cents."""

    day: dt.date
    room_ct: int


@dataclass(frozen=True, slots=True)
class Headroom:
    """What may be granted on a day under one regulation.

    Attributes
    ----------
    regulation : str
    on : date
    rule : Rule or None
        The ceiling of that day; None where no known law holds, then nothing else is known.
    limit_ct, used_ct : int
        The ceiling, and what counts into it on that day, in cents.
    room_ct : int
        What may be granted on that day so that the ceiling holds then and on the day of every
        later grant that is known already; never below zero.
    releases : tuple of Release
        Later days on which there is more room than on any day before, under the same rule.
    """

    regulation: Regulation
    on: dt.date
    rule: Rule | None
    limit_ct: int
    used_ct: int
    room_ct: int
    releases: tuple[Release, ...]


def headroom(
    grants: Iterable[Grant],
    regulation: Regulation,
    *,
    on: dt.date,
    fiscal_year_start: int = 1,
) -> Headroom:
    """Return what may still be granted to a single undertaking by one state.

    Parameters
    ----------
    grants : iterable of Grant
        All de minimis aid of that state to the whole single undertaking, under any regulation;
        days after ``on`` are grants that are certain already.
    regulation : {"general", "agriculture", "fisheries", "sgei"}
        Whose ceiling is asked.
    on : date
        The day of the grant that is thought of.
    fiscal_year_start : int, default 1
        Month in which the undertaking's fiscal year begins, where the rule counts by those.

    Returns
    -------
    Headroom

    Examples
    --------
    >>> import datetime as dt
    >>> found = headroom(
    ...     [Grant(dt.date(2024, 3, 1), 28_000_000)], "general", on=dt.date(2026, 12, 2)
    ... )
    >>> found.room_ct, found.releases
    (2000000, (Release(day=datetime.date(2027, 3, 1), room_ct=30000000),))
    """
    counting = [one for one in grants if one.regulation in _COUNTS[regulation]]
    rule = rule_of(regulation, on)
    if rule is None:
        return Headroom(regulation, on, None, 0, 0, 0, ())
    account = _Account(tuple(counting), rule, fiscal_year_start)
    room = account.room_ct(on)
    return Headroom(
        regulation,
        on,
        rule,
        account.limit_ct,
        account.used_ct(on),
        room,
        tuple(account.releases(on, room)),
    )


def rule_of(regulation: Regulation, day: dt.date) -> Rule | None:
    """Return the rule with the ceiling of a regulation on a day, or None."""
    rules = rules_on(day)
    if regulation != "general":
        return rules.get(_RULES[regulation])
    return next((one for one in rules.values() if one.params.get("check") == "de_minimis"), None)


@dataclass(frozen=True, slots=True)
class _Account:
    """What counts, and the rule by which it counts."""

    grants: tuple[Grant, ...]
    rule: Rule
    first_month: int

    @property
    def limit_ct(self) -> int:
        return int(self.rule.params["limit_ct"])

    @property
    def years(self) -> int:
        return int(self.rule.params.get("years", 3))

    def used_ct(self, day: dt.date) -> int:
        """Return what counts on a day."""
        return sum(one.amount_ct for one in self.grants if one.day <= day < self._leaves(one.day))

    def room_ct(self, day: dt.date) -> int:
        """Return what a grant of a day may be: it still counts on the days of later grants."""
        end = self._leaves(day)
        days = {day, *(one.day for one in self.grants if day < one.day < end)}
        return max(self.limit_ct - max(map(self.used_ct, days)), 0)

    def releases(self, after: dt.date, most: int) -> Iterable[Release]:
        """Yield the days on which there is more room than ever since a day."""
        for day in sorted({self._leaves(one.day) for one in self.grants}):
            if day <= after or not _holds(self.rule, day):
                continue
            room = self.room_ct(day)
            if room > most:
                most = room
                yield Release(day, room)

    def _leaves(self, granted: dt.date) -> dt.date:
        """Return the first day on which a grant no longer counts."""
        if self.rule.params.get("window") == "rolling":
            if (granted.month, granted.day) == _LEAP:
                # Three years on there is no such day.
                return dt.date(granted.year + self.years, 3, 1)
            return granted.replace(year=granted.year + self.years)
        begun = granted.year if granted.month >= self.first_month else granted.year - 1
        return dt.date(begun + self.years, self.first_month, 1)


def _holds(rule: Rule, day: dt.date) -> bool:
    return rule.valid_to is None or day <= rule.valid_to
