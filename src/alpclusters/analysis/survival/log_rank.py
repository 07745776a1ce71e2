"""Whether groups last equally long (Mantel 1966; Peto and Peto 1972)."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.survival.kaplan_meier import build_timeline, count_at_risk
from alpclusters.analysis.survival.results import (
    Durations,
    FloatArray,
    GroupEvents,
    IntArray,
    LogRank,
    labels,
    read_durations,
)

FEW_EXPECTED: Final = 5.0


def log_rank(
    duration: ArrayLike, event: ArrayLike, group: ArrayLike, *, entry: ArrayLike | None = None
) -> LogRank:
    """Test whether two or more groups last equally long.

    Parameters
    ----------
    duration, event, entry : array_like of shape (n,)
        As in `kaplan_meier`.
    group : array_like of shape (n,)
        Name or number of each row's group.

    Returns
    -------
    LogRank
        Chi-square with p, and of each group n, events and expected events.

    Raises
    ------
    AnalysisError
        As in `kaplan_meier`; a group that is no number.

    Notes
    -----
    At each time with d events among n at risk, d n_g / n are expected of group g, with the
    hypergeometric variance. Rows are taken as independent of each other: where several rows
    come from one project, use `cluster_difference`.

    References
    ----------
    .. [1] N. Mantel, Evaluation of survival data and two new rank order statistics arising in
       its consideration, Cancer Chemotherapy Reports 50 (1966), 163-170.

    Examples
    --------
    >>> found = log_rank([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1], list("aaabbb"))
    >>> round(found.statistic, 4), found.df, [round(g.expected, 4) for g in found.groups]
    (5.0517, 1, [1.15, 4.85])
    """
    rows = read_durations(duration, event, entry)
    names, place = labels(group, "group", n=len(rows.duration))
    at_risk, ended = _by_group(rows, place, len(names))
    expected, spread = _moments(at_risk, ended)
    groups = _groups(rows, names, place, expected)
    if reason := _why_undefined(names, ended, at_risk):
        return LogRank(None, 0, None, groups, "undefined", (reason,), _CONVENTIONS)
    statistic, df = _statistic(ended.sum(axis=1) - expected, spread)
    reasons = ("few_expected",) if expected.min() < FEW_EXPECTED else ()
    status: Status = "limited" if reasons else "ok"
    return LogRank(statistic, df, _tail(statistic, df), groups, status, reasons, _CONVENTIONS)


_CONVENTIONS: Final = Conventions(
    method="log_rank",
    ties="hypergeometric",
    missing="right_censored",
    thresholds=(("few_expected", FEW_EXPECTED),),
)


def _by_group(rows: Durations, place: IntArray, n_groups: int) -> tuple[FloatArray, FloatArray]:
    line = build_timeline(rows)
    tables = [count_at_risk(line, (place == k).astype(np.float64)) for k in range(n_groups)]
    shape = (n_groups, line.n_times)
    at_risk = np.array([table[0] for table in tables]).reshape(shape)
    return at_risk, np.array([table[1] for table in tables]).reshape(shape)


def _moments(at_risk: FloatArray, ended: FloatArray) -> tuple[FloatArray, FloatArray]:
    n, d = at_risk.sum(axis=0), ended.sum(axis=0)
    share = at_risk / n
    scale = d * (n - d) / np.maximum(n - 1, 1)
    spread = np.diag((share * scale).sum(axis=1)) - (share * scale) @ share.T
    return (share * d).sum(axis=1), spread


def _groups(
    rows: Durations, names: list[str], place: IntArray, expected: FloatArray
) -> tuple[GroupEvents, ...]:
    n = np.bincount(place, minlength=len(names))
    events = np.bincount(place, rows.event, minlength=len(names))
    return tuple(
        GroupEvents(name, int(n[k]), int(events[k]), float(expected[k]))
        for k, name in enumerate(names)
    )


def _why_undefined(names: list[str], ended: FloatArray, at_risk: FloatArray) -> str | None:
    if len(names) <= 1:
        return "one_group" if names else "no_spells"
    if not ended.sum():
        return "no_events"
    together = ((at_risk > 0).sum(axis=0) > 1) & (at_risk.sum(axis=0) > ended.sum(axis=0))
    return None if together.any() else "never_together"


def _statistic(difference: FloatArray, spread: FloatArray) -> tuple[float, int]:
    """A group never at risk beside others adds neither to the sum nor to the freedom."""
    inverse = np.linalg.pinv(spread, rcond=1e-10, hermitian=True)
    df = int(np.linalg.matrix_rank(spread, tol=1e-10 * max(spread.max(), 1.0), hermitian=True))
    return float(difference @ inverse @ difference), df


def _tail(statistic: float, df: int) -> float:
    from scipy.special import chdtrc  # noqa: PLC0415 - a third of a second to import

    return float(chdtrc(df, statistic))
