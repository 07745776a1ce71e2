"""A plan with its certificate, its settings and the reasons why it is as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.rotation.certificate import (
    TWICE,
    BoundKind,
    Certificate,
    SpreadBound,
    certify,
    shared_bound,
)
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import Languages
from alpclusters.analysis.rotation.search import LANGUAGE_WEIGHT, Prefer, count_meetings
from alpclusters.analysis.rotation.wishes import Guest

# --- Why a plan is as it is: codes and numbers, phrased elsewhere in the reader's language --------


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``values`` are the numbers its sentence names.

    Codes: ``more_rounds_than_tables``, ``more_guests_than_words``, ``order_six_impossible``,
    ``order_six_unknown``, ``no_balanced_doubling``, ``search_ended``, ``pins``, ``apart``,
    ``languages``, ``stayers``, ``fixed_groups``, ``returns_to_first``, ``changed``,
    ``table_closed``.
    """

    code: str
    values: tuple[tuple[str, int], ...] = ()

    def as_record(self) -> dict[str, str | int]:
        """Return the reason as a plain mapping for JSON."""
        return {"code": self.code, **dict(self.values)}


@dataclass(frozen=True, slots=True)
class Advice:
    """Something the facilitator may change; never done by itself.

    Codes: ``few_guests`` (six or fewer: one table, no rotation), ``empty_tables`` (with the
    number of tables to take), ``fewer_tables`` (a number at which no pair meets twice),
    ``small_tables``, ``large_tables`` (with how many seats).
    """

    code: str
    values: tuple[tuple[str, int], ...] = ()

    def as_record(self) -> dict[str, str | int]:
        """Return the advice as a plain mapping for JSON."""
        return {"code": self.code, **dict(self.values)}


# --- How to weigh wishes and how long to search ---------------------------------------------------


Variant = Literal["rotate", "return", "walking_hosts"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to weigh and how long to search; part of the conventions of a plan.

    The fields are those of `seat`.
    """

    language_weight: float = LANGUAGE_WEIGHT
    prefer: Prefer = "spread"
    variant: Variant = "rotate"
    stay: bool = False
    seed: int = 0
    max_iterations: int | None = None


# --- A plan with its certificate: frozen, with its conventions inside -----------------------------


MAX_SPARE_SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class SeatPlan:
    """Who sits where, and what that costs.

    Attributes
    ----------
    seats : array of shape (n_guests, n_rounds)
        Table from 0 of each guest in each round; -1 where the guest has no seat. Read-only.
    tables : int
        How many there are.
    guests : tuple
        Ids in the order of the rows; 1, 2, ... if only a number was given.
    certificate : Certificate
        Counted from ``rounds`` as they stand.
    planned : Certificate
        The same of the plan before arrivals and absences.
    lower_bound : int
        Repeats that no plan for these guests, tables and rounds can beat.
    spread_bound : SpreadBound
        The same for plans in which no pair meets more often than necessary.
    prefer : {'spread', 'few'}
        Whether a third meeting of a pair was avoided, or only repeats.
    bound_kind : str
        Which argument gives it: ``pigeonhole_no_revisits``, ``pigeonhole_revisits_allowed``,
        ``pair_count`` or ``pins``.
    revisit_bound : int
        Revisits that no plan can beat.
    languages : Languages or None
        Of guests and tables.
    wrong_language_seats : int
        Seats at a table whose language the guest does not speak; 0 without languages.
    wrong_language_bound : int
        What no plan without revisits can beat; 0 without languages.
    interpreters : mapping of str to tuple of int
        Per language and round the tables that need one.
    unserved : int
        Guests who speak no language of the event.
    method : str
        Construction, such as ``affine GF(16)``, ``near starter Z_30``, ``swap search``.
    reasons : tuple of Reason
        Why repeats or revisits remain, or why the bound is not met.
    advice : tuple of Advice
        What the facilitator may change.
    spare : array of shape (n_spare, n_rounds)
        Words for arrivals, in order; taking them keeps the certificate. Read-only.
    freed : tuple of tuple of int
        Words of guests who did not come.
    seed, iterations : int
        Seed and iterations of the local search; 0 iterations mean a closed form.
    conventions : Conventions
        With the weights of revisit, wrong-language seat and repeat.
    """

    seats: IntArray
    tables: int
    guests: tuple[Guest, ...]
    certificate: Certificate
    planned: Certificate
    lower_bound: int
    spread_bound: SpreadBound
    prefer: Prefer
    bound_kind: BoundKind
    revisit_bound: int
    languages: Languages | None
    wrong_language_seats: int
    wrong_language_bound: int
    interpreters: Mapping[str, tuple[int, ...]]
    unserved: int
    method: str
    reasons: tuple[Reason, ...]
    advice: tuple[Advice, ...]
    spare: IntArray
    freed: tuple[tuple[int, ...], ...]
    seed: int
    iterations: int
    conventions: Conventions

    @property
    def rounds(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Per round and table the guest numbers, from 1."""
        return rounds_of(self.seats, self.tables)

    @property
    def repeats(self) -> int:
        """Meetings of pairs beyond the first."""
        return self.certificate.repeats

    @property
    def revisits(self) -> int:
        """Rounds of guests at a table they had been at before."""
        return self.certificate.revisits

    @property
    def max_meetings(self) -> int:
        """Most meetings of one pair."""
        return self.certificate.max_meetings

    @property
    def pairs_met(self) -> int:
        """Pairs that met at least once."""
        return self.certificate.pairs_met

    @property
    def size_min(self) -> int:
        """Guests at the emptiest table of any round."""
        return self.certificate.size_min

    @property
    def size_max(self) -> int:
        """Guests at the fullest table of any round."""
        return self.certificate.size_max

    @property
    def optimal(self) -> bool:
        """Whether repeats and revisits meet their bounds, and no pair meets needlessly often."""
        if self.revisits != self.revisit_bound:
            return False
        if self.prefer == "few":
            return self.repeats == self.lower_bound
        often = count_often(self.seats) if self.max_meetings > TWICE else 0
        return SpreadBound(self.repeats, often) == self.spread_bound

    @property
    def reason(self) -> Reason | None:
        """The first reason, None if there is nothing to explain."""
        return self.reasons[0] if self.reasons else None

    @property
    def status(self) -> Status:
        """``ok`` if the bounds are met, else ``limited``."""
        return "ok" if self.optimal else "limited"

    def as_record(self) -> dict[str, object]:
        """Return the plan as a plain mapping for JSON; tables and guests from 1."""
        figures = self.certificate.as_record()
        if self.planned != self.certificate:
            figures["planned"] = self.planned.as_record()
        return {
            "guests": len(self.guests),
            "tables": self.tables,
            **{name: value for name, value in figures.items() if name != "guests"},
            "lower_bound": self.lower_bound,
            "spread_bound": self.spread_bound.repeats,
            "often_bound": self.spread_bound.often,
            "prefer": self.prefer,
            "bound_kind": self.bound_kind,
            "revisit_bound": self.revisit_bound,
            "optimal": self.optimal,
            "wrong_language_seats": self.wrong_language_seats,
            "wrong_language_bound": self.wrong_language_bound,
            "interpreters": {name: list(n) for name, n in self.interpreters.items()},
            "unserved": self.unserved,
            "table_languages": list(self.languages.tables) if self.languages else None,
            "method": self.method,
            "reason": self.reason.as_record() if self.reason else None,
            "reasons": [reason.as_record() for reason in self.reasons],
            "advice": [advice.as_record() for advice in self.advice],
            "seed": self.seed,
            "iterations": self.iterations,
            "conventions": self.conventions.as_record(),
            "spare": (self.spare[:MAX_SPARE_SHOWN] + 1).tolist(),
            "rounds": [[list(table) for table in tables] for tables in self.rounds],
        }


def rounds_of(seats: IntArray, tables: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Return per round and table the guest numbers from 1, rising."""
    return tuple(
        tuple(
            tuple(int(row) + 1 for row in np.flatnonzero(column == table))
            for table in range(tables)
        )
        for column in seats.T
    )


def count_often(seats: IntArray) -> int:
    """Return the pairs that meet more than twice."""
    return int((count_meetings(seats) > TWICE).sum()) // 2


def shared_pairs(plan: SeatPlan) -> int:
    """Return the pairs that any two rounds have in common at least; 0 if people came or left."""
    if (plan.seats < 0).any():
        return 0
    return shared_bound([len(plan.seats)], plan.tables, revisits_allowed=plan.revisits > 0)


def certify_seats(seats: IntArray, tables: int) -> Certificate:
    """Certify an array of seats by way of its rounds."""
    return certify(rounds_of(seats, tables))


def frozen(array: IntArray) -> IntArray:
    """Return a read-only copy."""
    copy = np.array(array, dtype=np.int64)
    copy.setflags(write=False)
    return copy
