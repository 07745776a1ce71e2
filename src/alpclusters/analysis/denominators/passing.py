"""How probable it is that enough regions in enough countries pass."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rule:
    """At least ``min_regions`` regions in at least ``min_countries`` countries.

    ``country`` is the position of the country of each region.
    """

    country: IntArray
    min_countries: int
    min_regions: int

    @property
    def n_countries(self) -> int:
        """How many countries the regions lie in."""
        return int(np.unique(self.country).size)


def share_meeting(passes: BoolArray, rule: Rule) -> FloatArray:
    """Return the share of draws that meet the rule; ``passes`` is (draws, measures, regions)."""
    in_country = [
        passes[..., rule.country == country].any(axis=-1) for country in np.unique(rule.country)
    ]
    n_countries = np.sum(in_country, axis=0)
    meets = (n_countries >= rule.min_countries) & (passes.sum(axis=-1) >= rule.min_regions)
    return np.asarray(meets.mean(axis=0), dtype=np.float64)


def chance_of_meeting(probabilities: FloatArray, rule: Rule) -> float:
    """Convolve independent regions exactly; ``probabilities`` is (regions,).

    O(countries² * regions²): a table over countries with a passing region and regions passing.

    Examples
    --------
    >>> rule = Rule(np.array([0, 0, 1, 2, 2, 3]), min_countries=2, min_regions=3)
    >>> round(chance_of_meeting(np.array([0.9, 0.8, 0.6, 0.7, 0.3, 0.5]), rule), 5)
    0.88822
    """
    n_regions = probabilities.size
    table = np.zeros((rule.n_countries + 1, n_regions + 1))
    table[0, 0] = 1.0
    for country in np.unique(rule.country):
        table = _with_country(table, _passing(probabilities[rule.country == country]))
    return float(min(table[rule.min_countries :, rule.min_regions :].sum(), 1.0))


def _passing(probabilities: FloatArray) -> FloatArray:
    """Return the distribution of the number of regions that pass."""
    found = np.ones(1)
    for p in probabilities:
        found = np.convolve(found, [1 - p, p])
    return np.asarray(found)


def _with_country(table: FloatArray, passing: FloatArray) -> FloatArray:
    found = table * passing[0]
    for n, p in enumerate(passing[1:], start=1):
        found[1:, n:] += p * table[:-1, :-n]
    return np.asarray(found)
