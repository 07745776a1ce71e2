"""What deciding yields: frozen records that carry their conventions."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status

Class = Literal["valued_by_all", "bridge", "valued_but_divided", "rejected", "in_the_middle"]
Outcome = Class | Literal["open", "not_judged_enough"]

CLASSES: Final[tuple[Class, ...]] = get_args(Class)
"""In the order of every list: exactly one of them holds in each draw."""
OUTCOMES: Final[tuple[Outcome, ...]] = (*CLASSES, "open", "not_judged_enough")


@dataclass(frozen=True, slots=True)
class Probability:
    """How likely it is that a measure belongs to one class; 0 to 1."""

    of: Class
    value: float


@dataclass(frozen=True, slots=True)
class GroupView:
    """What one group thinks of one measure.

    Attributes
    ----------
    group : str or int
    n : int
        Answers of its people.
    value : float
        Expected value, drawn towards that of all where the group says little. Ratings: on the
        scale. Votes: share that agrees, 0 to 1.
    interval : Interval
        Of ``value``.
    n_against : int
        Ratings at or below ``against``; votes that disagree.
    lower : float or None
        Probability that the group is below the mean of the other groups by more than an eighth
        of the scale; None with one group.
    """

    group: Id
    n: int
    value: float
    interval: Interval
    n_against: int
    lower: float | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One measure: its class, or why none is named.

    Attributes
    ----------
    measure : str or int
    n : int
        Answers that judge.
    n_against : int
        Ratings at or below ``against``; votes that disagree.
    value : float or None
        Ratings: estimate of the ranking. Votes: mean of the draws, share that agrees.
    outcome : Outcome
        The class whose probability reaches ``certain``; else ``open``; ``not_judged_enough`` with
        fewer than 10 answers or fewer than 5 in a group.
    probabilities : tuple of Probability
        All classes in their order, sum 1; empty if not judged enough.
    divides : float or None
        Probability that the greatest and the least group are a quarter of the scale apart or
        more; None with one group.
    groups : tuple of GroupView
        In the order of ``Decisions.groups``; empty without groups.
    tier : int or None
        Of the ranking.
    """

    measure: Id
    n: int
    n_against: int
    value: float | None
    outcome: Outcome
    probabilities: tuple[Probability, ...]
    divides: float | None
    groups: tuple[GroupView, ...]
    tier: int | None

    @property
    def likeliest(self) -> tuple[Class, ...]:
        """The two likeliest classes, likelier first; empty if not judged enough."""
        found = sorted(self.probabilities, key=lambda one: -one.value)[:2]
        return tuple(one.of for one in found if one.value > 0)


@dataclass(frozen=True, slots=True)
class Decisions:
    """One answer per measure, in the order of every list and chart.

    Attributes
    ----------
    measures : tuple of Decision
        By class, then tier, then value, then id; best first, of the rejected the lowest first.
    groups : tuple of str or int
        Groups that were looked at; empty if all are taken together.
    sizes : tuple of int
        People who judged, per group.
    n_people : int
        People who judged, with those of no group.
    are_camps : bool
        Whether the groups are camps that the verdict on structure found.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        Undefined: those of the ranking. Limited: those of the ranking, ``many_groups`` (more than
        six: taken together). For information: ``small_groups`` (under five people: left out),
        ``no_group_known`` (people without a group: left out where there are groups).
    conventions : Conventions
    unjudged : tuple of str or int
        Items that were asked and not looked at: nobody judged them, or so few that nothing may be
        told.
    """

    measures: tuple[Decision, ...]
    groups: tuple[Id, ...]
    sizes: tuple[int, ...]
    n_people: int
    are_camps: bool
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions
    unjudged: tuple[Id, ...] = ()

    @property
    def n_items(self) -> int:
        """How many items were asked."""
        return len(self.measures) + len(self.unjudged)

    @property
    def too_few(self) -> tuple[Id, ...]:
        """Items that were not judged enough, those of which nothing may be told last."""
        return (*(one.measure for one in self.of("not_judged_enough")), *self.unjudged)

    def of(self, outcome: Outcome) -> tuple[Decision, ...]:
        """Return the measures with one outcome, in order."""
        return tuple(one for one in self.measures if one.outcome == outcome)

    def measure(self, measure: Id) -> Decision:
        """Return the decision on one measure.

        Raises
        ------
        KeyError
            No such measure.
        """
        return {one.measure: one for one in self.measures}[measure]
