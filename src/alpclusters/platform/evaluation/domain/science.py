"""What the methods say beyond counting, small groups left out; see docs/methods/snapshots.md."""

from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.consensus import AgreementSummary
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.denominators import Denominators
from alpclusters.analysis.second_round import Comparison

FEWEST_COUNTRIES: Final = 2
FEWEST_REGIONS: Final = 3
"""What a common denominator needs; of fewer regions that are shown, all."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One measure in a ranking.

    Attributes
    ----------
    measure : int
    n : int
        People who judged; in a combined ranking on the criterion on which most did.
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
    reliability: float | None = None

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
    """Agreement per measure and over all: alpha with interval, W where everybody rated all.

    ``summary`` is the whole of what `agreement_summary` yields, of the measures that are shown.
    """

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
    summary: AgreementSummary | None = None

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
class SecondRoundResult:
    """The second rating of the same people against their first, on one criterion.

    Attributes
    ----------
    comparison : Comparison or None
        As `analysis.second_round` yields it. ``n_paired`` counts the pairs that are used, the
        migration matrix is reduced to what gives nobody away.
    n_aside : int
        Greatest number of pairs of one measure that were set aside by chance, so that those who
        rated once are not a group of fewer than five.
    n_informed, n_answers : int
        Standing answers of the second round given after first results were shown, and all.
    reasons : tuple of str
        Why there is no comparison: ``no_pairs``, ``small_group``, ``few_again``.
    """

    comparison: Comparison | None
    n_aside: int = 0
    n_informed: int = 0
    n_answers: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionFigure:
    """The model's value of one measure in one region that is shown, with its standard error."""

    measure: int
    region: str
    n: int
    value: float
    error: float


@dataclass(frozen=True, slots=True)
class CommonResult:
    """What holds across borders within one AlpCafé, on one criterion.

    Attributes
    ----------
    found : Denominators or None
        Regions that are not shown are bounded, never counted.
    reasons : tuple of str
        Why the rule could not be applied: ``too_few_in_regions``, ``one_country``, ``too_few``.
    regions : tuple of (str, str, int)
        Key, country and people of each region that is shown.
    n_hidden : int
        Regions that are not shown.
    figures : tuple of RegionFigure
        One per measure and region that is shown and where somebody rated.
    """

    found: Denominators | None
    reasons: tuple[str, ...]
    regions: tuple[tuple[str, str, int], ...]
    n_hidden: int
    figures: tuple[RegionFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """People and standing answers of one source: ``phone``, ``proxy``, ``paper``.

    Both are None for fewer than five people, and where these would follow from the rest.
    """

    source: str
    n_people: int | None
    n_answers: int | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How the standing answers came in.

    Attributes
    ----------
    sources : tuple of SourceLine
        Only those that occur.
    n_answers : int
        All standing answers, "cannot judge" included.
    n_late, n_informed : int or None
        Of them, given after the input was stopped, and after first results were shown; None where
        fewer than five people gave them, or all others.
    """

    sources: tuple[SourceLine, ...]
    n_answers: int
    n_late: int | None
    n_informed: int | None

    @property
    def is_plain(self) -> bool:
        """Say whether all came from phones, in time, before any result was seen."""
        only_phones = all(line.source == "phone" for line in self.sources)
        return only_phones and self.n_late == 0 == self.n_informed


@dataclass(frozen=True, slots=True)
class TopLine:
    """The points of a measure; None where they would tell of fewer than five people."""

    measure: int
    points: int | None


@dataclass(frozen=True, slots=True)
class TopThreeResult:
    """The measures people put first; stands beside the rating and never enters it.

    Attributes
    ----------
    n_people : int or None
        People who chose; None below the smallest group.
    points : tuple of int
        Of the first, second and third place.
    lines : tuple of TopLine
        Most points first, then those without; ties in the order of the table; empty where no
        points may be shown.
    first : tuple of int
        Instead of points: the first three measures in their order.
    """

    n_people: int | None
    points: tuple[int, ...]
    lines: tuple[TopLine, ...]
    first: tuple[int, ...] = ()
