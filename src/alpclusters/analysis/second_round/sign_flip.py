"""Test of a mean change by flipping signs, and correction for looking at several measures."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.results import Recorded
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ScaleError, ShapeError, Where
from alpclusters.analysis.second_round.results import SignFlipKind

# --- Correction of p values for looking at several measures ---------------------------------------


FloatArray = NDArray[np.float64]
Correction = Literal["holm", "benjamini_hochberg"]
DEFAULT_CORRECTION: Final = "holm"


def corrected_p_values(
    p_values: ArrayLike, *, correction: Correction = DEFAULT_CORRECTION
) -> FloatArray:
    r"""Correct p values over m measures.

    With p values sorted upwards, Holm:
    :math:`\max_{l \le k} \min(1, (m - l + 1) p_{(l)})`; Benjamini and Hochberg:
    :math:`\min_{l \ge k} \min(1, m p_{(l)} / l)`.

    Parameters
    ----------
    p_values : array_like of shape (n_measures,)
        0 to 1; NaN where undefined. m counts those that are defined.
    correction : {'holm', 'benjamini_hochberg'}, default 'holm'
        Holm bounds the chance of any false alarm, Benjamini and Hochberg the expected share
        of false ones among the alarms.

    Returns
    -------
    array of shape (n_measures,)
        In the order given; NaN stays. Read-only.

    Raises
    ------
    ShapeError
        Not one dimension.
    ScaleError
        A value outside 0 to 1.
    AnalysisError
        Another correction.

    References
    ----------
    .. [1] S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian
       Journal of Statistics 6 (1979), 65-70.
    .. [2] Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, Journal of the Royal
       Statistical Society B 57 (1995), 289-300.

    Examples
    --------
    >>> corrected_p_values([0.01, 0.04, 0.03, 0.005]).round(4).tolist()
    [0.03, 0.06, 0.06, 0.02]
    >>> corrected_p_values([0.01, 0.04, np.nan], correction="benjamini_hochberg").tolist()
    [0.02, 0.04, nan]
    """
    check_correction(correction)
    values = _corrections_checked(p_values)
    order = np.argsort(values, kind="stable")
    known = order[: int((~np.isnan(values)).sum())]
    step = _holm if correction == "holm" else _benjamini_hochberg
    adjusted = np.full(values.shape, np.nan)
    adjusted[known] = np.minimum(step(values[known]), 1.0)
    adjusted.setflags(write=False)
    return adjusted


def check_correction(correction: str) -> None:
    """Refuse a name that is none."""
    if correction not in get_args(Correction):
        code = "argument.not_one_of"
        expected = ", ".join(get_args(Correction))
        raise AnalysisError(code, where=Where(argument="correction"), expected=expected)


def _holm(rising: FloatArray) -> FloatArray:
    return np.maximum.accumulate(np.arange(rising.size, 0, -1) * rising)


def _benjamini_hochberg(rising: FloatArray) -> FloatArray:
    scaled = rising.size * rising / np.arange(1, rising.size + 1)
    return np.minimum.accumulate(scaled[::-1])[::-1]


def _corrections_checked(p_values: ArrayLike) -> FloatArray:
    values = np.array(p_values, dtype=np.float64)
    if values.ndim != 1:
        code = "ratings.shape"
        raise ShapeError(code, where=Where(argument="p_values"), expected="(n_measures,)")
    wrong = np.flatnonzero((values < 0) | (values > 1))
    if wrong.size:
        code = "argument.out_of_range"
        where = Where(argument="p_values", row=int(wrong[0]))
        raise ScaleError(code, where=where, expected="0 <= p <= 1")
    return values


# --- Test of a mean change by flipping signs ------------------------------------------------------


FEWEST_CHANGES: Final = 6
EXACT_UP_TO: Final = 16
RANDOM_FLIPS: Final = 10_000


@dataclass(frozen=True, slots=True)
class SignFlip(Recorded):
    """Outcome of the sign-flip test.

    Attributes
    ----------
    p_value : float or None
        Two-sided.
    n_changed : int
        Differences that are not 0.
    kind : {'exact', 'random'} or None
        All sign patterns, or random ones.
    status : {'ok', 'undefined'}
    reasons : tuple of str
        ``too_few_changes``.
    conventions : Conventions
    """

    p_value: float | None
    n_changed: int
    kind: SignFlipKind | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def sign_flip_test(differences: ArrayLike, *, seed: int = 0) -> SignFlip:
    """Test whether changes have a mean of 0 by flipping their signs.

    If raised and lowered were equally likely for every person, each sign could as well be the
    other: p is the share of sign patterns whose sum is at least as far from 0.

    Parameters
    ----------
    differences : array_like of shape (n_raters,)
        Second minus first round; zeros are dropped.
    seed : int, default 0
        Of the random patterns.

    Returns
    -------
    SignFlip
        Undefined with fewer than six differences that are not 0 (``too_few_changes``): with
        five the smallest two-sided p is 0.0625.

    Raises
    ------
    ShapeError
        Not one dimension.
    NotFiniteError
        NaN or infinity.

    Notes
    -----
    Exact up to 16 differences, else 10,000 random patterns with p = (1 + hits) / (1 + 10,000).
    It is not Wilcoxon's test, which flips ranks; the two agree if all differences have the
    same size. The order of the raters changes no bit.

    References
    ----------
    .. [1] R. A. Fisher, The Design of Experiments (1935), section 21.

    Examples
    --------
    >>> sign_flip_test([1, 1, 0, 1, 0, 1, 1, 1]).p_value
    0.03125
    """
    changes = _sign_flip_checked(differences)
    sizes = np.sort(np.abs(changes[changes != 0]))
    is_exact = sizes.size <= EXACT_UP_TO
    is_defined = sizes.size >= FEWEST_CHANGES
    least = abs(float(changes.sum())) - 1e-9 * (float(sizes[-1]) if sizes.size else 1.0)
    p_value = None
    if is_defined:
        p_value = _exact(sizes, least) if is_exact else _random(sizes, least, seed)
    return SignFlip(
        p_value=p_value,
        n_changed=sizes.size,
        kind=None if p_value is None else "exact" if is_exact else "random",
        status="ok" if is_defined else "undefined",
        reasons=() if is_defined else ("too_few_changes",),
        conventions=_conventions(seed, is_random=is_defined and not is_exact),
    )


def _exact(sizes: FloatArray, least: float) -> float:
    """Go through all patterns in which the first sign is plus: the others mirror them."""
    sums = sizes[:1]
    for size in sizes[1:]:
        sums = np.concatenate([sums + size, sums - size])
    return float((np.abs(sums) >= least).mean())


def _random(sizes: FloatArray, least: float, seed: int) -> float:
    """Draw how many of the differences of equal size are plus."""
    random = np.random.default_rng(seed)
    distinct, counts = np.unique(sizes, return_counts=True)
    plus = random.binomial(counts, 0.5, size=(RANDOM_FLIPS, counts.size))
    sums = (2 * plus - counts) @ distinct
    hits = int((np.abs(sums) >= least).sum())
    return (1 + hits) / (1 + RANDOM_FLIPS)


def _sign_flip_checked(differences: ArrayLike) -> FloatArray:
    changes = np.array(differences, dtype=np.float64)
    if changes.ndim != 1:
        code = "ratings.shape"
        raise ShapeError(code, where=Where(argument="differences"), expected="(n_raters,)")
    wrong = np.flatnonzero(~np.isfinite(changes))
    if wrong.size:
        code = "ratings.not_finite"
        raise NotFiniteError(code, where=Where(argument="differences", row=int(wrong[0])))
    return changes


def _conventions(seed: int, *, is_random: bool) -> Conventions:
    return Conventions(
        method="sign_flip_test",
        ties="zeros_dropped",
        missing="refused",
        seed=seed if is_random else None,
        draws=RANDOM_FLIPS if is_random else None,
        thresholds=(("fewest_changes", float(FEWEST_CHANGES)),),
    )
