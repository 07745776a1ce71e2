"""What the methods say beyond counting, small groups left out; see docs/methods/snapshots.md."""

from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.conventions import Conventions, Status

OTHERS: Final = "*"
"""Key of the group that joins all declared groups too small to be shown."""

type Side = Literal["agree", "disagree"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One measure in a ranking.

    Attributes
    ----------
    measure : int
    n : int
        People who judged; on any criterion in a combined ranking.
    cannot_judge_share : float or None
    estimate, low, high : float or None
        On the scale, kept within its ends; 0 to 1 in a combined ranking.
    rank_low, rank_high : int or None
        Ends of the interval of ranks, 1 is best.
    top : tuple of (int, float)
        Probability of being among the first k.
    tier : int or None
    borderline : bool
    reasons : tuple of str
        Codes of `analysis.ranking.RankedMeasure`.
    """

    measure: int
    n: int
    cannot_judge_share: float | None
    estimate: float | None
    low: float | None
    high: float | None
    rank_low: int | None
    rank_high: int | None
    top: tuple[tuple[int, float], ...]
    tier: int | None
    borderline: bool
    reasons: tuple[str, ...]

    def among_first(self, k: int) -> float | None:
        """Return the probability of being among the first k."""
        return dict(self.top).get(k)


@dataclass(frozen=True, slots=True)
class TierLine:
    """Measures that are not told apart; ``overlap`` with the next tier, None for the last."""

    number: int
    measures: tuple[int, ...]
    overlap: float | None


@dataclass(frozen=True, slots=True)
class RankingResult:
    """Tiers of the measures that may be shown; undefined ones say why in ``reasons``."""

    measures: tuple[Ranked, ...]
    tiers: tuple[TierLine, ...]
    n_ratings: int
    n_raters: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def is_usable(self) -> bool:
        """Say whether there are tiers to show."""
        return self.status != "undefined" and bool(self.tiers)

    def of(self, measure: int) -> Ranked | None:
        """Return one measure, None where it may not be ranked."""
        return next((item for item in self.measures if item.measure == measure), None)


@dataclass(frozen=True, slots=True)
class RegionalCell:
    """The model's value of one measure in one region."""

    measure: int
    region: str
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RegionalResult:
    """Values by region, only where no region of the split is withheld."""

    regions: tuple[str, ...]
    cells: tuple[RegionalCell, ...]

    def at(self, measure: int, region: str) -> RegionalCell | None:
        """Return one cell, None where nobody rated."""
        wanted = (measure, region)
        return next((cell for cell in self.cells if (cell.measure, cell.region) == wanted), None)


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """How the answers to one measure lie together; ``ipr`` is the 70th minus 30th percentile."""

    measure: int
    n: int
    consensus: float | None
    ipr: float | None


@dataclass(frozen=True, slots=True)
class AgreementResult:
    """Agreement per measure and over all: alpha with interval, W where everybody rated all."""

    measures: tuple[AgreementLine, ...]
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    alpha_reasons: tuple[str, ...]
    w: float | None
    n_raters: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def of(self, measure: int) -> AgreementLine | None:
        """Return one measure."""
        return next((line for line in self.measures if line.measure == measure), None)


@dataclass(frozen=True, slots=True)
class WeightLine:
    """What other weights would make of a measure.

    Attributes
    ----------
    measure : int
    ranks : tuple of float
        Share of all weights (and simulated orders) in which it has rank 1, 2, ...
    central : tuple of float, or None
        Mean weights, in the order of the criteria, with which it is first; None if it never is.
    """

    measure: int
    ranks: tuple[float, ...]
    central: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class CombinedResult:
    """All criteria together with stated weights, and what other weights would do."""

    weights: tuple[tuple[str, float], ...]
    ranking: RankingResult
    sensitivity: tuple[WeightLine, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where at least five people lie together on the map; from -1 to 1, without unit."""

    x: float
    y: float
    n: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a group rates higher or lower than the others: ``k`` of ``n`` who rated."""

    criterion: int
    measure: int
    side: Side
    k: int
    n: int


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """A group of at least five people; the key is a letter, or that of the declared group."""

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
    status, reasons, conventions
        As in `analysis.opinion.OpinionGroups`; ``too_few_people``, ``declared_too_small``.
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
