"""The certificate of a plan, recomputed from who sits where by code that knows no construction."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alpclusters.analysis.errors import DuplicateError, Where
from alpclusters.analysis.rotation.counts import check_count
from alpclusters.analysis.rotation.fields import IntArray

MANY = 1_000_000
Rounds = Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a plan does, counted.

    Attributes
    ----------
    guests : int
        Guests who have a seat in at least one round.
    repeats : int
        Sum over pairs of the meetings beyond the first.
    revisits : int
        Sum over guests of the rounds at a table they had been at before.
    max_meetings : int
        Most meetings of one pair.
    pairs_met : int
        Pairs that met at least once.
    sizes : tuple of tuple of int
        Guests per round and table.
    """

    guests: int
    repeats: int
    revisits: int
    max_meetings: int
    pairs_met: int
    sizes: tuple[tuple[int, ...], ...]

    @property
    def size_min(self) -> int:
        """Guests at the emptiest table of any round."""
        return min((n for sizes in self.sizes for n in sizes), default=0)

    @property
    def size_max(self) -> int:
        """Guests at the fullest table of any round."""
        return max((n for sizes in self.sizes for n in sizes), default=0)

    def as_record(self) -> dict[str, object]:
        """Return the certificate as a plain mapping for JSON."""
        return {
            "guests": self.guests,
            "repeats": self.repeats,
            "revisits": self.revisits,
            "max_meetings": self.max_meetings,
            "pairs_met": self.pairs_met,
            "size_min": self.size_min,
            "size_max": self.size_max,
            "sizes": [list(sizes) for sizes in self.sizes],
        }


def certify(rounds: Rounds) -> Certificate:
    """Count meetings, returns and sizes of a plan or of what happened.

    Parameters
    ----------
    rounds : sequence of sequence of sequence of int
        Per round and table the numbers of its guests; someone absent is in no table.

    Returns
    -------
    Certificate

    Raises
    ------
    AnalysisError
        A guest who is no whole number from 1 on.
    DuplicateError
        A guest twice in one round.

    Notes
    -----
    Pairs are formed table by table and counted by sorting: 700 guests at 30 tables take
    milliseconds.

    Examples
    --------
    >>> found = certify([[[1, 2], [3, 4]], [[3, 1], [2, 4]]])
    >>> found.repeats, found.revisits, found.pairs_met, found.size_min
    (0, 2, 4, 2)
    """
    _check(rounds)
    seated = [np.asarray(table, dtype=np.int64) for tables in rounds for table in tables]
    everybody = np.unique(np.concatenate([*seated, np.empty(0, dtype=np.int64)]))
    meetings = np.unique(np.concatenate(_pairs(seated)), return_counts=True)[1]
    return Certificate(
        guests=len(everybody),
        repeats=int((meetings - 1).sum()),
        revisits=_revisits(rounds),
        max_meetings=int(meetings.max(initial=0)),
        pairs_met=len(meetings),
        sizes=tuple(tuple(len(table) for table in tables) for tables in rounds),
    )


def _check(rounds: Rounds) -> None:
    for number, tables in enumerate(rounds):
        present = [guest for table in tables for guest in table]
        for guest in present:
            check_count(guest, "rounds", most=MANY)
        if len(set(present)) != len(present):
            code = "seat.duplicate_guest"
            raise DuplicateError(code, where=Where(argument="rounds", row=number))


def _pairs(tables: Sequence[IntArray]) -> list[IntArray]:
    """Return each pair of a table as one number, so that sorting counts its meetings."""
    span = 1 + max((int(table.max(initial=0)) for table in tables), default=0)
    found = [np.empty(0, dtype=np.int64)]
    for table in tables:
        ordered = np.sort(table)
        first, second = np.triu_indices(len(ordered), 1)
        found.append(ordered[first] * span + ordered[second])
    return found


def _revisits(rounds: Rounds) -> int:
    visits = [
        (guest, place) for tables in rounds for place, table in enumerate(tables) for guest in table
    ]
    return len(visits) - len(set(visits))
