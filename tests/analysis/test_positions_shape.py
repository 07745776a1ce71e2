"""Cores, components, clustering, small-world figures, participation, the two-mode null."""

import networkx as nx
import numpy as np
import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.network import (
    clustering,
    components,
    cores,
    incidence,
    participation,
    small_world,
    two_mode_null,
)
from alpclusters.analysis.network.distances import distances_from
from alpclusters.analysis.network.small_world import shuffled_incidence
from tests.analysis.network_data import graph
from tests.analysis.positions_data import as_networkx, random_ties

pytestmark = pytest.mark.unit

EXACT = {"abs": 5.1e-7}
NOTHING = ([], [0], [0, 1])
PARTICIPATION = [0, 0.375, 0.444444, 0.32, 0.32, 0.444444, 0.72, 0.444444, 0.5, 0, 0]


def ring(n, *, reach=1):
    """Everybody tied to the next ones."""
    rows = [(k, (k + step) % n, 1) for k in range(n) for step in range(1, reach + 1)]
    return graph(ties=rows, groups=[0] * n)


def path(n):
    return graph(ties=[(k, k + 1, 1) for k in range(n - 1)], groups=[0] * n)


def karate():
    edges = [(i, j, 1) for i, j in nx.karate_club_graph().edges()]
    return graph(ties=edges, groups=[0] * 34)


# --- cores ------------------------------------------------------------------------------------


def test_core_numbers_of_the_test_graph():
    found = cores(graph())

    assert found.number.tolist() == [2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 1, 1]
    assert (found.kmax, found.n_in_kmax, found.is_one_project) == (2, 9, None)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("n", [12, 90])
def test_core_numbers_equal_those_of_networkx(seed, n):
    ties = random_ties(seed, n=n)
    peer = nx.core_number(as_networkx(ties))

    assert cores(ties).number.tolist() == [peer[place] for place in range(ties.n)]


def test_one_project_of_four_explains_a_core_of_three_but_not_of_four():
    four = cores(ring(4, reach=2), largest_project=4)
    five = cores(ring(5, reach=2), largest_project=4)

    assert (four.kmax, four.is_one_project) == (3, True)
    assert (five.kmax, five.is_one_project) == (4, False)


def test_core_of_a_long_path_is_one():
    assert set(cores(path(500)).number.tolist()) == {1}


def test_cores_without_ties_are_none_and_say_so():
    for groups in NOTHING:
        found = cores(graph(ties=[], groups=groups), largest_project=3)
        assert (found.kmax, found.n_in_kmax, found.is_one_project) == (None, 0, None)
        assert found.reasons == ("no_ties",)


# --- components -------------------------------------------------------------------------------


def test_components_of_the_test_graph():
    found = components(graph())

    assert (found.n_components, found.giant_size, found.n_isolates) == (1, 11, 1)
    assert found.giant_share == 1.0
    assert found.giant.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11]


def test_components_come_by_size_then_by_first_member():
    rows = [(0, 1, 1), (3, 4, 1), (4, 5, 1), (6, 7, 1)]

    found = components(graph(ties=rows, groups=[0] * 8))

    assert found.label.tolist() == [1, 1, 3, 0, 0, 0, 2, 2]
    assert (found.sizes, found.n_isolates, found.giant_share) == ((3, 2, 2), 1, 3 / 7)


def test_components_without_ties_are_none_and_say_so():
    for groups in NOTHING:
        found = components(graph(ties=[], groups=groups))
        assert (found.sizes, found.giant_share, found.reasons) == ((), None, ("no_ties",))
        assert (found.n_isolates, found.giant.tolist()) == (len(groups), [])


# --- clustering -------------------------------------------------------------------------------


def test_clustering_of_the_test_graph():
    found = clustering(graph())

    assert (found.n_triangles, found.n_pairs) == (3, 31)
    assert found.transitivity == pytest.approx(9 / 31)
    assert found.transitivity == pytest.approx(0.290323, **EXACT)
    assert found.mean_connected == pytest.approx(0.303030, **EXACT)
    assert found.mean_all == pytest.approx(0.277778, **EXACT)


@pytest.mark.parametrize("seed", range(25))
def test_clustering_equals_that_of_networkx(seed):
    ties = random_ties(seed, n=20)
    peer = as_networkx(ties)

    found = clustering(ties)

    local = nx.clustering(peer)
    assert found.local.tolist() == pytest.approx([local[place] for place in range(20)])
    assert (found.transitivity or 0.0) == pytest.approx(nx.transitivity(peer))
    assert found.mean_all == pytest.approx(nx.average_clustering(peer))


def test_clustering_without_pairs_of_partners_is_none_and_says_so():
    pair = clustering(graph(ties=[(0, 1, 1)], groups=[0, 0]))

    assert (pair.transitivity, pair.mean_connected, pair.reasons) == (None, 0.0, ("no_pairs",))
    for groups in NOTHING:
        found = clustering(graph(ties=[], groups=groups))
        assert (found.transitivity, found.mean_connected) == (None, None)
        assert found.reasons == ("no_ties",)


# --- distances and small-world figures --------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("n", [5, 70, 1_100])
def test_distances_equal_those_of_networkx(seed, n):
    ties = random_ties(seed, n=n, share=min(1.0, 4 / n))
    giant = components(ties).giant
    if not len(giant):
        return
    inner = ties.matrix[giant][:, giant]

    found = distances_from(inner, np.arange(len(giant)))

    peer = nx.from_scipy_sparse_array(inner)
    for source in range(0, len(giant), 1 + len(giant) // 20):
        steps = nx.single_source_shortest_path_length(peer, source).values()
        expected = sum(steps), len(steps) - 1, max(steps)
        assert (found.total[source], found.reached[source], found.farthest[source]) == expected


def test_mean_distance_of_the_test_graph():
    found = small_world(graph())

    assert found.distance == pytest.approx(2.236364, **EXACT)
    assert (found.n, found.farthest, found.distance_error, found.n_sources) == (11, 5, None, 11)


def test_small_world_figures_of_the_karate_club():
    found = small_world(karate())

    values = (
        found.clustering,
        found.distance,
        found.random_clustering,
        found.random_distance,
        found.lattice_clustering,
        found.sigma,
        found.omega,
    )
    golden = (0.570638, 2.408200, 0.139037, 2.435775, 0.540984, 4.151204, -0.043366)
    assert values == pytest.approx(golden, **EXACT)
    assert (found.n, found.n_ties, found.reasons) == (34, 78, ())


def test_sample_of_sources_states_its_error():
    ties = random_ties(4, n=300, share=0.02)
    exact = small_world(ties)

    runs = [small_world(ties, pivots=40, seed=seed) for seed in range(200)]

    means = np.array([run.distance for run in runs])
    assert abs(means.mean() - exact.distance) <= 4 * means.std(ddof=1) / np.sqrt(200)
    stated = np.sqrt(np.mean([run.distance_error**2 for run in runs]))
    assert stated == pytest.approx(means.std(ddof=1), rel=0.15)
    assert {(run.n_sources, run.clustering) for run in runs} == {(40, exact.clustering)}


def test_small_world_of_a_ring_lacks_omega_and_of_a_pair_lacks_sigma_too():
    circle, pair = small_world(ring(8)), small_world(graph(ties=[(0, 1, 1)], groups=[0, 0]))

    assert (circle.omega, circle.sigma, circle.reasons) == (None, 0.0, ("few_ties",))
    assert (pair.omega, pair.sigma, pair.distance) == (None, None, 1.0)


def test_small_world_of_a_network_in_parts_is_of_the_giant_and_says_so():
    rows = [(0, 1, 1), (1, 2, 1), (0, 2, 1), (3, 4, 1)]

    found = small_world(graph(ties=rows, groups=[0] * 6))

    assert (found.n, found.clustering, found.distance) == (3, 1.0, 1.0)
    assert found.reasons == ("giant_only", "few_ties")


def test_small_world_without_ties_is_none_and_says_so():
    for groups in NOTHING:
        found = small_world(graph(ties=[], groups=groups))
        assert (found.n, found.clustering, found.distance, found.sigma) == (0, None, None, None)
        assert found.reasons == ("no_ties",)


def test_one_source_is_refused():
    with pytest.raises(AnalysisError) as caught:
        small_world(graph(), pivots=1)
    assert caught.value.where.argument == "pivots"


# --- participation ----------------------------------------------------------------------------


def test_participation_of_the_test_graph():
    found = participation(graph())

    assert found.vector.at(9) is None
    assert found.vector.values.tolist() == pytest.approx(PARTICIPATION, **EXACT)
    assert (found.vector.form, found.maximum) == ("weighted", 0.75)
    assert [(one.name, one.n) for one in found.by_group] == [
        ("AT", 4), ("DE", 4), ("IT", 2), ("SI", 1),
    ]  # fmt: skip


def test_group_mean_is_weighted_by_the_weight_of_the_ties():
    found = {one.name: one.mean for one in participation(graph()).by_group}

    # IT: organisation 6 with weight 5 and 7 with weight 3.
    assert found["IT"] == pytest.approx((5 * 0.72 + 3 * 4 / 9) / 8)
    assert found["SI"] == 0.5


def test_fewer_than_five_partners_are_marked_as_noise():
    rows = [(0, k, 1) for k in range(1, 6)]

    assert participation(graph(ties=rows, groups=[0] * 6)).is_noise.tolist() == [False] + [True] * 5


def test_ties_to_unknown_groups_are_left_out_of_participation():
    found = participation(graph(ties=[(0, 1, 1), (0, 2, 1)], groups=[0, 1, -1]))

    assert found.vector.as_list() == [0.0, 0.0, None]


def test_participation_without_ties_is_none_and_says_so():
    for groups in NOTHING:
        found = participation(graph(ties=[], groups=groups))
        assert found.vector.as_list() == [None] * len(groups)
        assert {one.mean for one in found.by_group} == {None}
        assert found.reasons == ("isolate",)
    assert participation(graph(ties=[], groups=[], names=())).maximum is None


# --- two-mode null ----------------------------------------------------------------------------


def small_table():
    """Rows of 2, 2, 1 over columns of 2, 2, 1: five tables have these margins."""
    return incidence([0, 1, 0, 1, 2], [0, 0, 1, 1, 2])


def test_shuffling_keeps_both_margins_and_repeats_nobody():
    rng = np.random.default_rng(0)
    found = incidence(rng.integers(0, 40, 300), rng.integers(0, 60, 300))

    shuffled = shuffled_incidence(found, rng, rounds=5)

    pairs = set(zip(shuffled.organisation.tolist(), shuffled.project.tolist(), strict=True))
    assert len(pairs) == len(found.project)
    assert shuffled.size.tolist() == found.size.tolist()
    taken = [np.bincount(one.organisation).tolist() for one in (shuffled, found)]
    assert taken[0] == taken[1]
    before = set(zip(found.organisation.tolist(), found.project.tolist(), strict=True))
    assert len(pairs & before) < len(pairs) / 2


def test_every_table_with_the_same_margins_comes_equally_often():
    found, rng = small_table(), np.random.default_rng(1)
    seen = {}

    for _ in range(4_000):
        found = shuffled_incidence(found, rng, rounds=3)
        key = frozenset(zip(found.organisation.tolist(), found.project.tolist(), strict=True))
        seen[key] = seen.get(key, 0) + 1

    assert len(seen) == 5
    assert all(abs(count - 800) < 4 * np.sqrt(800 * 0.8) for count in seen.values())


def test_null_of_a_network_of_projects():
    rng = np.random.default_rng(3)
    found = incidence(np.repeat(np.arange(30), 4), rng.integers(0, 40, 120))

    null = two_mode_null(found, draws=8, seed=1)

    assert [figure.name for figure in null.figures] == ["transitivity", "clustering", "distance"]
    assert all(figure.n == 8 and figure.sd > 0 for figure in null.figures)
    assert null.figures[0].ratio == null.figures[0].observed / null.figures[0].mean
    assert two_mode_null(found, draws=8, seed=1).figures == null.figures
    assert (null.n_draws, null.reasons) == (8, ())


def test_null_can_be_cancelled():
    null = two_mode_null(small_table(), draws=9, progress=lambda done, _: done < 2)

    assert (null.n_draws, null.reasons) == (2, ("cancelled",))


def test_null_without_ties_is_none_and_says_so():
    for found in (incidence([], []), incidence([1, 2], [1, 2])):
        null = two_mode_null(found, draws=2)
        assert [figure.observed for figure in null.figures] == [None] * 3
        assert null.reasons == ("no_ties",)


def test_null_needs_a_draw_and_a_round():
    for options in ({"draws": 0}, {"rounds": 0}):
        with pytest.raises(AnalysisError):
            two_mode_null(small_table(), **options)
