"""Constraint and effective size: the test graph and networkx on small graphs."""

import networkx as nx
import pytest

from alpclusters.analysis.network import constraint, effective_size
from tests.analysis.network_data import graph
from tests.analysis.positions_data import as_networkx, random_ties

pytestmark = pytest.mark.unit

EXACT = {"abs": 5.1e-7}
NO = None
GOLDEN = {
    (constraint, "weighted"): [
        0.543403, 0.543403, 0.611111, 0.586844, 0.586844, 0.680000, 0.393611, 0.780278,
        0.421111, NO, 1, 1,
    ],
    (constraint, "binary"): [
        0.506173, 0.506173, 0.506173, 0.506173, 0.506173, 0.506173, 0.363281, 0.781250,
        0.363281, NO, 1, 1,
    ],
    (effective_size, "binary"): [
        2.333333, 2.333333, 2.333333, 2.333333, 2.333333, 2.333333, 3.5, 1, 3.5, NO, 1, 1,
    ],
    (effective_size, "weighted"): [
        2.375, 2.375, 2.333333, 2.333333, 2.333333, 2.333333, 3.5, 1.166667, 3.5, NO, 1, 1,
    ],
}  # fmt: skip


@pytest.mark.parametrize(("measure", "form"), GOLDEN)
def test_values_of_the_test_graph(measure, form):
    found = measure(graph(), form=form)

    assert [found.at(place) is None for place in range(12)] == [k == 9 for k in range(12)]
    wanted = [value for value in GOLDEN[measure, form] if value is not None]
    assert found.values.tolist() == pytest.approx(wanted, **EXACT)
    assert (found.measure, found.form, found.undefined) == (measure.__name__, form, "isolate")


def test_binary_form_is_the_default():
    for measure in (constraint, effective_size):
        assert measure(graph()).as_list() == measure(graph(), form="binary").as_list()


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize(("form", "weight"), [("binary", None), ("weighted", "weight")])
def test_values_equal_those_of_networkx(seed, form, weight):
    ties = random_ties(seed)
    peer = as_networkx(ties)

    # Without nodes= networkx 3.6.1 divides weighted effective sizes by the wrong axis (8906).
    sizes = nx.effective_size(peer, nodes=list(peer), weight=weight)
    constraints = nx.constraint(peer, nodes=list(peer), weight=weight)

    connected = [int(place) for place in ties.degree.nonzero()[0]]
    assert constraint(ties, form=form).places.tolist() == connected
    for place in connected:
        assert constraint(ties, form=form).at(place) == pytest.approx(constraints[place])
        assert effective_size(ties, form=form).at(place) == pytest.approx(sizes[place])


def test_one_partner_leaves_constraint_and_effective_size_of_one():
    pair = graph(ties=[(0, 1, 3)], groups=[0, 1])

    for form in ("binary", "weighted"):
        assert constraint(pair, form=form).as_list() == [1.0, 1.0]
        assert effective_size(pair, form=form).as_list() == [1.0, 1.0]


def test_isolates_have_none_and_the_reason_is_given():
    for measure in (constraint, effective_size):
        for groups in ([], [0], [0, 1]):
            found = measure(graph(ties=[], groups=groups))
            assert found.as_list() == [None] * len(groups)
            assert found.reasons == ("isolate",)
