"""Correction of p values for looking at several measures."""

from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import AnalysisError, ScaleError, ShapeError, Where

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
    values = _checked(p_values)
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


def _checked(p_values: ArrayLike) -> FloatArray:
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
