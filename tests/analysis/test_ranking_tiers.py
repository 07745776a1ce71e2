"""Tiers: the search equals trying every partition; limits; what borderline means."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.ranking import assembling
from alpclusters.analysis.ranking.assembling import cut_tiers, find_borderline

pytestmark = pytest.mark.unit


def matrix(seed: int, n: int) -> np.ndarray:
    """Probabilities of a random order of estimates with unequal errors."""
    from scipy.special import ndtr  # noqa: PLC0415 - slow to import

    g = np.random.default_rng(seed)
    values = np.sort(g.normal(0, 1, n))[::-1]
    errors = g.uniform(0.1, 0.6, n)
    return ndtr((values[:, None] - values) / np.hypot(errors[:, None], errors))


def overlap(above: np.ndarray, start: int, cut: int, end: int) -> float:
    return float(above[cut:end, start:cut].mean())


def best_by_trying(above: np.ndarray, limit: float) -> tuple[int, ...]:
    n, found = above.shape[0], []
    for k in range(n):
        for cuts in combinations(range(1, n), k):
            starts = (0, *cuts, n)
            shared = [
                overlap(above, *triple)
                for triple in zip(starts, starts[1:], starts[2:], strict=False)
            ]
            if all(value <= limit for value in shared):
                found.append((-len(starts), round(sum(shared), 12), starts))
    return min(found)[2]


@given(st.integers(0, 10_000), st.integers(1, 8), st.sampled_from([0.02, 0.10, 0.25]))
def test_search_equals_trying_every_partition(seed, n, limit):
    above = matrix(seed, n)

    found = cut_tiers(above, overlap=limit)

    assert found.starts == best_by_trying(above, limit)
    assert found.is_exact
    triples = zip(found.starts, found.starts[1:], found.starts[2:], strict=False)
    assert found.overlaps == pytest.approx([overlap(above, *triple) for triple in triples])


def test_measures_that_do_not_differ_are_one_tier():
    assert cut_tiers(np.full((5, 5), 0.5), overlap=0.10).starts == (0, 5)


def test_certain_order_gives_one_tier_each():
    above = np.triu(np.ones((4, 4)), 1) + np.eye(4) / 2

    assert cut_tiers(above, overlap=0.10).starts == (0, 1, 2, 3, 4)


@given(st.integers(0, 10_000), st.integers(2, 40))
def test_quick_cuts_are_admissible_too(seed, n):
    above = matrix(seed, n)
    sums = np.zeros((n + 1, n + 1))
    sums[1:, 1:] = above.T.cumsum(axis=0).cumsum(axis=1)

    starts = assembling._first_cuts(sums, 0.10)

    assert (starts[0], starts[-1]) == (0, n)
    triples = zip(starts, starts[1:], starts[2:], strict=False)
    assert all(overlap(above, *triple) <= 0.10 + 1e-12 for triple in triples)


def test_more_measures_than_the_limit_are_cut_quickly_and_it_is_said():
    found = cut_tiers(matrix(1, assembling.MAX_EXACT + 1), overlap=0.10)

    assert not found.is_exact
    assert len(found.starts) > 2


def test_borderline_is_who_is_often_on_the_wrong_side_of_a_neighbour():
    above = np.array([[0.5, 0.8, 1.0], [0.2, 0.5, 0.99], [0.0, 0.01, 0.5]])
    partition = cut_tiers(above, overlap=0.25)

    assert partition.starts == (0, 1, 2, 3)
    assert find_borderline(above, partition, overlap=0.10).tolist() == [True, True, False]
