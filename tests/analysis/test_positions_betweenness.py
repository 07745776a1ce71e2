"""Betweenness: exact beside networkx, samples with the error they state, cancelling."""

import networkx as nx
import numpy as np
import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.network import betweenness, n_paths_needed
from alpclusters.analysis.network.betweenness import EXACT_UP_TO
from alpclusters.analysis.network.searches import join_twins
from tests.analysis.network_data import graph
from tests.analysis.positions_data import as_networkx, random_ties

pytestmark = pytest.mark.unit

GOLDEN = [9, 12, 6.333333, 6.333333, 4.5, 2.333333, 16.166667, 0, 11.333333, 0, 0, 0]


def cliques(seed, *, n_projects=14, n=40):
    """Ties as projects make them: many organisations with the same partners, several parts."""
    rng = np.random.default_rng(seed)
    dense = np.zeros((n, n))
    for _ in range(n_projects):
        members = rng.choice(n, rng.integers(2, 7), replace=False)
        dense[np.ix_(members, members)] = 1
    np.fill_diagonal(dense, 0)
    rows = [(i, j, 1) for i, j in np.argwhere(np.triu(dense))]
    return graph(ties=rows, groups=[0] * n)


def peer_values(ties):
    found = nx.betweenness_centrality(as_networkx(ties), normalized=False)
    return [found[place] for place in range(ties.n)]


def test_values_of_the_test_graph():
    found = betweenness(graph())

    assert found.values.tolist() == pytest.approx(GOLDEN, abs=5.1e-7)
    assert (found.method, found.n_drawn, found.is_complete) == ("exact", 12, True)
    assert (found.error, found.uniform, found.reasons) == (None, None, ())
    assert found.rank.tolist() == [4, 2, 5, 5, 7, 8, 1, 9, 3, 9, 9, 9]


@pytest.mark.parametrize("seed", range(25))
def test_values_equal_those_of_networkx(seed):
    ties = random_ties(seed)

    assert betweenness(ties).values.tolist() == pytest.approx(peer_values(ties), abs=1e-9)


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("batch", [1, 7, 64])
def test_values_of_cliques_equal_those_of_networkx_in_batches_of_any_size(seed, batch):
    ties = cliques(seed)

    found = betweenness(ties, batch=batch)

    assert len(join_twins(ties.matrix).weight) < ties.n
    assert found.values.tolist() == pytest.approx(peer_values(ties), abs=1e-9)


def test_normalised_values_count_isolates_among_all():
    peer = nx.betweenness_centrality(as_networkx(graph()))

    found = betweenness(graph()).normalised

    assert found.tolist() == pytest.approx([peer[place] for place in range(12)])
    assert betweenness(graph(ties=[(0, 1, 1)], groups=[0, 0])).normalised is None


def test_exact_values_do_not_depend_on_the_seed():
    values = [betweenness(cliques(1), seed=seed).values for seed in (0, 1)]

    np.testing.assert_allclose(*values, atol=1e-9)


def test_pivots_are_unbiased_and_their_standard_error_is_right():
    ties = cliques(3)
    exact = betweenness(ties).values

    runs = [betweenness(ties, pivots=12, seed=seed) for seed in range(400)]

    values = np.array([run.values for run in runs])
    spread = values.std(axis=0, ddof=1)
    assert (np.abs(values.mean(axis=0) - exact) <= 4 * spread / 20 + 1e-9).all()
    stated = np.sqrt(np.mean([run.error**2 for run in runs], axis=0))
    np.testing.assert_allclose(stated, spread, rtol=0.15, atol=1e-9)


def test_uniform_bound_holds_far_more_often_than_it_promises():
    ties = cliques(3, n_projects=30, n=100)
    exact = betweenness(ties).normalised

    runs = [betweenness(ties, pivots=60, seed=seed, delta=0.1) for seed in range(50)]

    worst = [np.abs(run.normalised - exact).max() for run in runs]
    assert {run.method for run in runs} == {"pivots"}
    assert all(0 < run.uniform < 1 for run in runs)
    assert np.mean([error > run.uniform for error, run in zip(worst, runs, strict=True)]) <= 0.1


def test_single_paths_keep_to_epsilon():
    ties = cliques(5, n_projects=90, n=250)
    exact = betweenness(ties)

    runs = [betweenness(ties, epsilon=0.15, seed=seed) for seed in range(20)]

    assert {run.method for run in runs} == {"paths"}
    assert len({run.n_drawn for run in runs}) == 1
    assert runs[0].n_drawn < 250
    worst = [np.abs(run.normalised - exact.normalised).max() for run in runs]
    assert np.mean(np.array(worst) > runs[0].uniform) <= 0.1
    assert runs[0].uniform == pytest.approx(0.15 * 250 / 248, rel=0.02)


@pytest.mark.slow
def test_single_paths_are_unbiased():
    ties = cliques(5, n_projects=90, n=250)
    exact = betweenness(ties).values

    values = np.array([betweenness(ties, epsilon=0.15, seed=seed).values for seed in range(300)])

    spread = values.std(axis=0, ddof=1) / np.sqrt(300)
    often = exact > np.quantile(exact, 0.9)
    assert (np.abs(values.mean(axis=0) - exact) <= 4.5 * spread)[often].all()


def test_number_of_paths_of_the_worked_example():
    assert n_paths_needed(10, epsilon=0.01, delta=0.1) == 31_513
    assert n_paths_needed(2, epsilon=0.5, delta=0.5) == n_paths_needed(3, epsilon=0.5, delta=0.5)


def test_as_many_paths_as_sources_are_counted_exactly():
    found = betweenness(graph(), epsilon=0.01)

    assert found.method == "exact"
    assert found.values.tolist() == pytest.approx(GOLDEN, abs=5.1e-7)


def test_progress_is_told_after_each_batch():
    told = []

    betweenness(cliques(0), pivots=10, batch=4, progress=lambda *said: told.append(said))

    assert told == [(4, 10), (8, 10), (10, 10)]


def test_cancelling_returns_the_estimate_so_far_with_what_was_drawn():
    ties = cliques(0)

    found = betweenness(ties, pivots=20, batch=4, progress=lambda done, _: done < 8)

    assert (found.n_drawn, found.is_complete, found.reasons) == (8, False, ("cancelled",))
    same = betweenness(ties, pivots=8, batch=4)
    np.testing.assert_allclose(found.values, same.values, atol=1e-9)
    np.testing.assert_allclose(found.error, same.error, atol=1e-9)


def test_cancelling_an_exact_run_leaves_an_unbiased_estimate():
    ties = cliques(3)
    exact = betweenness(ties).values

    def run(seed):
        return betweenness(ties, seed=seed, batch=5, progress=lambda *_: False)

    runs = [run(seed) for seed in range(400)]

    values = np.array([run.values for run in runs])
    spread = values.std(axis=0, ddof=1)
    assert {(run.method, run.is_complete) for run in runs} == {("pivots", False)}
    assert (np.abs(values.mean(axis=0) - exact) <= 4 * spread / 20 + 1e-9).all()
    stated = np.sqrt(np.mean([run.error**2 for run in runs], axis=0))
    np.testing.assert_allclose(stated, spread, rtol=0.15, atol=1e-9)


def test_answer_of_false_after_the_last_batch_cancels_nothing():
    assert betweenness(graph(), progress=lambda *_: False).is_complete


def test_large_networks_are_sampled_unless_asked_otherwise():
    n = EXACT_UP_TO + 1
    ties = graph(ties=[(0, 1, 1), (1, 2, 1)], groups=[0] * n)

    found = betweenness(ties)

    assert (found.method, found.n_drawn) == ("pivots", 1_000)
    assert betweenness(ties, pivots=n).method == "exact"


def test_overlapping_intervals_are_tied():
    found = betweenness(cliques(3), pivots=12)

    first = int(found.values.argmax())
    low = found.values - 1.959963984540054 * found.error
    high = found.values + 1.959963984540054 * found.error
    assert found.rank.tolist() == [1 + int((low > top + 1e-9).sum()) for top in high]
    assert found.rank[first] == 1


def test_choices_that_make_no_sense_are_refused():
    wrong = (
        {"pivots": 0},
        {"pivots": 3, "epsilon": 0.1},
        {"epsilon": 0.0},
        {"epsilon": 1.0},
        {"delta": 0.0},
        {"batch": 0},
    )
    for options in wrong:
        with pytest.raises(AnalysisError) as caught:
            betweenness(graph(), **options)
        assert caught.value.code in {"argument.out_of_range", "argument.not_one_of"}
    with pytest.raises(AnalysisError):
        n_paths_needed(10, epsilon=0.0)


def test_network_without_ties_has_zeros_and_says_so():
    for groups in ([], [0], [0, 1]):
        found = betweenness(graph(ties=[], groups=groups))
        assert found.values.tolist() == [0.0] * len(groups)
        assert found.reasons == ("no_ties",)
        assert found.rank.tolist() == [1] * len(groups)
