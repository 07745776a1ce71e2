"""How much of the collaboration crosses borders."""

from dataclasses import asdict, dataclass

import numpy as np

from alpclusters.analysis.network.regions import FloatArray, region_table, total_weight
from alpclusters.analysis.network.resampling import Interval, Resampled, check_same_stamp
from alpclusters.analysis.network.stamp import Stamp
from alpclusters.analysis.network.ties import Ties


@dataclass(frozen=True, slots=True)
class Share:
    """Weight of the ties between groups, as a share of all ties between known groups.

    Attributes
    ----------
    value : float or None
    external, internal : float
        Weight of the ties between groups and within them.
    n_external, n_internal : int
        Their numbers.
    interval : Interval or None
        None without draws, or where the share is undefined in many of them.
    reasons : tuple of str
        ``no_ties``.
    stamp : Stamp
    """

    value: float | None
    external: float
    internal: float
    n_external: int
    n_internal: int
    interval: Interval | None
    reasons: tuple[str, ...]
    stamp: Stamp

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        return asdict(self)


def cross_border_share(ties: Ties, *, resampled: Resampled | None = None) -> Share:
    """Measure the share of collaboration between groups, E / (E + I).

    Parameters
    ----------
    ties : Ties
        Ties with an unknown group are left out (``stamp.n_unknown``).
    resampled : Resampled, optional
        Draws of the same projects, for an interval.

    Returns
    -------
    Share

    Raises
    ------
    AnalysisError
        If the draws have another stamp.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from alpclusters.analysis.network import make_ties
    >>> matrix = csr_array(np.array([[0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> cross_border_share(make_ties(matrix, [7, 8, 9], [0, 0, 1], ["AT", "IT"])).n_external
    1
    """
    check_same_stamp(ties.stamp, resampled)
    table = region_table(ties)
    total, n_internal = table.total, int(np.trace(table.n_ties))
    n_all = int(total_weight(table.n_ties.astype(np.float64)))
    return Share(
        value=(total - table.internal) / total if total else None,
        external=total - table.internal,
        internal=table.internal,
        n_external=n_all - n_internal,
        n_internal=n_internal,
        interval=None if resampled is None else resampled.interval(shares(resampled.tables)),
        reasons=() if total else ("no_ties",),
        stamp=ties.stamp,
    )


def shares(weight: FloatArray) -> FloatArray:
    """Return the external share of tables of shape (..., n, n); NaN where there is no tie."""
    total = np.asarray(total_weight(weight))
    inside = np.trace(weight, axis1=-2, axis2=-1)
    found: FloatArray = np.full(total.shape, np.nan)
    np.divide(total - inside, total, out=found, where=total > 0)
    return found
