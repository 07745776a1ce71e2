"""What the optimiser answers, and what it says on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.funding.case import Allocation, Status
from alpclusters.analysis.funding.mix.certificate import Certificate

PROVED_GAP: Final = 1e-6
PROVED_CT: Final = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is; money in cents; bound None while there is none."""

    phase: str
    round: int
    objective_ct: int | None
    bound_ct: int | None
    gap: float | None


type Report = Callable[[Progress], bool | None]


@dataclass(frozen=True, slots=True)
class LevelValue:
    """One aim of the lexicographic order, what it came to, and whether that is the best.

    ``value`` is euro for ``net_grants`` and ``peak_claims``, a count for ``offers`` and
    ``participations``, quarters (weighted with grants) for ``last_repayment``. ``bound`` is the
    best that is possible, given the levels before, None where nobody knows.
    """

    name: str
    value: float
    bound: float | None
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Solution:
    """The best mix that was found, in whole cents, with its bound.

    Attributes
    ----------
    status : str
        ``optimal`` if the gap is at most 1e-6 or bound and objective less than 1 EUR apart, else
        ``gap``,
        ``infeasible`` (proved: no mix fulfils the hard wishes), ``cancelled`` (the best mix so
        far), ``failed`` (the limit of work was too low to find any mix or to prove that none is).
    allocation : tuple of Cell
        Sorted by offer and line; empty where infeasible.
    used : tuple of str
        Offers with a grant.
    participations : tuple of (str, str)
        Offer and partner.
    objective_ct : int
        Grants minus efforts of the rounded mix.
    bound_ct : int
        No mix is worth more, counting what missed soft wishes cost; what this one misses is added
        again, so that it compares with ``objective_ct``.
    gap : float
        (bound - objective) / max(1, bound), 0 if equal.
    levels : tuple of LevelValue
    certificate : Certificate or None
    work : int
        Simplex iterations and 50 for each node; the same on every machine.
    assumptions : tuple of (str, str)
        Offer and partner whose open questions were taken as answered well.
    missed_ct : int
        What the soft wishes cost that this mix misses; not taken from ``objective_ct``.
    """

    status: Status
    allocation: Allocation
    used: tuple[str, ...]
    participations: tuple[tuple[str, str], ...]
    objective_ct: int
    bound_ct: int
    gap: float
    levels: tuple[LevelValue, ...]
    certificate: Certificate | None
    work: int
    seed: int
    assumptions: tuple[tuple[str, str], ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    missed_ct: int = 0

    @property
    def conventions(self) -> Conventions:
        """How it was computed."""
        return Conventions(method="funding-mix", seed=self.seed)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not proved optimal, as codes; empty where it is."""
        return () if self.status == "optimal" else (f"mix.{self.status}",)


def gap_of(objective_ct: int, bound_ct: int) -> float:
    """Return how far an objective is from its bound, as part of the bound.

    Examples
    --------
    >>> gap_of(99, 100), gap_of(0, 0)
    (0.01, 0.0)
    """
    return (bound_ct - objective_ct) / max(1, abs(bound_ct))


def is_proved(objective_ct: int, bound_ct: int) -> bool:
    """Say whether a mix counts as optimal."""
    return gap_of(objective_ct, bound_ct) <= PROVED_GAP or bound_ct - objective_ct < PROVED_CT
