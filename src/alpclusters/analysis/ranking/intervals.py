"""The interval of one estimate: normal or t, on the whole line or inside the scale."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

HALF: Final = 0.5  # of an answer: as near to the end of the scale as n answers can tell


def quantile(level: float, freedom: FloatArray | None) -> FloatArray:
    """Return the two-sided quantile, of t with these degrees of freedom or normal."""
    from scipy.special import ndtri, stdtrit  # noqa: PLC0415 - a third of a second to import

    share = (1 + level) / 2
    return np.asarray(ndtri(share) if freedom is None else stdtrit(freedom, share))


def around(estimate: FloatArray, half: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return symmetric ends, which may lie beyond the scale."""
    return estimate - half, estimate + half


def inside(
    estimate: FloatArray, half: FloatArray, *, n: FloatArray, ends: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Return ends inside the scale: symmetric for the logit of the estimate's place on it.

    Estimates are held half an answer, 0.5 / (n + 1), from the ends; where that is needed the
    interval reaches the end of the scale.

    Examples
    --------
    >>> low, high = inside(np.array([4.7]), np.array([0.26939]), n=np.array([12]), ends=(1, 5))
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (4.295, 4.881)
    """
    from scipy.special import expit, logit  # noqa: PLC0415 - as above

    low, width = ends[0], ends[1] - ends[0]
    nearest = HALF / (n + 1)
    place = np.clip((estimate - low) / width, nearest, 1 - nearest)
    reach = half / (width * place * (1 - place))
    lower, upper = expit(logit(place) - reach), expit(logit(place) + reach)
    lower = np.where(place <= nearest, 0.0, lower)
    upper = np.where(place >= 1 - nearest, 1.0, upper)
    return np.minimum(low + width * lower, ends[1]), np.minimum(low + width * upper, ends[1])
