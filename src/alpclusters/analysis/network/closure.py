"""How much collaboration crosses borders: shares, and external against internal ties."""

from dataclasses import asdict, dataclass
from typing import Final, Literal

import numpy as np

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.regions import FloatArray, region_table, total_weight
from alpclusters.analysis.network.resampling import (
    Interval,
    Resampled,
    check_same_stamp,
    expected_internal_share,
    internal_ties_sd,
    shuffled_internal,
)
from alpclusters.analysis.network.ties import Stamp, Ties

# --- How much of the collaboration crosses borders ------------------------------------------------


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


# --- External against internal ties, beside what random labels would give -------------------------


PERMUTATIONS: Final = 999
Spread = Literal["join_counts", "permutations"]


@dataclass(frozen=True, slots=True)
class ExternalInternal:
    """The E-I index of Krackhardt and Stern beside its expectation.

    Attributes
    ----------
    value : float or None
        (E - I) / (E + I): -1 all ties within groups, +1 all between.
    expected : float or None
        Under shuffled labels of the connected organisations; exact.
    sd : float or None
        Of the index under shuffled labels.
    sd_from : {"join_counts", "permutations"} or None
        Exact for binary ties; from the permutations for weights.
    z : float or None
        (value - expected) / sd.
    p_lower, p_upper, p_two : float or None
        From the permutations, never 0: (1 + number as extreme) / (1 + permutations).
    permutations, seed : int
    interval : Interval or None
        Of the value, by draws of projects.
    reasons : tuple of str
        ``no_ties``, ``one_group``, ``too_few_organisations`` (below four), ``no_spread``.
    stamp : Stamp
    """

    value: float | None
    expected: float | None
    sd: float | None
    sd_from: Spread | None
    z: float | None
    p_lower: float | None
    p_upper: float | None
    p_two: float | None
    permutations: int
    seed: int
    interval: Interval | None
    reasons: tuple[str, ...]
    stamp: Stamp

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        return asdict(self)


def external_internal(
    ties: Ties,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    resampled: Resampled | None = None,
) -> ExternalInternal:
    """Compare ties between and within groups, and both with random labels.

    Large groups alone make the index low: the expectation is always beside it.

    Parameters
    ----------
    ties : Ties
        Ties with an unknown group are left out.
    permutations : int, default 999
        0 leaves the p values out.
    seed : int, default 0
    resampled : Resampled, optional
        Draws of the same projects, for an interval of the value.

    Returns
    -------
    ExternalInternal

    Raises
    ------
    AnalysisError
        Negative ``permutations``; draws of another stamp.

    References
    ----------
    .. [1] D. Krackhardt and R. N. Stern, Informal networks and organizational crises, Social
       Psychology Quarterly 51 (1988), 123-140.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from alpclusters.analysis.network import make_ties
    >>> matrix = csr_array(np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]]))
    >>> found = external_internal(make_ties(matrix, [7, 8, 9], [0, 0, 1], ["AT", "IT"]))
    >>> found.value, round(found.expected, 4), found.reasons
    (0.0, 0.3333, ('too_few_organisations',))
    """
    check_same_stamp(ties.stamp, resampled)
    if permutations < 0:
        raise AnalysisError(
            "argument.out_of_range", where=Where(argument="permutations"), expected="0 – …"
        )
    table, known = region_table(ties), ties.known
    share = float(shares(table.weight))
    pi = expected_internal_share(table.n_connected)
    has_ties = table.total > 0
    turned = shuffled_internal(ties, permutations=permutations, seed=seed) / (table.total or 1.0)
    is_binary = bool((known.matrix.data == 1).all())
    sd = _sd(turned, table.n_connected, known, is_binary=is_binary) if has_ties else None
    value = 2 * share - 1 if has_ties else None
    expected = 1 - 2 * pi if has_ties and pi is not None else None
    lower, upper = _tails(value, 1 - 2 * turned)
    return ExternalInternal(
        value=value,
        expected=expected,
        sd=sd,
        sd_from=None if sd is None else "join_counts" if is_binary else "permutations",
        z=None if not sd or value is None or expected is None else (value - expected) / sd,
        p_lower=lower,
        p_upper=upper,
        p_two=None if lower is None or upper is None else min(1.0, 2 * min(lower, upper)),
        permutations=permutations,
        seed=seed,
        interval=None
        if resampled is None
        else resampled.interval(2 * shares(resampled.tables) - 1),
        reasons=_reasons(table.n_connected, sd),
        stamp=ties.stamp,
    )


def _sd(
    turned: FloatArray, n_by_group: np.ndarray, known: Ties, *, is_binary: bool
) -> float | None:
    if is_binary:
        m = known.matrix.nnz // 2
        found = internal_ties_sd(n_by_group, known.degree)
        return None if found is None else 2 * found / m
    return float(2 * turned.std(ddof=1)) if len(turned) > 1 else None


def _tails(value: float | None, turned: FloatArray) -> tuple[float | None, float | None]:
    """Return how often a permutation is as low, and as high; a rounding error is a tie."""
    if value is None or not len(turned):
        return None, None
    near = 1e-12
    low, high = (turned <= value + near).sum(), (turned >= value - near).sum()
    return float((1 + low) / (1 + len(turned))), float((1 + high) / (1 + len(turned)))


def _reasons(n_by_group: np.ndarray, sd: float | None) -> tuple[str, ...]:
    if not n_by_group.any():
        return ("no_ties",)
    if (n_by_group > 0).sum() == 1:
        return ("one_group",)
    if sd is None:
        return ("too_few_organisations",)
    return () if sd else ("no_spread",)
