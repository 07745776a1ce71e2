"""What a summary of agreement yields: frozen records."""

from dataclasses import dataclass

from alpclusters.analysis.consensus.appropriateness import AppropriatenessClass
from alpclusters.analysis.consensus.kendall import Concordance
from alpclusters.analysis.consensus.krippendorff import Alpha
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.consensus.records import Recorded
from alpclusters.analysis.consensus.results import CellState, Interval
from alpclusters.analysis.conventions import Conventions, Status


@dataclass(frozen=True, slots=True)
class Share(Recorded):
    """How many of those who judged gave such an answer.

    Attributes
    ----------
    n : int
        People.
    share : float
        0 to 1.
    interval : Interval
        Wilson.
    """

    n: int
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class MeasureAgreement(Recorded):
    """How the answers to one measure lie together; figures are None if withheld or undefined.

    Attributes
    ----------
    measure : str or int
        Its id.
    state : {'shown', 'withheld', 'empty'}
        Withheld if fewer than k people answered.
    n, cannot_judge : int or None
        People who judged and who said they cannot.
    cannot_judge_share : float or None
        Of all who answered.
    median : float or None
    consensus : float or None
        Tastle-Wierman, 0 to 1.
    ipr : float or None
        70th minus 30th percentile (type 7), in scale points.
    low, middle, high : Share or None
        Answers in the parts of the scale named in the conventions.
    is_unanimous : bool or None
        All answers alike; None for fewer than two.
    appropriateness : {'appropriate', 'uncertain', 'inappropriate'} or None
        RAND/UCLA, only on a declared nine-point scale.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``one_rater``, ``many_cannot_judge``, ``small_panel``, ``small_group``.
    """

    measure: Id
    state: CellState
    n: int | None
    cannot_judge: int | None
    cannot_judge_share: float | None
    median: float | None
    consensus: float | None
    ipr: float | None
    low: Share | None
    middle: Share | None
    high: Share | None
    is_unanimous: bool | None
    appropriateness: AppropriatenessClass | None
    status: Status
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementSummary(Recorded):
    """Agreement per measure and over all measures.

    Attributes
    ----------
    measures : tuple of MeasureAgreement
        In the order of ``Ratings.measure_ids``.
    alpha_ordinal, alpha_interval : Alpha or None
        Krippendorff's alpha over all measures; None for fewer than k raters.
    concordance : Concordance or None
        Kendall's W if every rater rated every rated measure.
    n_raters, n_complete : int
        People who judged, and those of them who judged every rated measure.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``scale_assumed``, ``incomplete_rankings``, ``too_few_for_rankings``,
        ``small_group``.
    conventions : Conventions
    """

    measures: tuple[MeasureAgreement, ...]
    alpha_ordinal: Alpha | None
    alpha_interval: Alpha | None
    concordance: Concordance | None
    n_raters: int
    n_complete: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions
