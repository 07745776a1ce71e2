"""Measures in clumps: the fit of mixtures, what follows for pairs, places and tiers."""

from itertools import pairwise as neighbours

import numpy as np
import pytest

from alpclusters.analysis.ranking import rank_measures
from alpclusters.analysis.ranking.averaging import find_clumps, fit_mixture
from alpclusters.analysis.ranking.posterior import Posterior, draw_values, pairwise
from tests.factories.rated_kinds import simulated_room

pytestmark = pytest.mark.unit


def normal_density(values, centre, size):
    return np.exp(-(((values - centre) / size) ** 2) / 2) / (size * np.sqrt(2 * np.pi))


def clumped(n: int = 20, apart: float = 1.0, seed: int = 0):
    """Values in two clumps, each with an error of variance 0.04."""
    g = np.random.default_rng(seed)
    truth = apart * np.where(np.arange(n) < n // 2, -1.0, 1.0)
    return truth + g.normal(0, 0.2, n), np.full(n, 0.04)


@pytest.mark.parametrize("n_clumps", [1, 2, 3])
def test_every_step_of_the_fit_raises_the_likelihood(n_clumps):
    values, error = clumped(apart=0.3)

    path = fit_mixture(values, error, n_clumps).path

    assert all(after >= before - 1e-9 for before, after in neighbours(path))
    assert path[-1] > path[0]


def test_the_likelihood_is_that_of_the_mixture():
    values, error = clumped(apart=0.5)

    found = fit_mixture(values, error, 2)

    sizes = np.sqrt(found.within + error)
    density = sum(
        share * normal_density(values, centre, sizes)
        for share, centre in zip(found.shares, found.centres, strict=True)
    )
    assert found.log_likelihood == pytest.approx(np.log(density).sum())


def test_no_neighbour_of_the_fit_is_likelier():
    values, error = clumped(apart=0.8, seed=4)
    found = fit_mixture(values, error, 2)

    def likelihood(centres, share, within):
        sizes = np.sqrt(within + error)
        low, high = (normal_density(values, centre, sizes) for centre in centres)
        return np.log(share * low + (1 - share) * high).sum()

    best = likelihood(found.centres, found.shares[0], found.within)
    for shift in (-0.02, 0.02):
        moved = found.centres + np.array([shift, 0])
        assert likelihood(moved, found.shares[0], found.within) < best + 1e-6
        assert likelihood(found.centres, found.shares[0] + shift, found.within) < best + 1e-6
        assert likelihood(found.centres, found.shares[0], found.within + 0.02) < best + 1e-6


def test_two_clumps_are_told_from_one_cloud():
    """A prior as wide as the values hardly shrinks them, so clumps stand in the effects."""
    values, error = clumped()
    cloud = np.random.default_rng(1).normal(0, 1.0, 20)

    two, one = (find_clumps(v, np.diag(error), 1.0) for v in (values, cloud))

    assert sum(two.weights) == pytest.approx(1)
    assert two.is_told
    assert two.weights[1] > 0.5
    assert not one.is_told


def test_few_measures_and_no_spread_are_not_searched():
    assert find_clumps(np.arange(7.0), np.eye(7) * 0.1, 4.0) is None
    assert find_clumps(np.arange(8.0), np.eye(8) * 0.1, 0.0) is None


def test_pairs_equal_the_share_of_draws_in_which_one_is_above_the_other():
    values, error = clumped(apart=0.4, seed=2)
    posterior = Posterior(
        rows=np.arange(20),
        estimate=3 + values,
        standard_error=np.sqrt(error),
        covariance=np.diag(error),
        freedom=np.full(20, 9.0),
        clumps=find_clumps(values - values.mean(), np.diag(error), 0.5),
    )
    assert posterior.clumps.worlds

    pairs = pairwise(posterior)
    drawn = draw_values(posterior, draws=40_000, seed=0)

    shares = (drawn[:, :, None] > drawn[:, None, :]).mean(axis=0)
    np.fill_diagonal(shares, 0.5)
    assert pairs == pytest.approx(shares, abs=0.012)
    assert pairs + pairs.T == pytest.approx(np.ones((20, 20)))


def test_measures_in_two_clumps_fall_into_two_tiers():
    room = simulated_room(3, "clumps", 200, 30, 0.4)

    found = rank_measures(*room.table, scale=(1, 5), draws=500)
    plain = rank_measures(*room.table, scale=(1, 5), draws=500, prior="normal")

    assert "clumps" in found.reasons
    assert found.clumps[1] > 0.5
    assert len(found.tiers) == 2
    assert len(plain.tiers) > 2
    high = {m for m in range(30) if room.truth[m] > 3.2}
    assert set(found.tiers[0].measures) == high


def test_names_of_measures_change_nothing():
    room = simulated_room(5, "clumps", 60, 20, 0.5)
    names = np.random.default_rng(0).permutation(20)

    found = rank_measures(*room.table, scale=(1, 5))
    renamed = rank_measures(room.value, room.rater, names[room.measure], scale=(1, 5))

    for item in found.measures:
        other = renamed.measure(int(names[item.measure]))
        assert other.rank_interval == item.rank_interval
        assert other.expected_rank == pytest.approx(item.expected_rank)
        assert other.tier == item.tier
