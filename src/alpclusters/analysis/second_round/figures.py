"""Figures of one measure from its migration matrix, its paired answers and its stability."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.figures import tastle_wierman
from alpclusters.analysis.consensus.intervals import percentile_interval
from alpclusters.analysis.consensus.ratings import CANNOT_JUDGE
from alpclusters.analysis.consensus.results import Interval
from alpclusters.analysis.second_round.pairing import Rounds
from alpclusters.analysis.second_round.results import (
    AgreementChange,
    Attendance,
    Change,
    Leavers,
    Migration,
)
from alpclusters.analysis.second_round.sign_flip import SignFlip
from alpclusters.analysis.small_groups import withhold_groups

# --- Stability between rounds: net change of histograms, individual agreement beyond chance -------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
STABLE_BELOW: Final = 0.15
KappaWeights = Literal["plain", "linear", "quadratic"]
POWERS: Final[dict[KappaWeights, int]] = {"linear": 1, "quadratic": 2}


def net_change(first: IntArray, second: IntArray) -> float:
    """Return half the sum of differences of two histograms, per person.

    It sees only net change: people who swap places leave it at 0.

    Examples
    --------
    >>> net_change(np.array([1, 2, 3, 3, 1]), np.array([0, 1, 3, 4, 2]))
    0.2
    """
    return float(np.abs(first - second).sum() / (2 * first.sum()))


def weighted_kappa(matrix: IntArray, points: FloatArray, *, weights: KappaWeights) -> float | None:
    """Return Cohen's kappa of a migration matrix; None if no disagreement is to be expected.

    kappa = 1 - sum(w O) / sum(w E), with w 1 off the diagonal (plain), the distance of the
    points as a share of the scale (linear), or its square (quadratic).

    Examples
    --------
    >>> weighted_kappa(np.array([[3, 1], [0, 2]]), np.array([0.0, 1.0]), weights="plain")
    0.6666666666666667
    """
    distance = np.abs(points[:, None] - points) / max(points[-1] - points[0], 1e-300)
    weight = distance ** POWERS[weights] if weights in POWERS else (distance > 0).astype(float)
    n = matrix.sum()
    expected = float((weight * np.outer(matrix.sum(axis=1), matrix.sum(axis=0))).sum())
    return 1 - float((weight * matrix).sum()) * float(n) / expected if expected > 0 else None


# --- Figures of one measure from its migration matrix and its paired answers ----------------------


QUARTILES: Final = (0.25, 0.75)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Answers of those who judged one measure in both rounds.

    Attributes
    ----------
    matrix : array of int, shape (n_points + 1, n_points + 1)
        People by state in the first and the second round, "cannot judge" last.
    first, second : array of shape (n_paired,)
        Values.
    points : array of shape (n_points,)
    """

    matrix: IntArray
    first: FloatArray
    second: FloatArray
    points: FloatArray

    @classmethod
    def of(cls, rounds: Rounds, measure: int) -> "Pairs":
        """Take the pairs of one column."""
        first, second = rounds.first[:, measure], rounds.second[:, measure]
        twice = (first >= 0) & (second >= 0)
        size = rounds.points.size + 1
        cells = np.bincount(first[twice] * size + second[twice], minlength=size * size)
        paired = np.flatnonzero(rounds.paired[:, measure])
        # A canonical order: sums then depend on no names, to the last bit.
        paired = paired[np.lexsort((second[paired], first[paired]))]
        return cls(
            matrix=cells.reshape(size, size).astype(np.int64),
            first=rounds.points[first[paired]],
            second=rounds.points[second[paired]],
            points=rounds.points,
        )

    @property
    def judged(self) -> IntArray:
        """The matrix without "cannot judge"."""
        return self.matrix[:-1, :-1]

    @property
    def n(self) -> int:
        """People with a value in both rounds."""
        return self.first.size


def attendance(rounds: Rounds, measure: int, *, k_anonymity: int) -> Attendance:
    """Count who judged one measure when; numbers below k are None."""
    first, second = rounds.has_first[:, measure], rounds.has_second[:, measure]
    n_first, n_second, n_paired = (int(who.sum()) for who in (first, second, first & second))
    cannot = rounds.points.size
    # A share or a difference would give a withheld number away.
    is_open = not any(0 < n < k_anonymity for n in (n_first, n_second, n_paired))

    def shown(n: int) -> int | None:
        return None if 0 < n < k_anonymity else n

    return Attendance(
        n_first=shown(n_first),
        n_second=shown(n_second),
        n_paired=shown(n_paired),
        attrition=1 - n_paired / n_first if n_first and is_open else None,
        joined=n_second - n_paired if is_open else None,
        cannot_first=shown(int((rounds.first[:, measure] == cannot).sum())),
        cannot_second=shown(int((rounds.second[:, measure] == cannot).sum())),
    )


def migration(pairs: Pairs, *, k_anonymity: int, matrix_from: int) -> Migration:
    """Tell who stayed, raised, lowered; the whole matrix only if enough are paired."""
    lowered, stable, raised = (
        int(part.sum())
        for part in (np.tril(pairs.judged, -1), np.diag(pairs.judged), np.triu(pairs.judged, 1))
    )
    is_large = pairs.n >= matrix_from
    withheld = withhold_groups([lowered, stable, raised], k_anonymity=k_anonymity).groups
    hidden = (False, False, False) if is_large else withheld
    has_cannot = bool(pairs.matrix[-1].any() or pairs.matrix[:, -1].any())
    points = tuple(float(point) for point in pairs.points)
    return Migration(
        stable=None if hidden[1] else stable,
        raised=None if hidden[2] else raised,
        lowered=None if hidden[0] else lowered,
        stable_share=None if hidden[1] else stable / pairs.n,
        matrix=_frozen(pairs.matrix if has_cannot else pairs.judged) if is_large else None,
        states=(*points, CANNOT_JUDGE) if has_cannot else points,
    )


def change(
    pairs: Pairs,
    test: SignFlip,
    draws: FloatArray,
    *,
    level: float,
    p_adjusted: float | None,
    is_open: bool,
) -> tuple[Change, tuple[str, ...]]:
    """Describe the change of paired raters; ``is_open`` tells whether counts may be shown."""
    differences = pairs.second - pairs.first
    interval, reasons = percentile_interval(draws, level=level)
    found = Change(
        mean=float(differences.mean()),
        sd=_sd(differences),
        interval=interval,
        n_changed=test.n_changed if is_open else None,
        p_value=test.p_value,
        p_adjusted=p_adjusted,
        p_kind=test.kind,
    )
    return found, (*test.reasons, *reasons)


def agreement_change(
    pairs: Pairs, draws: FloatArray, *, level: float, is_open: bool
) -> AgreementChange:
    """Describe whether paired raters came closer; plain kappa would tell who is stable."""
    first, second = pairs.judged.sum(axis=1), pairs.judged.sum(axis=0)
    before, after = (_consensus(histogram, pairs.points) for histogram in (first, second))
    moved = net_change(first, second)
    kappas = {
        name: weighted_kappa(pairs.judged, pairs.points, weights=name)
        for name in ("quadratic", "linear", "plain")
    }
    return AgreementChange(
        histogram_first=tuple(first.tolist()),
        histogram_second=tuple(second.tolist()),
        mean_first=float(pairs.first.mean()),
        mean_second=float(pairs.second.mean()),
        consensus_first=before,
        consensus_second=after,
        change=None if before is None or after is None else after - before,
        interval=percentile_interval(draws, level=level)[0],
        iqr_first=_iqr(pairs.first),
        iqr_second=_iqr(pairs.second),
        cv_first=_cv(pairs.first, pairs.points),
        cv_second=_cv(pairs.second, pairs.points),
        net_change=moved,
        is_stable=moved < STABLE_BELOW,
        kappa_quadratic=kappas["quadratic"],
        kappa_linear=kappas["linear"],
        kappa=kappas["plain"] if is_open else None,
    )


def leavers(
    rounds: Rounds, measure: int, draws: FloatArray, *, level: float, k_anonymity: int
) -> Leavers | None:
    """Compare first-round answers of those with and without a second value."""
    seen, paired = rounds.has_first[:, measure], rounds.paired[:, measure]
    stayed, left = (
        np.sort(rounds.points[rounds.first[group, measure]]) for group in (paired, seen & ~paired)
    )
    if min(stayed.size, left.size) < max(k_anonymity, 1):
        return None
    interval, _ = percentile_interval(draws, level=level)
    return Leavers(
        n_stayers=stayed.size,
        n_leavers=left.size,
        mean_stayers=float(stayed.mean()),
        mean_leavers=float(left.mean()),
        difference=float(stayed.mean() - left.mean()),
        interval=interval,
        is_different=_excludes_zero(interval),
    )


def _excludes_zero(interval: Interval | None) -> bool:
    return interval is not None and (interval.low > 0 or interval.high < 0)


def _sd(values: FloatArray) -> float | None:
    return float(values.std(ddof=1)) if values.size > 1 else None


def _iqr(values: FloatArray) -> float:
    low, high = np.quantile(values, QUARTILES)
    return float(high - low)


def _cv(values: FloatArray, points: FloatArray) -> float | None:
    sd, mean = _sd(values), float(values.mean())
    return None if sd is None or points[0] < 0 or mean <= 0 else sd / mean


def _consensus(histogram: IntArray, points: FloatArray) -> float | None:
    return tastle_wierman(histogram, values=points).value if points.size > 1 else None


def _frozen(matrix: IntArray) -> IntArray:
    copy = matrix.copy()
    copy.setflags(write=False)
    return copy
