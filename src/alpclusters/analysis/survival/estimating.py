"""The product-limit sums that curves, tests and resamples share."""

from dataclasses import dataclass

import numpy as np

from alpclusters.analysis.survival.arrays import Durations, FloatArray, IntArray

# S <= .5 in exact arithmetic may be .5 + 1e-16 as a product of fractions.
EQUAL = 1e-12


@dataclass(frozen=True, slots=True)
class Timeline:
    """Times with events, ascending, and each row's place among them.

    Attributes
    ----------
    times : ndarray of float, shape (t,)
    event_at : ndarray of int, shape (n,)
        Place of the row's event; t for a censored row.
    last_at : ndarray of int, shape (n,)
        How many of the times the row is still at risk for: those up to its duration.
    first_at : ndarray of int, shape (n,)
        How many of the times had passed when it came under observation.
    """

    times: FloatArray
    event_at: IntArray
    last_at: IntArray
    first_at: IntArray

    @property
    def n_times(self) -> int:
        """Return how many times there are."""
        return len(self.times)


def build_timeline(rows: Durations) -> Timeline:
    """Find the times with events. Censored at the time of an event is still at risk."""
    times = np.unique(rows.duration[rows.event])
    last = np.searchsorted(times, rows.duration, side="right")
    first = np.searchsorted(times, rows.entry, side="right")
    at = np.where(rows.event, last - 1, len(times))
    return Timeline(times, at.astype(np.int64), last.astype(np.int64), first.astype(np.int64))


def count_at_risk(line: Timeline, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the weight at risk just before each time and that of its events."""
    size = line.n_times + 1
    came = np.cumsum(_summed(line.first_at, weights, size))
    left = np.cumsum(_summed(line.last_at, weights, size))
    return (came - left)[:-1], _summed(line.event_at, weights, size)[:-1]


def product_limit(at_risk: FloatArray, ended: FloatArray) -> FloatArray:
    """Multiply what lasts: S *= 1 - d/n."""
    lost = np.divide(ended, at_risk, out=np.zeros_like(ended), where=at_risk > 0)
    survival: FloatArray = np.cumprod(1.0 - lost)
    return survival


def _summed(place: IntArray, weights: FloatArray, size: int) -> FloatArray:
    # Of nothing bincount makes whole numbers.
    return np.bincount(place, weights, minlength=size).astype(np.float64)
