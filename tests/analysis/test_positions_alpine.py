"""The rows of the real Alpine table that concern positions and shape, to the printed digits."""

import numpy as np
import pytest

from alpclusters.analysis.network import clustering, components, cores, incidence, small_world
from tests.analysis.network_data import YEARS, alpine

pytestmark = pytest.mark.unit

ROWS = {
    (2014, 2016): (0.1400466, 0.7696142, 121, 5_201, 3.07426, 291.520, -0.02911, 37, 75),
    (2017, 2019): (0.1366580, 0.7760022, 88, 6_475, 2.98292, 298.870, -0.01167, 43, 44),
}


def largest_inside(data, ties):
    """Participants of the largest counted project among the organisations of the territory."""
    sizes = data.found.size[~np.isin(data.found.projects, ties.stamp.dropped_projects)]
    starts = data.start[~np.isin(data.found.projects, ties.stamp.dropped_projects)]
    window = ties.stamp.window
    return int(sizes[(starts >= window.start) & (starts < window.end)].max())


@pytest.mark.slow
@pytest.mark.parametrize("window", YEARS)
def test_shape_of_the_alpine_network(shared, window):
    ties = alpine(shared).ties(*window)
    transitivity, mean, n_parts, giant, distance, sigma, omega, kmax, n_in = ROWS[window]

    closed, parts, small, core = clustering(ties), components(ties), small_world(ties), cores(ties)

    assert closed.transitivity == pytest.approx(transitivity, abs=5.1e-8)
    assert closed.mean_connected == pytest.approx(mean, abs=5.1e-8)
    assert (parts.n_components, parts.giant_size) == (n_parts, giant)
    assert small.distance == pytest.approx(distance, abs=5.1e-6)
    assert small.sigma == pytest.approx(sigma, abs=5.1e-4)
    assert small.omega == pytest.approx(omega, abs=5.1e-6)
    assert small.transitivity == closed.transitivity
    assert (core.kmax, core.n_in_kmax) == (kmax, n_in)


@pytest.mark.parametrize("window", YEARS)
def test_largest_alpine_core_is_explained_by_one_project(shared, window):
    data = alpine(shared)
    ties = data.ties(*window)

    found = cores(ties, largest_project=largest_inside(data, ties))

    assert found.is_one_project is True
    assert found.kmax + 1 == largest_inside(data, ties)


def test_core_of_the_later_window_is_that_one_project(shared):
    data = alpine(shared)
    ties = data.ties(2017, 2019)

    found = cores(ties)

    members = set(ties.nodes[found.number == found.kmax].tolist())
    place = int(np.searchsorted(data.found.projects, 220950))
    inside = data.found.organisation[data.found.project == place]
    assert members == set(data.found.organisations[inside].tolist())
    assert incidence(list(members), [1] * len(members)).size.tolist() == [44]
