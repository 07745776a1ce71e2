"""How much a valley is worth: the likelihood of any mixture over that of the best single hill."""

from typing import Final

import numpy as np

from alpclusters.analysis.opinion.arrays import FloatArray, IntArray

GRID: Final = np.linspace(-3.2, 3.2, 33)
KERNEL_SD: Final = 0.2
BINS: Final = 40
STEPS: Final = 60
MODES: Final = (-1.2, -0.8, -0.4, 0.0, 0.4, 0.8, 1.2)
SMALL: Final = 1e-300
LEAST_MERGED: Final = 1e-37  # single precision


def valley_depths(likelihoods: FloatArray) -> FloatArray:
    """Return how much better a valley fits than one hill, for each direction.

    Parameters
    ----------
    likelihoods : array of shape (n_directions, n_people, 33)
        Log likelihood of each person's answers at the places of ``GRID``.

    Returns
    -------
    array of shape (n_directions,)
        ℓ₁ - ℓ₀ >= 0: natural log likelihood of the best weights on the grid, less that of the
        best weights that rise to one mode and fall from it.
    """
    merged = [_merged(_smoothed(one)) for one in likelihoods]
    n_bins = max(len(counts) for _, counts in merged)
    tables = np.ones((len(merged), n_bins, GRID.size))
    counts = np.zeros((len(merged), n_bins))
    for place, (table, count) in enumerate(merged):
        tables[place, : len(count)], counts[place, : len(count)] = table, count
    fitted = _fitted(tables, counts)
    return np.asarray(np.maximum(0.0, fitted[:, 0] - fitted[:, 1:].max(axis=1)))


def _smoothed(likelihood: FloatArray) -> FloatArray:
    """Return likelihoods, each person's greatest 1, smoothed along the grid."""
    kind = np.float64 if len(likelihood) <= 2 * BINS else np.float32
    below = (likelihood - likelihood.max(axis=1, keepdims=True)).astype(kind)
    return np.asarray(np.exp(below) @ _KERNEL.astype(kind))


def _merged(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Merge people of like place and like certainty to at most 80 bins."""
    if len(table) <= 2 * BINS:
        return table, np.ones(len(table))
    grid = GRID.astype(table.dtype)
    weight = table * np.exp(-grid * grid / 2)
    weight /= weight.sum(axis=1, keepdims=True)
    mean = weight @ grid
    spread = weight @ (grid * grid) - mean * mean
    by_spread = np.argsort(spread, kind="stable")
    order = np.concatenate(
        [half[np.argsort(mean[half], kind="stable")] for half in np.array_split(by_spread, 2)]
    )
    sizes = np.concatenate([_parted(half, BINS) for half in _parted(len(table), 2)])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    logs = np.add.reduceat(np.log(np.maximum(LEAST_MERGED, table[order])), starts)
    return np.exp(logs / sizes[:, None]), sizes.astype(np.float64)


def _parted(total: int, n_parts: int) -> IntArray:
    """Return the sizes of parts as equal as can be, the greater ones first."""
    return total // n_parts + (np.arange(n_parts) < total % n_parts)


def _fitted(tables: FloatArray, counts: FloatArray) -> FloatArray:
    """Return log likelihoods of the best weights: free ones, then hills around each mode.

    ``tables`` of shape (n_directions, n_bins, n_places), ``counts`` of shape (n_directions,
    n_bins); the answer has shape (n_directions, 1 + n_modes).
    """
    total = counts.sum(axis=1)[:, None, None]
    weights = np.full((len(tables), *_MODELS.shape[:2]), 1 / GRID.size)
    for _ in range(STEPS):
        pull = counts[:, :, None] / _chances(tables, weights)
        gain = (tables.swapaxes(1, 2) @ pull).swapaxes(1, 2)
        weights *= (_MODELS.swapaxes(1, 2) @ gain[..., None])[..., 0] / total
    return np.asarray((counts[:, :, None] * np.log(_chances(tables, weights))).sum(axis=1))


def _chances(tables: FloatArray, weights: FloatArray) -> FloatArray:
    """Return how likely each bin is in each model; shape (n_directions, n_bins, n_models)."""
    mixed = (_MODELS @ weights[..., None])[..., 0]
    return np.maximum(SMALL, tables @ mixed.swapaxes(1, 2))


def _kernel() -> FloatArray:
    apart = (GRID[:, None] - GRID) / KERNEL_SD
    kernel = np.exp(-apart * apart / 2)
    return np.asarray(kernel / kernel.sum(axis=0))


def _hills() -> FloatArray:
    """Return for each mode uniforms from it to each place; shape (n_modes, n_places, n_places)."""
    hills = np.zeros((len(MODES), GRID.size, GRID.size))
    for number, mode in enumerate(MODES):
        middle = int(np.abs(GRID - mode).argmin())
        for place in range(GRID.size):
            low, high = min(middle, place), max(middle, place)
            hills[number, low : high + 1, place] = 1 / (high - low + 1)
    return hills


_KERNEL: Final = _kernel()
_MODELS: Final = np.concatenate([np.eye(GRID.size)[None], _hills()])
