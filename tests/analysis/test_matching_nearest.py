"""The nearest vectors: exact, by index, with ties and masks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.matching import index_vectors, nearest

pytestmark = pytest.mark.unit


def simulated(n, d=64, seed=0):
    """Rows of length 1 whose variance falls along the axes, as that of texts does."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(n, d)) * np.arange(1, d + 1) ** -0.7
    turned = rows @ np.linalg.qr(rng.normal(size=(d, d)))[0]
    return (turned / np.linalg.norm(turned, axis=1, keepdims=True)).astype(np.float32)


@given(
    st.lists(st.lists(st.integers(-2, 2), min_size=2, max_size=2), min_size=1, max_size=12),
    st.integers(1, 14),
)
def test_equals_a_full_sort_and_equal_scores_go_by_row(rows, k):
    table = np.array(rows, np.float32)
    query = np.array([1, 2], np.float32)

    found = nearest(table, query, k)

    order = sorted(range(len(rows)), key=lambda i: (-float(table[i] @ query), i))
    assert found.rows.tolist() == order[:k]
    assert found.is_certain


def test_rows_that_are_not_allowed_are_not_found():
    rows = simulated(50)
    allowed = np.arange(50) % 2 == 0

    found = nearest(rows, rows[1], 30, allowed=allowed)

    assert len(found.rows) == 25
    assert set(found.rows.tolist()) == set(range(0, 50, 2))


def test_index_finds_what_comparing_all_finds():
    rows = simulated(12_000)
    index = index_vectors(rows, dimensions=32)

    certain = 0
    for place in range(0, 12_000, 1000):
        exact = nearest(rows, rows[place], 20)
        quick = nearest(index, rows[place], 20, rerank=1000)
        assert quick.n_compared == 1000
        if quick.is_certain:
            certain += 1
            assert quick.rows.tolist() == exact.rows.tolist()
        assert len(set(exact.rows.tolist()) & set(quick.rows.tolist())) >= 19
    # The bound is not empty words: with all dimensions nothing is left out.
    whole = nearest(index_vectors(rows, dimensions=64), rows[5], 20)
    assert whole.is_certain
    assert whole.rows.tolist() == nearest(rows, rows[5], 20).rows.tolist()


def test_index_that_holds_little_is_not_used():
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(8000, 64)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)

    found = nearest(index_vectors(noise, dimensions=8), noise[0], 20, rerank=100)

    assert found.n_compared == 8000
    assert found.rows.tolist() == nearest(noise, noise[0], 20).rows.tolist()


def test_index_does_not_claim_certainty_where_much_is_left_out():
    rows = simulated(9_000)

    found = nearest(index_vectors(rows, dimensions=20), rows[0], 20, rerank=50)

    assert (found.n_compared, found.is_certain) == (50, False)


def test_index_keeps_to_the_mask():
    rows = simulated(9_000)
    allowed = np.zeros(9_000, bool)
    allowed[[5, 17, 4000]] = True

    found = nearest(index_vectors(rows), rows[5], 20, allowed=allowed)

    assert found.rows[0] == 5
    assert set(found.rows.tolist()) == {5, 17, 4000}


def test_other_lengths_and_gaps_are_refused():
    with pytest.raises(AnalysisError):
        nearest(np.eye(3, dtype=np.float32), [1, 0], 1)
    with pytest.raises(AnalysisError):
        nearest(np.eye(2, dtype=np.float32), [1, np.nan], 1)
