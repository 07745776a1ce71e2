"""Simulated regions with a known truth: is a stated probability kept?"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from alpclusters.analysis.denominators import common_denominators
from alpclusters.analysis.ranking import rank_measures

pytestmark = [pytest.mark.unit, pytest.mark.full]

COUNTRIES = [0, 0, 1, 2, 2, 3, 4]
N_RATERS, N_MEASURES, N_REGIONS = 140, 26, 7
REPETITIONS = 40


@dataclass(frozen=True)
class Repetition:
    probability: np.ndarray
    is_common: np.ndarray
    pooled: float
    plain: float
    is_covered: np.ndarray


def expected_rating(latent):
    """Mean of the rounded and clipped rating over raters and chance."""
    from scipy.special import ndtr  # noqa: PLC0415 - slow to import

    steps = np.array([1.5, 2.5, 3.5, 4.5])
    return 1 + ndtr((latent[..., None] - steps) / np.hypot(0.5, 0.8)).sum(axis=-1)


def repeat(seed: int) -> Repetition:
    g = np.random.default_rng(seed)
    exposure = np.geomspace(0.25, 0.9, N_MEASURES)
    g.shuffle(exposure)
    region = np.arange(N_RATERS) % N_REGIONS
    latent = 3.4 + g.normal(0, 0.4, N_MEASURES)[:, None] + g.normal(0, 0.15, N_REGIONS)
    latent = latent + g.normal(0, 0.25, latent.shape)
    rater, measure = np.nonzero(g.random((N_RATERS, N_MEASURES)) < exposure)
    noise = g.normal(0, 0.5, N_RATERS)[rater] + g.normal(0, 0.8, rater.size)
    values = np.clip(np.rint(latent[measure, region[rater]] + noise), 1, 5)
    truth = expected_rating(latent)

    ranking = rank_measures(values, rater, measure, scale=(1, 5), region=region.tolist(), draws=10)

    found = common_denominators(
        ranking.regions.draws(draws=2000),
        regions=ranking.regions.regions,
        countries=COUNTRIES,
        threshold=3.5,
        min_regions=3,
    )
    passes = truth >= 3.5
    n_countries = sum(passes[:, np.array(COUNTRIES) == country].any(axis=1) for country in range(5))
    sums = np.zeros_like(truth)
    np.add.at(sums, (measure, region[rater]), values)
    counted = ranking.regions.n > 0
    plain = sums[counted] / ranking.regions.n[counted] - truth[counted]
    half = 1.6448536 * ranking.regions.standard_errors
    return Repetition(
        probability=np.array([item.probability for item in found.measures]),
        is_common=(n_countries >= 2) & (passes.sum(axis=1) >= 3),
        pooled=float(np.mean((ranking.regions.values - truth)[counted] ** 2)),
        plain=float(np.mean(plain**2)),
        is_covered=np.abs(ranking.regions.values - truth) <= half,
    )


@cache
def repetitions() -> list[Repetition]:
    return [repeat(seed) for seed in range(REPETITIONS)]


def test_measures_called_common_mostly_are():
    called = np.concatenate([item.probability for item in repetitions()]) >= 0.80
    truth = np.concatenate([item.is_common for item in repetitions()])

    assert called.sum() > 200
    assert truth[called].mean() >= 0.85


def test_measures_called_not_common_mostly_are_not():
    called = np.concatenate([item.probability for item in repetitions()]) <= 0.20
    truth = np.concatenate([item.is_common for item in repetitions()])

    assert truth[called].mean() <= 0.15


def test_pooled_values_of_regions_are_at_least_as_good_as_plain_means():
    assert np.mean([r.pooled for r in repetitions()]) <= np.mean([r.plain for r in repetitions()])


def test_intervals_of_regions_cover_the_truth():
    assert 0.85 <= np.mean([item.is_covered for item in repetitions()]) <= 0.95
