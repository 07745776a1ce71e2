"""Agreement at a glance: per measure how answers lie together, over all how raters agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.appropriateness import (
    NINE_POINTS,
    AppropriatenessClass,
    PanelJudgement,
    percentile,
    rand_ucla,
)
from alpclusters.analysis.consensus.figures import FigureRules, summarise
from alpclusters.analysis.consensus.grids import Table, as_ratings, rating_grid
from alpclusters.analysis.consensus.intervals import share_interval, tail_of
from alpclusters.analysis.consensus.kendall import FEWEST, Concordance, kendalls_w
from alpclusters.analysis.consensus.krippendorff import Alpha, MeasurementLevel, krippendorff_alpha
from alpclusters.analysis.consensus.ratings import Id, Ratings, thirds_of
from alpclusters.analysis.consensus.results import CellState, Interval, Recorded, Summary
from alpclusters.analysis.conventions import K_ANONYMITY, LEVEL, Conventions, Status
from alpclusters.analysis.small_groups import withhold_groups

# --- What a summary of agreement yields: frozen records -------------------------------------------


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


# --- Agreement at a glance: per measure how answers lie together, over all how raters agree -------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
ALPHA_LEVELS: Final[tuple[MeasurementLevel, MeasurementLevel]] = ("ordinal", "interval")
SUMMARY_REASONS: Final = ("no_ratings", "one_rater", "many_cannot_judge")


def agreement_summary(
    ratings: Table,
    *,
    scale: Sequence[float] | None = None,
    level: float = LEVEL,
    k_anonymity: int = K_ANONYMITY,
    resamples: int = 1000,
    seed: int = 0,
) -> AgreementSummary:
    """Say per measure how the answers lie together, and over all how the raters agree.

    Parameters
    ----------
    ratings : Ratings or iterable of rows
        Rows as in `Ratings.from_rows`.
    scale : sequence of float, optional
        ``(low, high)`` or all points; None takes that of the ratings.
    level : float, default 0.90
        Of all intervals.
    k_anonymity : int, default 5
        Measures and tables with fewer people are withheld; 1 shows everything.
    resamples, seed : int
        Of the bootstrap interval of alpha.

    Returns
    -------
    AgreementSummary

    Raises
    ------
    ScaleError
        A value outside the scale, another scale than the ratings declare, or a level outside
        0 to 1.

    Notes
    -----
    Low and high are the outer quarters of the width of the scale: 1-2 and 4-5 of five points,
    1-3 and 7-9 of nine. Kendall's W needs complete rankings and is None otherwise
    (``incomplete_rankings``); Krippendorff's alpha stands in. RAND/UCLA classes are given only
    on a nine-point scale that was declared, not assumed.

    Examples
    --------
    >>> votes = [(rater, "fair", value) for rater, value in enumerate([3, 4, 4, 5, 2, 4])]
    >>> summary = agreement_summary(votes, scale=(1, 5))
    >>> fair = summary.measures[0]
    >>> fair.n, fair.median, round(fair.consensus, 4), fair.high.n
    (6, 4.0, 0.6663, 4)
    >>> summary.reasons
    ('too_few_for_rankings',)
    """
    tail_of(level)
    table = as_ratings(ratings, scale=scale)
    grid = rating_grid(table)
    judged = grid[~np.isnan(grid).all(axis=1)][:, ~np.isnan(grid).all(axis=0)]
    is_small = 0 < judged.shape[0] < k_anonymity
    ordinal, interval = (
        None
        if is_small
        else krippendorff_alpha(
            judged, level=kind, interval_level=level, resamples=resamples, seed=seed
        )
        for kind in ALPHA_LEVELS
    )
    rankings = None if is_small else _concordance(judged)
    reasons = _reasons(table, judged, has_rankings=rankings is not None, is_small=is_small)
    return AgreementSummary(
        measures=_measures(table, grid, level=level, k_anonymity=k_anonymity),
        alpha_ordinal=ordinal,
        alpha_interval=interval,
        concordance=rankings,
        n_raters=judged.shape[0],
        n_complete=int((~np.isnan(judged)).all(axis=1).sum()),
        status="undefined" if "no_ratings" in reasons else "limited" if reasons else "ok",
        reasons=reasons,
        conventions=_conventions(
            table, level=level, k_anonymity=k_anonymity, resamples=resamples, seed=seed
        ),
    )


def _concordance(judged: FloatArray) -> Concordance | None:
    if min(judged.shape) < FEWEST or np.isnan(judged).any():
        return None
    return kendalls_w(judged)


def _reasons(
    table: Ratings, judged: FloatArray, *, has_rankings: bool, is_small: bool
) -> tuple[str, ...]:
    if not judged.size:
        return ("no_ratings",)
    is_complete = not np.isnan(judged).any()
    holds = {
        "scale_assumed": table.scale_assumed,
        "small_group": is_small,
        "incomplete_rankings": not is_complete,
        "too_few_for_rankings": is_complete and not has_rankings and not is_small,
    }
    return tuple(reason for reason, applies in holds.items() if applies)


def _measures(
    table: Ratings, grid: FloatArray, *, level: float, k_anonymity: int
) -> tuple[MeasureAgreement, ...]:
    points = np.array(table.scale)
    counts, cannot = answer_counts(table)
    summaries = summarise(counts, cannot, FigureRules(points, level, None, "wilson"))
    parts = _shares(counts, points, level)
    classes = _classes(table, grid)
    return tuple(
        _measure(name, summary, parts[row], classes[row], np.sort(column[~np.isnan(column)]))
        if _is_shown(summary, k_anonymity)
        else _withheld(name)
        for row, (name, summary, column) in enumerate(
            zip(table.measure_ids, summaries, grid.T, strict=True)
        )
    )


def answer_counts(table: Ratings) -> tuple[IntArray, IntArray]:
    """Count answers per item and point of the scale, and "cannot judge" per item.

    Returns
    -------
    counts : array of shape (n_items, n_points)
    cannot : array of shape (n_items,)

    Examples
    --------
    >>> rows = [("a", "m", 1), ("b", "m", 3), ("c", "m", "cannot_judge")]
    >>> counts, cannot = answer_counts(Ratings.from_rows(rows, scale=(1, 3)))
    >>> counts.tolist(), cannot.tolist()
    ([[1, 0, 1]], [1])
    """
    n_items, n_points = len(table.measure_ids), len(table.scale)
    place = table.measure * n_points + np.searchsorted(np.array(table.scale), table.value)
    counts = np.bincount(place, minlength=n_items * n_points)[: n_items * n_points]
    cannot = np.bincount(table.cannot[1], minlength=n_items)
    return counts.reshape(n_items, n_points).astype(np.int64), cannot.astype(np.int64)


def _shares(counts: IntArray, points: FloatArray, level: float) -> list[list[Share] | None]:
    if not points.size:
        return [None] * len(counts)
    parts = thirds_of(points).split(counts, points)
    n = counts.sum(axis=1)
    bounds = share_interval(parts.ravel(), np.repeat(n, 3), level=level)
    low, high = bounds.low.reshape(-1, 3), bounds.high.reshape(-1, 3)
    return [
        [
            Share(int(k), float(k / n[row]), Interval(float(start), float(end)))
            for k, start, end in zip(parts[row], low[row], high[row], strict=True)
        ]
        if n[row]
        else None
        for row in range(len(counts))
    ]


def _classes(table: Ratings, grid: FloatArray) -> list[PanelJudgement | None]:
    """Give RAND/UCLA judgements where the nine-point scale was declared."""
    if table.scale != NINE_POINTS or table.scale_assumed:
        return [None] * grid.shape[1]
    return list(rand_ucla(grid, scale=table.scale).measures)


def _is_shown(summary: Summary, k_anonymity: int) -> bool:
    answered = summary.n + summary.cannot_judge
    return not withhold_groups([summary.n], answered=[answered], k_anonymity=k_anonymity).total


def _withheld(name: Id) -> MeasureAgreement:
    return MeasureAgreement(
        measure=name,
        state="withheld",
        n=None,
        cannot_judge=None,
        cannot_judge_share=None,
        median=None,
        consensus=None,
        ipr=None,
        low=None,
        middle=None,
        high=None,
        is_unanimous=None,
        appropriateness=None,
        status="limited",
        reasons=("small_group",),
    )


def _measure(
    name: Id,
    summary: Summary,
    shares: list[Share] | None,
    panel: PanelJudgement | None,
    ordered: FloatArray,
) -> MeasureAgreement:
    low, middle, high = shares or (None, None, None)
    reasons = _measure_reasons(summary, panel)
    return MeasureAgreement(
        measure=name,
        state="shown" if summary.n + summary.cannot_judge else "empty",
        n=summary.n,
        cannot_judge=summary.cannot_judge,
        cannot_judge_share=summary.cannot_judge_share,
        median=summary.median,
        consensus=summary.consensus,
        ipr=percentile(ordered, 7) - percentile(ordered, 3) if ordered.size else None,
        low=low,
        middle=middle,
        high=high,
        is_unanimous=bool(ordered[0] == ordered[-1]) if ordered.size > 1 else None,
        appropriateness=panel.appropriateness if panel else None,
        status="undefined" if "no_ratings" in reasons else "limited" if reasons else "ok",
        reasons=reasons,
    )


def _measure_reasons(summary: Summary, panel: PanelJudgement | None) -> tuple[str, ...]:
    named = [reason for reason in summary.reasons if reason in SUMMARY_REASONS]
    named += [reason for reason in (panel.reasons if panel else ()) if reason not in named]
    return tuple(named)


def _conventions(
    table: Ratings, *, level: float, k_anonymity: int, resamples: int, seed: int
) -> Conventions:
    parts = thirds_of(np.array(table.scale)) if len(table.scale) > 1 else None
    bounds = (("low_to", parts.low_to), ("high_from", parts.high_from)) if parts else ()
    return Conventions(
        method="agreement_summary",
        scale=table.scale,
        level=level,
        intervals=(("shares", "wilson"), ("alpha", "percentile_bootstrap_over_measures")),
        missing="cannot_judge_left_out_and_reported",
        quantiles="linear_type_7",
        seed=seed,
        draws=resamples,
        thresholds=(("k_anonymity", float(k_anonymity)), *bounds),
    )
