"""What comparing two rounds yields: frozen records that carry their conventions."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.consensus.results import CellState, Interval, Recorded
from alpclusters.analysis.conventions import Conventions, Status

IntArray = NDArray[np.int64]
SignFlipKind = Literal["exact", "random"]


@dataclass(frozen=True, slots=True)
class Attendance(Recorded):
    """Who judged a measure when; a number of people below k is None.

    Attributes
    ----------
    n_first, n_second : int or None
        People with a value in the first and in the second round.
    n_paired : int or None
        People with a value in both.
    attrition : float or None
        1 - n_paired / n_first, 0 to 1.
    joined : int or None
        People with a value in the second round only.
    cannot_first, cannot_second : int or None
        People who said "cannot judge".
    """

    n_first: int | None
    n_second: int | None
    n_paired: int | None
    attrition: float | None
    joined: int | None
    cannot_first: int | None
    cannot_second: int | None


@dataclass(frozen=True, slots=True)
class Migration(Recorded):
    """Where paired raters went.

    Attributes
    ----------
    stable, raised, lowered : int or None
        People; None if withheld (sums follow the rule for small groups).
    stable_share : float or None
        Of the paired.
    matrix : array of int, shape (n_states, n_states), or None
        Rows first round, columns second round; None below ``matrix_from`` paired people.
    states : tuple
        Points of the scale; last ``cannot_judge`` if anybody with two answers said so.
    """

    stable: int | None
    raised: int | None
    lowered: int | None
    stable_share: float | None
    matrix: IntArray | None
    states: tuple[Id | float, ...]


@dataclass(frozen=True, slots=True)
class Change(Recorded):
    """How paired raters changed their value, second minus first round.

    Attributes
    ----------
    mean : float
        In scale points.
    sd : float or None
        n - 1; None for one person.
    interval : Interval or None
        Of the mean; percentile bootstrap over raters.
    n_changed : int or None
        People with another value than before; None if withheld.
    p_value, p_adjusted : float or None
        Two-sided sign-flip test of the mean, and corrected over the measures.
    p_kind : {'exact', 'random'} or None
        All sign patterns, or random ones.
    """

    mean: float
    sd: float | None
    interval: Interval | None
    n_changed: int | None
    p_value: float | None
    p_adjusted: float | None
    p_kind: SignFlipKind | None


@dataclass(frozen=True, slots=True)
class AgreementChange(Recorded):
    """How the answers of paired raters moved together or apart.

    Attributes
    ----------
    histogram_first, histogram_second : tuple of int
        Paired raters per point of the scale; empty where they are withheld.
    consensus_first, consensus_second, change : float or None
        Tastle-Wierman per round, and second minus first.
    interval : Interval or None
        Of that change; percentile bootstrap over raters.
    iqr_first, iqr_second : float
        Interquartile range (type 7), in scale points.
    cv_first, cv_second : float or None
        Coefficient of variation, sd / mean; None unless the scale is positive.
    net_change : float
        Half the sum of differences of the histograms per person (Scheibe), 0 to 1.
    is_stable : bool
        ``net_change`` below 0.15.
    kappa_quadratic, kappa_linear, kappa : float or None
        Individual agreement of the two rounds beyond chance.
    mean_first, mean_second : float or None
        Means of the same people in both rounds; None in results stored before they were kept.
    """

    histogram_first: tuple[int, ...]
    histogram_second: tuple[int, ...]
    consensus_first: float | None
    consensus_second: float | None
    change: float | None
    interval: Interval | None
    iqr_first: float
    iqr_second: float
    cv_first: float | None
    cv_second: float | None
    net_change: float
    is_stable: bool
    kappa_quadratic: float | None
    kappa_linear: float | None
    kappa: float | None
    mean_first: float | None = None
    mean_second: float | None = None


@dataclass(frozen=True, slots=True)
class Leavers(Recorded):
    """Whether those without a second value had rated differently in the first round.

    Attributes
    ----------
    n_stayers, n_leavers : int
        People with a value in both rounds, and in the first only.
    mean_stayers, mean_leavers, difference : float
        First-round means, and stayers minus leavers.
    interval : Interval or None
        Of the difference; percentile bootstrap over raters.
    is_different : bool
        Whether the interval excludes 0.
    """

    n_stayers: int
    n_leavers: int
    mean_stayers: float
    mean_leavers: float
    difference: float
    interval: Interval | None
    is_different: bool


@dataclass(frozen=True, slots=True)
class MeasureChange(Recorded):
    """One measure in both rounds.

    Attributes
    ----------
    measure : str or int
    state : {'shown', 'withheld', 'empty'}
        Withheld below k paired people, empty without any.
    attendance : Attendance
    migration, change, agreement : record or None
        None unless shown.
    leavers : Leavers or None
        None if stayers or leavers are fewer than k.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_pairs``, ``small_group``, ``too_few_changes``, ``interval_no_width``,
        ``few_resamples_defined``.
    cautions : tuple of str
        ``leavers_differ``; ``few_unpaired``: fewer than k people are in one round only, so
        figures of the paired beside those of everybody would give them away.
    """

    measure: Id
    state: CellState
    attendance: Attendance
    migration: Migration | None
    change: Change | None
    agreement: AgreementChange | None
    leavers: Leavers | None
    status: Status
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Recorded):
    """The second round against the first.

    Attributes
    ----------
    measures : tuple of MeasureChange
        In the order of the first round, then those only in the second.
    n_first, n_second, n_both : int
        People with a value anywhere in a round, and in both.
    attrition : float or None
        1 - n_both / n_first.
    n_tested : int
        Measures with a defined p value: the number corrected for.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``no_pairs``, ``scale_assumed``, ``small_group`` (no measure can be
        shown).
    cautions : tuple of str
        ``regression_to_the_mean``: measures picked for an extreme first round move towards the
        middle by themselves.
    conventions : Conventions
    """

    measures: tuple[MeasureChange, ...]
    n_first: int
    n_second: int
    n_both: int
    attrition: float | None
    n_tested: int
    status: Status
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    conventions: Conventions
