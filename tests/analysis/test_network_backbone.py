"""The disparity filter: alphas of the test graph, degree one, binary ties, the choice of alpha."""

import numpy as np
import pytest

from alpclusters.analysis.network import backbone, tie_alphas
from tests.analysis.network_data import graph

pytestmark = pytest.mark.unit


def alphas(ties):
    found = tie_alphas(ties)
    ends = zip(found.first.tolist(), found.second.tolist(), strict=True)
    both = zip(found.alpha_first.tolist(), found.alpha_second.tolist(), strict=True)
    return dict(zip(ends, both, strict=True))


def test_alphas_of_the_test_graph():
    found = alphas(graph())

    expected = {
        (3, 4): (0.16, 0.16),
        (0, 1): (0.25, 0.25),
        (6, 7): (0.216, 0.333333),
        (4, 8): (0.64, 0.421875),
        (8, 11): (0.421875, 1),
        (0, 10): (0.5625, 1),
    }
    for tie, both in expected.items():
        assert found[tie] == pytest.approx(both, abs=5e-7)


def test_backbone_of_the_test_graph():
    found = backbone(graph(), alpha=0.22)

    rows, columns = found.ties.matrix.nonzero()
    kept = {(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if i < j}
    assert kept == {(3, 4), (6, 7)}
    assert found.ties.matrix[3, 4] == 3
    shares = (found.tie_share, found.weight_share, found.node_share)
    assert shares == pytest.approx((2 / 15, 5 / 19, 4 / 11))
    assert (found.stamp.n_ties, found.ties.stamp.n_ties) == (15, 2)


def test_binary_ties_are_refused_because_they_have_no_weights():
    with pytest.raises(ValueError, match=r"network\.needs_weights"):
        backbone(graph(weights="binary"))


@pytest.mark.parametrize("options", [{"alpha": 0}, {"alpha": 1.5}, {"most": -1}])
def test_values_out_of_range_are_refused(options):
    with pytest.raises(ValueError, match=r"argument\.out_of_range"):
        backbone(graph(), **options)


def many_ties(n=120, seed=1):
    random = np.random.default_rng(seed)
    rows = [(i, j, float(random.pareto(1.0) + 0.1)) for i in range(n) for j in range(i)]
    return graph(ties=rows, groups=[0] * n)


@pytest.mark.parametrize("most", [0, 5, 50, 400, 7000])
def test_largest_alpha_is_chosen_that_keeps_few_enough(most):
    ties = many_ties()
    found = backbone(ties, most=most)

    assert found.ties.stamp.n_ties <= most
    smaller = tie_alphas(ties).smaller
    grid = [alpha for alpha in (0.01, 0.02, 0.05, 0.1, 0.2) if (smaller < alpha).sum() <= most]
    assert found.alpha == (max(grid) if grid else np.sort(smaller)[most])
    assert found.reasons == (() if grid else ("below_smallest_alpha",))


def test_no_ties_have_no_backbone():
    found = backbone(graph(ties=[]))

    assert (found.alpha, found.tie_share, found.reasons) == (None, None, ("no_ties",))
