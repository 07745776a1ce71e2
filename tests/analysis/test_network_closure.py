"""Cross-border share and E-I: golden values, every labelling of a small graph, edge cases."""

from itertools import combinations, permutations

import numpy as np
import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.network import cross_border_share, external_internal, region_table
from tests.analysis.network_data import GROUPS, NAMES, TIES, graph

pytestmark = pytest.mark.unit


def labellings(sizes):
    """Every way to give labels to sum(sizes) nodes."""
    if not sizes:
        yield np.zeros(0, int)
        return
    n = sum(sizes)
    for chosen in combinations(range(n), sizes[0]):
        rest = [place for place in range(n) if place not in chosen]
        for others in labellings(sizes[1:]):
            labels = np.zeros(n, int)
            labels[rest] = others + 1
            yield labels


def test_share_of_the_test_graph():
    binary = cross_border_share(graph(weights="binary"))
    weighted = cross_border_share(graph())

    assert (binary.n_external, binary.n_internal, binary.value) == (7, 8, 7 / 15)
    assert (weighted.external, weighted.internal) == (7, 12)
    assert weighted.value == pytest.approx(0.368421, abs=5e-7)


def test_index_of_the_test_graph_against_every_labelling():
    found = external_internal(graph(weights="binary"))

    connected = [node for node in range(12) if node != 9]
    ends = [(connected.index(i), connected.index(j)) for i, j, _ in TIES]
    sizes = np.bincount([GROUPS[node] for node in connected]).tolist()
    every = np.array(list(labellings(sizes)))
    first, second = np.array(ends).T
    values = 1 - 2 * (every[:, first] == every[:, second]).mean(1)

    assert len(values) == 34_650
    assert found.value == pytest.approx(-0.066667, abs=5e-7)
    assert found.expected == pytest.approx(0.527273, abs=5e-7)
    assert found.sd == pytest.approx(0.191090, abs=5e-7)
    assert (found.expected, found.sd) == pytest.approx((values.mean(), values.std()), rel=1e-12)
    exact = (values <= found.value + 1e-12).mean()
    assert exact == pytest.approx(0.005368, abs=5e-7)
    assert found.p_lower == pytest.approx(exact, abs=0.006)
    assert found.sd_from == "join_counts"


def test_permutations_come_near_the_exact_moments():
    found = external_internal(graph(), permutations=4000, seed=3)
    exact = external_internal(graph(weights="binary"), permutations=0)

    assert found.expected == exact.expected
    assert found.sd_from == "permutations"
    assert 0.1 < found.sd < 0.4
    assert (exact.p_lower, exact.p_upper, exact.p_two) == (None, None, None)


def test_p_is_never_zero_and_at_most_one():
    closed = [(0, 1, 1), (2, 3, 1), (4, 5, 1), (6, 7, 1), (8, 9, 1)]
    groups = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    ties = graph(weights="binary", ties=closed, groups=groups, names="ABCDE")

    found = external_internal(ties, permutations=99)

    assert (found.value, found.p_lower, found.p_upper) == (-1.0, 0.01, 1.0)
    assert found.p_two == 0.02


def test_unknown_groups_are_left_out_and_counted():
    groups = [-1 if node == 1 else group for node, group in enumerate(GROUPS)]
    ties = graph(weights="binary", groups=groups)

    share = cross_border_share(ties)

    assert ties.stamp.n_unknown == 3
    assert share.n_external + share.n_internal == 12
    assert region_table(ties).n_connected.tolist() == [3, 4, 2, 1]
    without = [tie for tie in TIES if 1 not in tie[:2]]
    alone = external_internal(graph(weights="binary", ties=without))
    found = external_internal(ties)
    assert (found.value, found.expected, found.sd) == (alone.value, alone.expected, alone.sd)


@pytest.mark.parametrize(
    ("ties", "groups", "reason"),
    [
        ([], [], "no_ties"),
        ([], [0, 1], "no_ties"),
        ([(0, 1, 1)], [-1, 0], "no_ties"),
        ([(0, 1, 1)], [0, 0], "one_group"),
        ([(0, 1, 1)], [0, 1], "too_few_organisations"),
        ([(0, 1, 1), (2, 3, 1)], [0, 1, 2, 3], "no_spread"),
    ],
)
def test_undefined_index_says_why(ties, groups, reason):
    found = external_internal(graph(weights="binary", ties=ties, groups=groups))

    assert found.reasons == (reason,)
    assert found.z is None
    assert (found.value is None) == (reason == "no_ties")
    assert cross_border_share(graph(ties=ties, groups=groups)).reasons == (
        ("no_ties",) if reason == "no_ties" else ()
    )


def test_labels_of_the_groups_do_not_matter():
    expected = external_internal(graph(weights="binary"), permutations=0)
    for order in list(permutations(range(4)))[:6]:
        turned = [order[group] for group in GROUPS]
        names = tuple(NAMES[order.index(place)] for place in range(4))
        found = external_internal(
            graph(weights="binary", groups=turned, names=names), permutations=0
        )
        assert (found.value, found.expected) == (expected.value, expected.expected)
        assert found.sd == pytest.approx(expected.sd, rel=1e-12)


def test_negative_permutations_are_refused():
    with pytest.raises(AnalysisError) as caught:
        external_internal(graph(), permutations=-1)

    assert caught.value.code == "argument.out_of_range"
    assert caught.value.where.argument == "permutations"
