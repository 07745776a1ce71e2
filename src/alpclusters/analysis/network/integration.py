"""Frenken's T: how far collaboration between regions is from the fully integrated case."""

from dataclasses import asdict, dataclass

import numpy as np

from alpclusters.analysis.network.regions import FloatArray, RegionTable, region_table, total_weight
from alpclusters.analysis.network.resampling import (
    Interval,
    Resampled,
    check_same_stamp,
    in_blocks,
)
from alpclusters.analysis.network.ties import Stamp, Ties, frozen


@dataclass(frozen=True, slots=True)
class Integration:
    """How far the table of regions is from what the sizes of the regions alone would give.

    Attributes
    ----------
    total : float or None
        Frenken's T in nats: 0 is fully integrated.
    internal, external : float or None
        Weighted means of ln(q_ij / (q_i q_j)) within and between groups.
    between, inside, outside : float or None
        Parts of the exact decomposition total = between + Q inside + (1 - Q) outside: home bias,
        differences among the groups at home, differences among the pairs abroad.
    internal_share : float or None
        Q, the share of the collaboration within groups.
    by_group : tuple of (float or None)
        T of each group: mean of ln(q_ij / (q_i q_j)) over its collaboration.
    q : ndarray of shape (n_groups,), float64
        Share of each group in all collaboration; zeros without ties.
    share : ndarray of shape (n_groups, n_groups), float64
        q_ij, sum 1; zeros without ties.
    log_ratio : tuple of tuples of (float or None)
        ln(q_ij / (q_i q_j)); None where there is no collaboration.
    bias : float or None
        About how much too high the total is because the table is counted from few
        collaborations: (K - 1)^2 / (2 n), n the total weight (Miller 1955).
    interval : Interval or None
        Of the total, by draws of projects.
    group_names : tuple of str
    reasons : tuple of str
        ``no_ties``, ``one_group``, ``no_internal_ties``, ``no_external_ties``.
    stamp : Stamp
    """

    total: float | None
    internal: float | None
    external: float | None
    between: float | None
    inside: float | None
    outside: float | None
    internal_share: float | None
    by_group: tuple[float | None, ...]
    q: FloatArray
    share: FloatArray
    log_ratio: tuple[tuple[float | None, ...], ...]
    bias: float | None
    interval: Interval | None
    group_names: tuple[str, ...]
    reasons: tuple[str, ...]
    stamp: Stamp

    @property
    def home_share(self) -> float | None:
        """Which part of the total is home bias; None where the total is 0 or undefined."""
        return None if not self.total or self.between is None else self.between / self.total

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        record = asdict(self)
        return {**record, "q": self.q.tolist(), "share": self.share.tolist()}


def integration(ties: Ties | RegionTable, *, resampled: Resampled | None = None) -> Integration:
    """Measure how evenly collaboration spreads over pairs of regions.

    Parameters
    ----------
    ties : Ties or RegionTable
        Fractional weights are usual: each organisation brings one unit per project.
    resampled : Resampled, optional
        Draws of the same projects, for an interval.

    Returns
    -------
    Integration

    Raises
    ------
    AnalysisError
        If the draws have another stamp.

    Notes
    -----
    q_ij is the share of a symmetric table in which a tie between two groups stands half in each
    of its cells; 0 ln 0 = 0. Never compare values of different weights, sizes or groups.

    References
    ----------
    .. [1] K. Frenken, A new indicator of European integration and an application to collaboration
       in scientific research, Economic Systems Research 14 (2002), 345-361.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_region_table
    >>> table = make_region_table([[250, 200, 300], [200, 800, 200], [300, 200, 750]], "ABC")
    >>> found = integration(table)
    >>> round(found.total, 6), round(found.between, 6)
    (0.301142, 0.267596)
    """
    table = region_table(ties) if isinstance(ties, Ties) else ties
    check_same_stamp(table.stamp, resampled)
    q_ij = collaboration_shares(table.weight)
    if not table.total:
        return _undefined(table, q_ij)
    q, logs = q_ij.sum(1), log_ratios(q_ij)
    own = np.diag(q_ij)
    home = float(own.sum())
    parts, q_own = q_ij * logs, np.diag(q_ij * logs)
    between, inside, outside = _decomposed(q_ij, q, home)
    away = 1 - home if _has_external(q_ij) else 0.0
    return Integration(
        total=max(float(parts.sum()), 0.0),
        internal=float(q_own.sum()) / home if home else None,
        external=float(parts.sum() - q_own.sum()) / away if away else None,
        between=between,
        inside=inside,
        outside=outside,
        internal_share=home,
        by_group=_by_group(parts.sum(1), q),
        q=frozen(q),
        share=frozen(q_ij),
        log_ratio=_cells(logs, q_ij),
        bias=float((q > 0).sum() - 1) ** 2 / (2 * table.total),
        interval=None
        if resampled is None
        else resampled.interval(in_blocks(totals, resampled.tables)),
        group_names=table.group_names,
        reasons=_reasons(q, home, away),
        stamp=table.stamp,
    )


def collaboration_shares(weight: FloatArray) -> FloatArray:
    """Return q_ij of tables (..., n, n) with each tie once; zeros for a table without ties."""
    total = np.asarray(total_weight(weight))[..., None, None]
    halves = np.where(np.eye(weight.shape[-1], dtype=bool), weight, weight / 2)
    found: FloatArray = np.zeros_like(halves)
    np.divide(halves, total, out=found, where=total > 0)
    return found


def log_ratios(q_ij: FloatArray) -> FloatArray:
    """Return ln(q_ij / (q_i q_j)), 0 where there is no collaboration."""
    q = q_ij.sum(-1)
    product = q[..., :, None] * q[..., None, :]
    ratio = np.ones_like(q_ij)
    np.divide(q_ij, product, out=ratio, where=q_ij > 0)
    found: FloatArray = np.log(ratio)
    return found


def totals(weight: FloatArray) -> FloatArray:
    """Return T of tables of shape (..., n, n); NaN for a table without ties."""
    q_ij = collaboration_shares(weight)
    found = (q_ij * log_ratios(q_ij)).sum((-2, -1))
    return np.where(q_ij.sum((-2, -1)) > 0, found, np.nan)


def _decomposed(
    q_ij: FloatArray, q: FloatArray, home: float
) -> tuple[float, float | None, float | None]:
    """Return T_0, T_in and T_ex; a part without collaboration is None and adds nothing."""
    at_home = float((q**2).sum())
    own = np.eye(len(q), dtype=bool)
    product = np.outer(q, q)
    has_external = _has_external(q_ij)
    inside = _divergence(q_ij[own], home, product[own], at_home) if home else None
    outside = None
    if has_external:
        outside = _divergence(q_ij[~own], 1 - home, product[~own], 1 - at_home)
    between = _term(home, at_home) + (_term(1 - home, 1 - at_home) if has_external else 0.0)
    return between, inside, outside


def _has_external(q_ij: FloatArray) -> bool:
    return bool((q_ij[~np.eye(len(q_ij), dtype=bool)] > 0).any())


def _term(share: float, expected: float) -> float:
    return share * float(np.log(share / expected)) if share > 0 else 0.0


def _divergence(
    seen: FloatArray, seen_sum: float, expected: FloatArray, expected_sum: float
) -> float:
    kept = seen > 0
    part = seen[kept] / seen_sum
    return float((part * np.log(part / (expected[kept] / expected_sum))).sum())


def _by_group(parts: FloatArray, q: FloatArray) -> tuple[float | None, ...]:
    pairs = zip(parts.tolist(), q.tolist(), strict=True)
    return tuple(part / each if each else None for part, each in pairs)


def _cells(logs: FloatArray, q_ij: FloatArray) -> tuple[tuple[float | None, ...], ...]:
    rows = zip(logs.tolist(), q_ij.tolist(), strict=True)
    return tuple(
        tuple(log if share else None for log, share in zip(*row, strict=True)) for row in rows
    )


def _reasons(q: FloatArray, home: float, away: float) -> tuple[str, ...]:
    if (q > 0).sum() == 1:
        return ("one_group",)
    missing = [("no_internal_ties", home), ("no_external_ties", away)]
    return tuple(code for code, part in missing if not part)


def _undefined(table: RegionTable, q_ij: FloatArray) -> Integration:
    n = len(table.group_names)
    return Integration(
        *(None,) * 7,
        by_group=(None,) * n,
        q=frozen(q_ij.sum(1)),
        share=frozen(q_ij),
        log_ratio=((None,) * n,) * n,
        bias=None,
        interval=None,
        group_names=table.group_names,
        reasons=("no_ties",),
        stamp=table.stamp,
    )
