"""Roles of Gould and Fernandez: the table of the test graph, brute force, the whole real file."""

from itertools import combinations

import numpy as np
import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.network import (
    ROLES,
    brokerage,
    brokerage_between,
    incidence,
    project_ties,
)
from alpclusters.sources.participations import read_participations
from tests.analysis.network_data import graph
from tests.analysis.positions_data import N_GROUPS, random_ties, slow_open_pairs, slow_roles

pytestmark = pytest.mark.unit

OUTWARD = [0, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0]
SEEDS = range(40)


def test_roles_of_the_test_graph():
    found = brokerage(graph())

    assert dict(zip(ROLES, found.counts.T.tolist(), strict=True)) == {
        "coordinator": [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "itinerant": [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0],
        "gatekeeper": OUTWARD,
        "representative": OUTWARD,
        "liaison": [0, 0, 0, 0, 0, 0, 6, 0, 8, 0, 0, 0],
    }
    assert found.total == (4, 2, 12, 12, 14)
    assert found.outward.tolist() == [2 * count for count in OUTWARD]
    assert found.counts.dtype == np.int64


@pytest.mark.parametrize("seed", SEEDS)
def test_roles_equal_brute_force(seed):
    ties = random_ties(seed, unknown=seed % 2 == 0)

    assert brokerage(ties).counts.tolist() == slow_roles(ties).tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_roles_between_two_groups_equal_brute_force(seed):
    ties = random_ties(seed, unknown=seed % 2 == 0)

    found = brokerage_between(ties, 2, 0)

    is_member = np.isin(ties.group, [0, 2])
    slow = slow_open_pairs(ties, 0, 2)
    assert found.gatekeeper.tolist() == np.where(is_member, slow, 0).tolist()
    assert found.liaison.tolist() == np.where(is_member, 0, 2 * slow).tolist()
    assert found.score.tolist() == (found.gatekeeper + found.liaison).tolist()


@pytest.mark.parametrize("seed", range(10))
def test_roles_between_all_pairs_of_groups_sum_to_the_roles(seed):
    ties = random_ties(seed)

    pairs = [brokerage_between(ties, a, b) for a, b in combinations(range(N_GROUPS), 2)]

    counts = brokerage(ties).counts
    assert sum(pair.gatekeeper for pair in pairs).tolist() == counts[:, 2].tolist()
    assert sum(pair.liaison for pair in pairs).tolist() == counts[:, 4].tolist()


def test_pair_of_groups_must_be_two_groups_that_exist():
    wrong = {
        (1, 1): ("argument.out_of_range", "b"),
        (0, 4): ("network.group_outside", "b"),
        (-1, 0): ("network.group_outside", "a"),
    }
    for (a, b), (code, argument) in wrong.items():
        with pytest.raises(AnalysisError) as caught:
            brokerage_between(graph(), a, b)
        assert (caught.value.code, caught.value.where.argument) == (code, argument)


def test_organisation_of_unknown_group_is_neither_broker_nor_end():
    path = [(0, 1, 1), (1, 2, 1), (2, 3, 1)]

    found = brokerage(graph(ties=path, groups=[0, 1, 2, -1]))

    assert found.of(1)["liaison"] == 2
    assert found.counts[[0, 2, 3]].tolist() == np.zeros((3, 5)).tolist()
    assert found.stamp.n_unknown == 1


def test_network_without_ties_has_no_roles_and_says_so():
    for groups in ([], [0], [0, 1]):
        found = brokerage(graph(ties=[], groups=groups))
        assert (found.total, found.reasons) == ((0, 0, 0, 0, 0), ("no_ties",))
        assert brokerage_between(graph(ties=[], groups=groups), 0, 1).reasons == ("no_ties",)


@pytest.mark.full
def test_roles_of_the_whole_real_file(shared):
    read = read_participations(shared / "data/network/h2020_participations.csv.gz")
    found = incidence(read.organisation, read.project)
    group = read.country[np.searchsorted(read.organisations, found.organisations)]
    ties = project_ties(found, found.size, group, read.countries)

    roles = brokerage(ties)

    assert (ties.stamp.n_connected, ties.stamp.n_ties) == (31_567, 761_463)
    assert roles.total == (7_821_326, 30_367_036, 56_979_902, 56_979_902, 452_282_110)
    largest = int(roles.counts.sum(axis=1).argmax())
    assert (ties.nodes[largest], ties.group_names[ties.group[largest]]) == (999984059, "DE")
    assert roles.counts[largest].tolist() == [1049704, 1971876, 5702873, 5702873, 28871672]
