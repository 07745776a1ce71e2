"""Resample whole raters across all measures: one draw of raters serves every measure."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.figures import tastle_wierman
from alpclusters.analysis.consensus.intervals import resample_weights
from alpclusters.analysis.second_round.pairing import Rounds

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
type Draw = tuple[slice, FloatArray, IntArray]


def resample_changes(rounds: Rounds, *, resamples: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Draw paired raters with replacement; compute the changes of every measure anew.

    Returns
    -------
    mean_change, consensus_change : array of shape (n_measures, n_resamples)
        NaN where a resample has nobody paired on the measure.
    """
    paired, points = rounds.paired, rounds.points
    shape = (len(rounds.measure_ids), resamples)
    means, consensus = np.full(shape, np.nan), np.full(shape, np.nan)
    for block, weights, rows in _draws(paired, resamples=resamples, seed=seed):
        for measure in np.flatnonzero(paired.any(axis=0)):
            first, second = (
                _histograms(weights, states[rows, measure], paired[rows, measure], points.size)
                for states in (rounds.first, rounds.second)
            )
            means[measure, block] = _ratios((second - first) @ points, first.sum(axis=1))
            if points.size > 1:
                consensus[measure, block] = _consensus(second, points) - _consensus(first, points)
    return means, consensus


def resample_leavers(rounds: Rounds, *, resamples: int, seed: int) -> FloatArray:
    """Draw raters of the first round with replacement; compare stayers and leavers anew.

    Returns
    -------
    array of shape (n_measures, n_resamples)
        First-round mean of stayers minus that of leavers, NaN where a resample has only one
        of the two.
    """
    stayed, points = rounds.paired, rounds.points
    left = rounds.has_first & ~stayed
    differences = np.full((len(rounds.measure_ids), resamples), np.nan)
    for block, weights, rows in _draws(rounds.has_first, resamples=resamples, seed=seed):
        for measure in np.flatnonzero(stayed.any(axis=0) & left.any(axis=0)):
            means = [
                _means(
                    _histograms(
                        weights, rounds.first[rows, measure], group[rows, measure], points.size
                    ),
                    points,
                )
                for group in (stayed, left)
            ]
            differences[measure, block] = means[0] - means[1]
    return differences


def _draws(eligible: BoolArray, *, resamples: int, seed: int) -> Iterator[Draw]:
    """Yield resamples of the raters who are eligible for any measure, block by block."""
    rows, start = np.flatnonzero(eligible.any(axis=1)), 0
    for weights in resample_weights(rows.size, resamples=resamples, seed=seed):
        yield slice(start, start + len(weights)), weights, rows
        start += len(weights)


def _histograms(
    weights: FloatArray, states: IntArray, chosen: BoolArray, n_points: int
) -> FloatArray:
    """Count points among the chosen raters, shape (n_resamples, n_points)."""
    is_point = states[chosen][:, None] == np.arange(n_points)
    return np.asarray(weights[:, chosen] @ is_point.astype(np.float64))


def _ratios(sums: FloatArray, n: FloatArray) -> FloatArray:
    known = n > 0
    return np.where(known, sums / np.where(known, n, 1.0), np.nan)


def _means(histograms: FloatArray, points: FloatArray) -> FloatArray:
    return _ratios(histograms @ points, histograms.sum(axis=1))


def _consensus(histograms: FloatArray, points: FloatArray) -> FloatArray:
    return tastle_wierman(histograms, values=points).values
