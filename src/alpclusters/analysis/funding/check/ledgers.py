"""Dated amounts of one account, added up over windows of days."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An amount granted on a day; ``offer`` names a planned grant, else it was granted earlier."""

    day: dt.date
    amount_ct: int
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries in order of days with running sums: all of them, and the planned ones."""

    entries: tuple[Entry, ...]
    days: tuple[dt.date, ...]
    sums: tuple[int, ...]
    planned: tuple[int, ...]

    def over(self, after: dt.date, until: dt.date) -> tuple[int, int]:
        """Return all and the planned amounts of the days after one until another."""
        first, last = bisect_right(self.days, after), bisect_right(self.days, until)
        return self.sums[last] - self.sums[first], self.planned[last] - self.planned[first]

    def within(self, first: dt.date, last: dt.date) -> Sequence[Entry]:
        """Return the entries of the days from one to another, both counted."""
        return self.entries[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def check_days(self) -> list[dt.date]:
        """Return the days of planned grants, and those of others that come after the first."""
        new = [entry.day for entry in self.entries if entry.offer]
        return sorted({day for day in self.days if new and day >= min(new)})


def ledger_of(entries: Iterable[Entry]) -> Ledger:
    """Return a ledger; amounts of 0 count for nothing and are left out."""
    ordered = tuple(sorted(entry for entry in entries if entry.amount_ct > 0))
    planned = [entry.amount_ct if entry.offer else 0 for entry in ordered]
    return Ledger(
        ordered,
        tuple(entry.day for entry in ordered),
        tuple(accumulate((entry.amount_ct for entry in ordered), initial=0)),
        tuple(accumulate(planned, initial=0)),
    )
