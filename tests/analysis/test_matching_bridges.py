"""What one more tie does for Frenken's T, and how proposals are spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.matching import bridge_gain, bridge_gains, cap_exposure, exposure
from alpclusters.analysis.network import integration, make_region_table

pytestmark = pytest.mark.unit

# Frenken (2002), worked example; each tie once, so twice his cells off the diagonal.
FRENKEN = make_region_table([[250, 200, 300], [200, 800, 200], [300, 200, 750]], ["FR", "UK", "DE"])


@pytest.mark.parametrize(
    ("pair", "first_order", "exact"),
    [
        (("FR", "UK"), 0.000397716, 0.000396778),
        (("FR", "DE"), 0.000235529, 0.000234989),
        (("UK", "DE"), 0.000674974, 0.000673826),
    ],
)
def test_gain_of_frenkens_pairs(pair, first_order, exact):
    assert bridge_gain(FRENKEN, *pair) == pytest.approx(first_order, abs=5e-10)
    assert bridge_gain(FRENKEN, *pair[::-1], exact=True) == pytest.approx(exact, abs=5e-10)


def test_a_tie_at_home_raises_t():
    assert bridge_gain(FRENKEN, "FR", "FR", exact=True) == pytest.approx(-0.000246041, abs=5e-10)
    with pytest.raises(AnalysisError):
        bridge_gain(FRENKEN, "FR", "FR")


def test_pair_without_a_tie_is_recounted():
    weight = np.array([[5.0, 2, 0], [2, 4, 3], [0, 3, 6]])
    table = make_region_table(weight, "ABC")
    more = weight.copy()
    more[0, 2] = more[2, 0] = 1

    gain = bridge_gain(table, "A", "C")

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

    assert bridge_gain(make_region_table(weight, "ABC"), "A", "B") == pytest.approx(slope, abs=1e-6)


def test_shares_are_of_the_greatest_gain():
    found = bridge_gains(FRENKEN)

    assert found.share.max() == 1
    assert found.share[1, 2] == 1
    assert found.share == pytest.approx(found.share.T)
    assert found.share.diagonal().tolist() == [0, 0, 0]


def test_nothing_to_bridge_says_so():
    assert bridge_gain(make_region_table(np.zeros((2, 2)), "AB"), "A", "B") is None
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


# --- cap --------------------------------------------------------------------------------------


def test_nobody_stands_on_more_lists_than_the_cap():
    rng = np.random.default_rng(0)
    who = np.array([rng.permutation(30) for _ in range(40)])
    points = np.sort(rng.random((40, 30)) * 100)[:, ::-1]

    found = cap_exposure(who, points, top=3, share=0.2)

    counts = np.bincount(found.lists[found.lists >= 0], minlength=30)
    assert (found.cap, found.n_short) == (8, 0)
    assert counts.max() <= 8
    assert found.loss >= 0


def test_star_moves_down_and_the_loss_is_told():
    who = [[0, i, i + 1] for i in range(1, 11)]
    points = [[90, 50, 40]] * 10

    found = cap_exposure(who, points, top=1, share=0.1)

    assert found.lists[:, 0].tolist() == [0, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert found.loss == pytest.approx(36)
    assert found.n_changed == 9


def test_without_need_lists_stay_as_they_are():
    found = cap_exposure([[1, 2], [3, 4]], [[9, 8], [7, 6]], top=2, share=1)

    assert found.lists.tolist() == [[1, 2], [3, 4]]
    assert (found.loss, found.n_changed) == (0, 0)


def test_list_that_runs_out_is_short():
    found = cap_exposure([[1], [1]], [[9], [8]], top=1, share=0.5)

    assert found.lists.tolist() == [[1], [-1]]
    assert found.n_short == 1
