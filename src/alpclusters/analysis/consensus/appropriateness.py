"""Appropriateness of nine-point panel ratings after RAND and UCLA."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.grids import checked_grid
from alpclusters.analysis.consensus.results import Recorded
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import ScaleError, Where

FloatArray = NDArray[np.float64]
AppropriatenessClass = Literal["appropriate", "uncertain", "inappropriate"]
NINE_POINTS: Final = tuple(float(point) for point in range(1, 10))
CENTRE: Final = 5.0
BASE_IPR: Final = 2.35
CORRECTION: Final = 1.5
APPROPRIATE_FROM: Final = 6.5
INAPPROPRIATE_BELOW: Final = 3.5
LOW_TO: Final = 3
HIGH_FROM: Final = 7
CLASSIC_COUNT: Final = 3
SMALL_PANEL: Final = 7
SUSPECT_MEASURES: Final = 3
SUSPECT_UP_TO: Final = 7
# Two figures computed in different ways count as equal.
SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class PanelJudgement(Recorded):
    """What the panel said about one measure; figures are None if nobody rated it.

    Attributes
    ----------
    n : int
        Ratings.
    median, p30, p70 : float or None
        By linear interpolation (type 7).
    ipr, ipr_centre : float or None
        Interpercentile range, 70th minus 30th, and its central point.
    asymmetry : float or None
        Distance of the central point from 5.
    ipras : float or None
        The range adjusted for symmetry: 2.35 + 1.5 asymmetry.
    disagreement_index : float or None
        ipr / ipras; above 1 is disagreement.
    has_disagreement : bool or None
        Whether ipr exceeds ipras.
    low, middle, high : int
        Ratings in 1-3, 4-6, 7-9.
    has_classic_disagreement : bool or None
        At least three ratings in 1-3 and at least three in 7-9 (rule for nine members).
    appropriateness : {'appropriate', 'uncertain', 'inappropriate'} or None
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``one_rater``, ``small_panel``.
    """

    n: int
    median: float | None
    p30: float | None
    p70: float | None
    ipr: float | None
    ipr_centre: float | None
    asymmetry: float | None
    ipras: float | None
    disagreement_index: float | None
    has_disagreement: bool | None
    low: int
    middle: int
    high: int
    has_classic_disagreement: bool | None
    appropriateness: AppropriatenessClass | None
    status: Status
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Appropriateness(Recorded):
    """What the panel said, one judgement per measure.

    Attributes
    ----------
    measures : tuple of PanelJudgement
        In the order of the columns.
    n_raters : int
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``small_panel``, ``scale_suspect`` (three measures or more and no value
        above 7: was another scale used?).
    conventions : Conventions
    """

    measures: tuple[PanelJudgement, ...]
    n_raters: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def rand_ucla(ratings: ArrayLike, *, scale: Sequence[float] = (1, 9)) -> Appropriateness:
    """Judge appropriateness and disagreement of a panel by the RAND/UCLA method.

    The range between the 30th and the 70th percentile (IPR) is compared with the range that
    counts as disagreement around the same place: IPRAS = 2.35 + 1.5 AI, with AI the distance
    of the middle of the range from 5. A median of at least 6.5 without disagreement is
    appropriate, below 3.5 without disagreement inappropriate, all else uncertain.

    Parameters
    ----------
    ratings : array_like of shape (n_raters,) or (n_raters, n_measures)
        Whole numbers 1 to 9; NaN is missing.
    scale : sequence of float, default (1, 9)
        The scale that was used. It must be said, because ratings on five points are valid
        values of nine; anything but 1 to 9 is refused.

    Returns
    -------
    Appropriateness
        Limited below seven ratings (``small_panel``) or if the scale looks shorter
        (``scale_suspect``).

    Raises
    ------
    ScaleError
        Another scale; a value outside 1 to 9 or between the points.
    ShapeError
        More than two dimensions.
    NotFiniteError
        Infinity.

    Notes
    -----
    A median on a boundary (3.5 or 6.5) belongs to the higher class. Equality of IPR and IPRAS
    is no disagreement. The method's manual fixes neither the definition of percentiles (here
    type 7) nor, as far as we could check, the boundary rule: both are conventions of ours.

    References
    ----------
    .. [1] K. Fitch et al., The RAND/UCLA Appropriateness Method User's Manual, RAND MR-1269
       (2001).

    Examples
    --------
    >>> panel = rand_ucla([7, 8, 8, 9, 7, 8, 9, 8, 7]).measures[0]
    >>> panel.appropriateness, panel.median, round(panel.disagreement_index, 5)
    ('appropriate', 8.0, 0.09375)
    """
    _check_nine_points(scale)
    grid = checked_grid(ratings, argument="ratings", one_column=True)
    _check_values(grid)
    measures = tuple(_judged(column[~np.isnan(column)]) for column in grid.T)
    reasons = _reasons(grid, measures)
    return Appropriateness(
        measures=measures,
        n_raters=grid.shape[0],
        status="undefined" if "no_ratings" in reasons else "limited" if reasons else "ok",
        reasons=reasons,
        conventions=_conventions(),
    )


def _check_nine_points(scale: Sequence[float]) -> None:
    points = tuple(float(point) for point in scale)
    if points not in {(1.0, 9.0), NINE_POINTS}:
        code = "scale.not_nine_points"
        raise ScaleError(code, where=Where(argument="scale"), expected="1, 9")


def _check_values(grid: FloatArray) -> None:
    wrong = ~np.isnan(grid) & ~np.isin(grid, NINE_POINTS)
    if wrong.any():
        code = "ratings.outside_scale"
        row = int(wrong.any(axis=1).argmax())
        expected = ", ".join(f"{point:g}" for point in NINE_POINTS)
        raise ScaleError(code, where=Where(argument="ratings", row=row), expected=expected)


def percentile(ordered: FloatArray, tenths: int) -> float:
    """Return a percentile by linear interpolation (type 7), without error in the position.

    Parameters
    ----------
    ordered : array of shape (n,)
        Rising, at least one value.
    tenths : int
        7 for the 70th percentile.

    Examples
    --------
    >>> percentile(np.array([3.0, 4.0, 4.0, 5.0, 5.0, 5.0, 6.0, 6.0, 7.0]), 3)
    4.4
    """
    place, rest = divmod(tenths * (ordered.size - 1), 10)
    low, high = ordered[place], ordered[min(place + 1, ordered.size - 1)]
    return float((low * (10 - rest) + high * rest) / 10)


def _judged(values: FloatArray) -> PanelJudgement:
    if not values.size:
        return _empty()
    ordered = np.sort(values)
    median, p30, p70 = (percentile(ordered, tenths) for tenths in (5, 3, 7))
    ipr, centre = p70 - p30, (p30 + p70) / 2
    ipras = BASE_IPR + CORRECTION * abs(CENTRE - centre)
    differs = ipr - ipras > SAME
    low, high = int((values <= LOW_TO).sum()), int((values >= HIGH_FROM).sum())
    reasons = _panel_reasons(values.size)
    return PanelJudgement(
        n=values.size,
        median=median,
        p30=p30,
        p70=p70,
        ipr=ipr,
        ipr_centre=centre,
        asymmetry=abs(CENTRE - centre),
        ipras=ipras,
        disagreement_index=ipr / ipras,
        has_disagreement=differs,
        low=low,
        middle=values.size - low - high,
        high=high,
        has_classic_disagreement=min(low, high) >= CLASSIC_COUNT,
        appropriateness=_class_of(median, has_disagreement=differs),
        status="limited" if reasons else "ok",
        reasons=reasons,
    )


def _empty() -> PanelJudgement:
    nothing = dict.fromkeys(
        ("median", "p30", "p70", "ipr", "ipr_centre", "asymmetry", "ipras", "disagreement_index")
    )
    return PanelJudgement(
        **nothing,
        n=0,
        has_disagreement=None,
        low=0,
        middle=0,
        high=0,
        has_classic_disagreement=None,
        appropriateness=None,
        status="undefined",
        reasons=("no_ratings",),
    )


def _class_of(median: float, *, has_disagreement: bool) -> AppropriatenessClass:
    if has_disagreement:
        return "uncertain"
    if median >= APPROPRIATE_FROM:
        return "appropriate"
    return "inappropriate" if median < INAPPROPRIATE_BELOW else "uncertain"


def _panel_reasons(n: int) -> tuple[str, ...]:
    one = ("one_rater",) if n == 1 else ()
    return (*one, "small_panel") if n < SMALL_PANEL else ()


def _reasons(grid: FloatArray, measures: tuple[PanelJudgement, ...]) -> tuple[str, ...]:
    rated = [measure for measure in measures if measure.n]
    if not rated:
        return ("no_ratings",)
    is_suspect = len(rated) >= SUSPECT_MEASURES and np.nanmax(grid) <= SUSPECT_UP_TO
    holds = {
        "small_panel": any(measure.n < SMALL_PANEL for measure in rated),
        "scale_suspect": bool(is_suspect),
    }
    return tuple(reason for reason, applies in holds.items() if applies)


def _conventions() -> Conventions:
    return Conventions(
        method="rand_ucla",
        scale=NINE_POINTS,
        ties="boundary_belongs_to_higher_class_equality_no_disagreement",
        missing="left_out",
        quantiles="linear_type_7",
        thresholds=(
            ("appropriate_from", APPROPRIATE_FROM),
            ("inappropriate_below", INAPPROPRIATE_BELOW),
            ("classic_count", float(CLASSIC_COUNT)),
            ("small_panel_below", float(SMALL_PANEL)),
        ),
    )
