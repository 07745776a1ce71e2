"""What the search for opinion groups yields."""

from dataclasses import dataclass
from typing import Literal

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.opinion.arrays import BoolArray, FloatArray, IntArray
from alpclusters.analysis.opinion.stability import Stability
from alpclusters.analysis.opinion.structure.results import Structure

Kind = Literal["found", "declared"]


@dataclass(frozen=True, slots=True, eq=False)
class OpinionGroups:
    """Who votes alike, where people and statements lie, and how sure the groups are.

    Attributes
    ----------
    members : array of int, shape (n_people,)
        Group of each person, 0 the greatest; -1 is not placed.
    k : int
        Groups; 0 if nobody is placed.
    sizes : tuple of int
        People per group.
    kind : {'found', 'declared'}
        Whether the groups come from the votes or were stated by the people.
    names : tuple
        Names of declared groups in the order of their numbers; empty for found ones.
    silhouettes, inertia : array of shape (n_tried,)
        For k = 2, 3, ...; empty if no groups were looked for.
    candidates : array of bool, shape (n_tried,)
        Whether every group of that k has at least 5 people.
    projection : array of shape (n_people, 2)
        Where people lie, those not placed too.
    components : array of shape (2, n_statements)
        Unit vectors over the statements used; NaN for rejected statements.
    centre : array of shape (n_statements,)
        Mean vote, 0 where nobody voted; NaN for rejected statements.
    strictness_ratio : float
        By which each person's strictness was shrunk before it was taken out of the votes, as in
        `Structure`; NaN where it was kept.
    statement_places : array of shape (n_statements, 2)
        Where a person would lie who only agrees with the statement; NaN for rejected ones.
    used : array of bool, shape (n_statements,)
        Statements that are not rejected.
    variances, variance_shares : array of shape (3,)
        Of the three leading components, and as a share of all variance; NaN if there is none.
    stability : Stability or None
        None where no groups were looked for, or no resamples drawn.
    structure : Structure or None
        Whether there are camps at all; None where that was not asked.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``nobody_placed``, ``fewer_than_40``, ``declared_too_small``,
        ``no_variation``, ``no_camps``, ``camps_unknown``, ``yes_saying``, ``no_groups``,
        ``groups_uncertain``, ``groups_not_stable``.
    conventions : Conventions
    """

    members: IntArray
    k: int
    sizes: tuple[int, ...]
    kind: Kind
    names: tuple[Id, ...]
    silhouettes: FloatArray
    inertia: FloatArray
    candidates: BoolArray
    projection: FloatArray
    components: FloatArray
    centre: FloatArray
    strictness_ratio: float
    statement_places: FloatArray
    used: BoolArray
    variances: FloatArray
    variance_shares: FloatArray
    stability: Stability | None
    structure: Structure | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def n_placed(self) -> int:
        """People in a group."""
        return sum(self.sizes)

    @property
    def eigenvalues(self) -> FloatArray:
        """The three greatest eigenvalues of Z'Z, the centred votes' cross products."""
        return self.variances * max(1, self.members.size - 1)
