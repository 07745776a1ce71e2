"""What one more tie does for Frenken's T, and how proposals are spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.matching import bridge_gains, exposure
from alpclusters.analysis.network import integration, make_region_table

pytestmark = pytest.mark.unit

# Frenken (2002), worked example; each tie once, so twice his cells off the diagonal.
FRENKEN = make_region_table([[250, 200, 300], [200, 800, 200], [300, 200, 750]], ["FR", "UK", "DE"])


@pytest.mark.parametrize(
    ("pair", "first_order", "exact"),
    [
        ((0, 1), 0.000397716, 0.000396778),
        ((0, 2), 0.000235529, 0.000234989),
        ((1, 2), 0.000674974, 0.000673826),
    ],
)
def test_gain_of_frenkens_pairs(pair, first_order, exact):
    more = FRENKEN.weight.copy()
    more[pair] += 1
    more[pair[::-1]] += 1

    recounted = integration(FRENKEN).total - integration(make_region_table(more, "ABC")).total

    assert bridge_gains(FRENKEN).gain[pair] == pytest.approx(first_order, abs=5e-10)
    assert recounted == pytest.approx(exact, abs=5e-10)


def test_pair_without_a_tie_is_recounted():
    weight = np.array([[5.0, 2, 0], [2, 4, 3], [0, 3, 6]])
    table = make_region_table(weight, "ABC")
    more = weight.copy()
    more[0, 2] = more[2, 0] = 1

    gain = bridge_gains(table).gain[0, 2]

    before, after = (integration(make_region_table(w, "ABC")).total for w in (weight, more))
    assert gain == pytest.approx(before - after, abs=1e-12)
    assert bridge_gains(table).exact.tolist() == [
        [False, False, True],
        [False, False, False],
        [True, False, False],
    ]


@given(st.lists(st.integers(1, 40), min_size=6, max_size=6))
def test_slope_is_the_derivative_of_t(cells):
    weight = np.zeros((3, 3))
    weight[np.triu_indices(3)] = cells
    weight = np.maximum(weight, weight.T)
    small = 1e-6
    more = weight.copy()
    more[0, 1] += small
    more[1, 0] += small

    before, after = (integration(make_region_table(w, "ABC")).total for w in (weight, more))
    slope = (before - after) / small

    found = bridge_gains(make_region_table(weight, "ABC")).gain[0, 1]
    assert found == pytest.approx(slope, abs=1e-6)


def test_shares_are_of_the_greatest_gain():
    found = bridge_gains(FRENKEN)

    assert found.share.max() == 1
    assert found.share[1, 2] == 1
    assert found.share == pytest.approx(found.share.T)
    assert found.share.diagonal().tolist() == [0, 0, 0]


def test_nothing_to_bridge_says_so():
    assert bridge_gains(make_region_table(np.zeros((2, 2)), "AB")).reasons == ("no_ties",)
    assert bridge_gains(make_region_table([[3]], "A")).reasons == ("one_group",)


# --- exposure ---------------------------------------------------------------------------------


def lists_with(counts):
    longest = max(counts)
    return [[i if row < count else -1 for i, count in enumerate(counts)] for row in range(longest)]


def test_gini_of_the_example():
    found = exposure(lists_with([0, 0, 1, 2, 7]), 5)

    assert found.gini == pytest.approx(0.64)
    assert (found.coverage, found.top_share, found.n_slots) == (0.6, 0.7, 10)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=12).filter(any))
def test_gini_is_half_the_mean_difference_over_the_mean(counts):
    found = exposure(lists_with(counts), len(counts))

    x = np.array(counts)
    expected = np.abs(x[:, None] - x).mean() / (2 * x.mean())
    assert found.gini == pytest.approx(expected)


def test_nobody_on_any_list_has_no_gini():
    assert exposure(np.full((3, 2), -1), 4).gini is None
    assert exposure([], 4).reasons == ("no_lists",)
