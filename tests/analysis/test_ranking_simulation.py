"""Simulated ratings with a known truth: do intervals and tiers keep what they promise?"""

from functools import cache

import numpy as np
import pytest

from alpclusters.analysis.ranking import rank_measures

pytestmark = [pytest.mark.unit, pytest.mark.full]

REPETITIONS = 200
N_RATERS, N_MEASURES = 80, 26


def simulate(seed: int, spread: float):
    """Unequal exposure: the rarest measure is seen by 15 % of the raters, the commonest by 90 %."""
    g = np.random.default_rng(seed)
    exposure = np.geomspace(0.15, 0.90, N_MEASURES)
    g.shuffle(exposure)
    seen = g.random((N_RATERS, N_MEASURES)) < exposure
    truth = g.normal(0, 0.4, N_MEASURES) * spread / 0.4
    latent = 3.3 + truth + g.normal(0, 0.5, N_RATERS)[:, None]
    values = np.clip(np.rint(latent + g.normal(0, 0.8, latent.shape)), 1, 5)
    rater, measure = np.nonzero(seen)
    return truth, rank_measures(values[rater, measure], rater, measure, scale=(1, 5))


@cache
def repetitions(spread: float = 0.4):
    return [simulate(seed, spread) for seed in range(REPETITIONS)]


def column(ranking, name):
    return np.array([getattr(item, name) for item in ranking.measures])


def squared_error(found, truth):
    return np.mean((found - found.mean() - truth + truth.mean()) ** 2)


def test_rank_intervals_cover_the_true_rank():
    shares = []
    for truth, ranking in repetitions():
        rank = np.argsort(np.argsort(-truth)) + 1
        low, high = column(ranking, "rank_interval").T
        shares.append(np.mean((low <= rank) & (rank <= high)))

    assert 0.85 <= np.mean(shares) <= 0.97


def test_partial_pooling_is_at_least_as_good_as_the_plain_mean():
    errors = np.array(
        [
            [squared_error(column(ranking, name), truth) for name in ("estimate", "mean")]
            for truth, ranking in repetitions()
        ]
    )

    pooled, plain = errors.mean(axis=0)
    assert pooled <= plain


def test_statements_between_tiers_are_rarely_wrong():
    wrong = []
    for truth, ranking in repetitions():
        tier = column(ranking, "tier")
        above, below = np.nonzero(tier[:, None] < tier)
        wrong += [np.mean(truth[above] < truth[below])] if above.size else []

    assert np.mean(wrong) <= 0.10


def test_measures_that_do_not_differ_mostly_stay_in_one_tier():
    more_than_one = [len(ranking.tiers) > 1 for _, ranking in repetitions(0.0)]

    assert np.mean(more_than_one) <= 0.10
