"""What the search for structure yields: one of four words, with its figures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.opinion.checks import BoolArray, FloatArray, IntArray

STRICT: Final = 0.05
"""Share of the variance from which strictness is named where people differ in nothing else."""
Verdict = Literal["camps", "gradient", "one_opinion", "too_few"]


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """Whether people stand in camps, along a gradient, or share one opinion.

    Attributes
    ----------
    verdict : {'camps', 'gradient', 'one_opinion', 'too_few'}
    depth : float
        T: log likelihood by which a valley between people fits better than one hill; NaN
        without an axis.
    p_gradient : float
        Share of draws of a continuum with a valley at least as deep, the answers themselves
        counted as one more draw; NaN if none was made.
    p_camps : float
        The same of draws of two camps with a valley at most as deep.
    continuum_depths, camp_depths : array of float
        T of the draws made; drawing stops once the question is settled.
    loadings : array of shape (n_statements, k)
        Change of an answer per step of each axis that counts, in points of the scale; NaN for
        statements left out. The first axis is the strongest.
    means : array of shape (n_statements,)
        Mean answer to each statement, strictness taken out where it is; NaN for statements left
        out.
    noise : array of shape (n_statements,)
        Variance of the answers to each statement that the axes leave; NaN as above.
    shares : array of shape (k,)
        Share of the variance of all answers along each axis, corrected for chance.
    axis_names : tuple of str
        ``yes_saying`` where an axis is how readily people agree, else an empty string.
    places : array of shape (n_people, k)
        Where people lie, standard deviation about 1; NaN for people left out.
    strictness : array of shape (n_people,)
        How much higher than others a person answers, in points of the scale; 0 where it is
        kept, NaN for people left out.
    strictness_removed : bool
    strictness_ratio : float
        What is left of the variance, per variance of strictness between people, by which
        strictness is shrunk: a person's is the sum of answer less mean over (answers + ratio).
        NaN where strictness is kept, and without an axis.
    strictness_share : float
        Share of the variance of all answers that is how high a person answers to everything;
        NaN where too few took part to ask.
    people, statements : array of bool
        Who and what took part: shape (n_people,) and (n_statements,).
    n_drawn : int
        People the verdict rests on: at most ``cap``, drawn at random.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``fewer``, ``axis_not_excluded``, ``shallow``, ``camps_not_excluded``,
        ``yes_saying``.
    conventions : Conventions
    depths_between : callable
        From the group of each person, shape (n_people,), -1 for none, to the depth of the valley
        between every two groups, of those who decide.
    """

    verdict: Verdict
    depth: float
    p_gradient: float
    p_camps: float
    continuum_depths: FloatArray
    camp_depths: FloatArray
    loadings: FloatArray
    means: FloatArray
    noise: FloatArray
    shares: FloatArray
    axis_names: tuple[str, ...]
    places: FloatArray
    strictness: FloatArray
    strictness_removed: bool
    strictness_ratio: float
    strictness_share: float
    people: BoolArray
    statements: BoolArray
    n_drawn: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions
    depths_between: Callable[[IntArray], FloatArray] = field(repr=False, compare=False)

    @property
    def has_groups(self) -> bool:
        """Whether groups may be named: camps that are more than readiness to agree."""
        return self.verdict == "camps" and "yes_saying" not in self.reasons

    @property
    def is_strictness(self) -> bool:
        """Whether people differ in how readily they agree rather than in what they prefer."""
        alone = self.verdict == "one_opinion" and self.strictness_share > STRICT
        return alone or "yes_saying" in self.axis_names[:1]

    @property
    def n_people(self) -> int:
        """People with enough answers."""
        return int(self.people.sum())

    def parts(self, members: IntArray) -> bool:
        """Tell whether a valley lies between every two groups, deeper than in any continuum.

        ``members`` of shape (n_people,): group of each person, -1 for none.
        """
        depths = self.depths_between(members)
        return bool((depths > self.continuum_depths.max()).all())

    def ends(self, axis: int = 0, *, most: int = 3) -> tuple[IntArray, IntArray]:
        """Return the statements that describe an axis.

        Returns
        -------
        (array of int, array of int)
            At most ``most`` statements whose answers rise along the axis, and those whose
            answers fall, each by falling loading.
        """
        if axis >= self.loadings.shape[1]:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        loadings = self.loadings[:, axis]
        order = np.argsort(-np.abs(loadings), kind="stable")
        return order[loadings[order] > 0][:most], order[loadings[order] < 0][:most]

    def as_record(self) -> dict[str, object]:
        """Return the verdict with its figures as a plain mapping for JSON."""
        return {
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "n_people": self.n_people,
            "n_statements": int(self.statements.sum()),
            "n_drawn": self.n_drawn,
            "depth": _number(self.depth),
            "p_gradient": _number(self.p_gradient),
            "p_camps": _number(self.p_camps),
            "continuum_draws": int(self.continuum_depths.size),
            "camp_draws": int(self.camp_depths.size),
            "strictness_removed": self.strictness_removed,
            "strictness_share": _number(self.strictness_share),
        }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
