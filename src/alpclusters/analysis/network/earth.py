"""Distances on the globe between centres of regions, and within a region."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.network.regions import FloatArray
from alpclusters.analysis.network.ties import frozen

# Mean radius R1 of the ellipsoid GRS 80, in km.
RADIUS_KM: Final = 6371.0088


def great_circle(
    latitude: ArrayLike, longitude: ArrayLike, *, area_km2: ArrayLike | None = None
) -> FloatArray:
    """Return the distance of every pair of centres.

    Parameters
    ----------
    latitude, longitude : array_like of shape (n,)
        Degrees north and east.
    area_km2 : array_like of shape (n,), optional
        Of each region; then the diagonal is the mean distance within a disc of that area from its
        centre, (2 / 3) sqrt(area / pi), else 0.

    Returns
    -------
    ndarray of shape (n, n), float64
        In km.

    Raises
    ------
    AnalysisError
        Lengths that differ, a value that is not finite.

    Examples
    --------
    >>> great_circle([47.27, 46.07], [11.39, 11.12]).round(1).tolist()
    [[0.0, 135.0], [135.0, 0.0]]
    """
    north, east = (np.radians(np.array(each, dtype=float)) for each in (latitude, longitude))
    if north.ndim != 1 or north.shape != east.shape:
        raise ShapeError("array.lengths_differ", where=Where(argument="longitude"))
    if not (np.isfinite(north).all() and np.isfinite(east).all()):
        raise NotFiniteError("array.not_finite", where=Where(argument="latitude"))
    # The haversine does not lose digits where centres are near one another.
    up = np.sin((north[:, None] - north) / 2) ** 2
    across = np.sin((east[:, None] - east) / 2) ** 2
    half = up + np.cos(north)[:, None] * np.cos(north) * across
    found: FloatArray = 2 * RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    np.fill_diagonal(found, 0.0 if area_km2 is None else _within(area_km2, len(north)))
    return frozen(found)


def _within(area_km2: ArrayLike, n: int) -> FloatArray:
    area = np.array(area_km2, dtype=float)
    if area.shape != (n,):
        raise ShapeError("array.lengths_differ", where=Where(argument="area_km2"))
    if not (np.isfinite(area) & (area >= 0)).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="area_km2"))
    found: FloatArray = 2 / 3 * np.sqrt(area / np.pi)
    return found
