"""What is stored of opinions: the verdict with its figures, places on the map, groups."""

from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.conventions import Conventions, Status

OTHERS: Final = "*"
"""Key of the group that joins all declared groups too small to be shown."""


type Side = Literal["agree", "disagree"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where at least ten people lie together on the map; from -1 to 1 in tenths, without unit."""

    x: float
    y: float
    n: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a group rates higher or lower than the others.

    ``share`` of those of the group who rated it, in steps of a tenth: which group a person is in
    follows from all the person's answers, so no number of people is told.
    """

    criterion: int
    measure: int
    side: Side
    share: float


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """A group of at least ten people; the key is a letter, or that of the declared group."""

    key: str
    n: int
    places: tuple[Place, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """Whether the groups come back when people are drawn anew (adjusted Rand index)."""

    word: Literal["stable", "uncertain", "not_stable"]
    median: float
    low: float
    resamples: int


type VerdictWord = Literal["camps", "gradient", "one_opinion", "too_few"]
"""Whether people stand in camps; the words of `analysis.opinion.Verdict`."""


@dataclass(frozen=True, slots=True)
class StoredStructure:
    """The figures behind a verdict, as `analysis.opinion.Structure` has them.

    Attributes
    ----------
    reasons : tuple of str
    n_people, n_items : int
        Who and what took part.
    depth : float or None
        By how much a gap between people fits better than none.
    deepest : float or None
        The greatest such figure among the rooms without camps that were simulated.
    continuum_draws, camp_draws : int
        Rooms simulated, without camps and with two.
    axis_share : float or None
        Share of the variance of all answers along the strongest axis.
    strictness_share : float or None
        Share that is how high somebody rates everything; taken out before.
    is_strictness : bool
        Whether people differ in that and in nothing else.
    rising, falling : tuple of (int, int)
        Criterion and measure of what is rated higher at either end of the axis, the most first.
    conventions : Conventions
    """

    reasons: tuple[str, ...]
    n_people: int
    n_items: int
    depth: float | None
    deepest: float | None
    continuum_draws: int
    camp_draws: int
    axis_share: float | None
    strictness_share: float | None
    is_strictness: bool
    rising: tuple[tuple[int, int], ...]
    falling: tuple[tuple[int, int], ...]
    conventions: Conventions

    @property
    def is_yes_saying(self) -> bool:
        """Whether the camps are those of readiness to agree: no groups."""
        return "yes_saying" in self.reasons


@dataclass(frozen=True, slots=True)
class OwnItem:
    """What an answer to a measure on a criterion moves a person on the map.

    ``mean`` is the mean of all who answered; ``x`` and ``y`` are what a point above it, or a vote,
    counts to the right and upwards; ``known`` is how much the answer tells of the place.
    """

    criterion: int
    measure: int
    mean: float
    x: float
    y: float
    known: float


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """How a phone finds the place of its own answers, which nobody else knows.

    With v = sum of (answer - mean) / (answers + ``strictness``), or 0 without, and z the answer
    less its mean and v, the place is

    - ``axis``: x = sum of x z / (1 + sum of ``known``) / ``reach``, with standard deviation
      1 / sqrt(1 + sum of ``known``) / ``reach``; answers are points of the scale;
    - ``camps``: (x, y) = sum of (x, y) z sqrt(items / answers) / ``reach``; answers are votes:
      1 from ``high`` on, -1 up to ``low``, else 0.

    Attributes
    ----------
    kind : {'axis', 'camps'}
        As the map that is drawn.
    items : tuple of OwnItem
    least : int
        Answers that a place needs.
    strictness : float or None
    reach : float
        What lies at 1.
    low, high : float
    """

    kind: Literal["axis", "camps"]
    items: tuple[OwnItem, ...]
    least: int
    strictness: float | None
    reach: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OpinionResult:
    """Who answers alike, over all criteria.

    Attributes
    ----------
    kind : {'found', 'declared'}
    split : str
        The split of declared groups, else empty.
    groups : tuple of OpinionGroup
        Greatest first; empty where there is nothing to show.
    shared : tuple of (int, int)
        Criterion and measure that more than half of every group rate high.
    n_people : int
        People who answered enough to take part.
    stability : Stability or None
        Of found groups.
    verdict : str or None
        Whether there are camps; None in results stored before that was asked, whose groups are
        a cut that finds groups anywhere.
    structure : StoredStructure or None
        The figures behind it.
    cloud : tuple of Place
        Where all people lie along the strongest axis, rising to the right; empty where found
        groups are shown, and where there is no axis.
    own : OwnPlace or None
        How a phone finds its own place on the map; None without a map of people, and in results
        stored before phones were told.
    status, reasons, conventions
        As in `analysis.opinion.OpinionGroups`; ``too_few_people``, ``found_too_small``: a group
        has fewer than ten people, or one to four are in none; ``declared_too_small``.
    """

    kind: Literal["found", "declared"]
    split: str
    groups: tuple[OpinionGroup, ...]
    shared: tuple[tuple[int, int], ...]
    n_people: int | None
    stability: Stability | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions | None
    verdict: VerdictWord | None = None
    structure: StoredStructure | None = None
    cloud: tuple[Place, ...] = ()
    own: OwnPlace | None = None

    @property
    def is_unjudged(self) -> bool:
        """Whether it was stored before anybody asked whether there are camps."""
        return self.kind == "found" and bool(self.groups) and self.verdict is None
