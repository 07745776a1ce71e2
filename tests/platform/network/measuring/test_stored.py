"""Rows out of the file: an organisation, its partners, ranks, roles; all as counted by hand."""

from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from alpclusters.platform.network.domain.measuring.measures import rank_interval
from alpclusters.platform.network.domain.measuring.picture import lay_out
from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.stored import StoredNetwork
from alpclusters.platform.network.domain.measuring.storing import measure_network
from alpclusters.platform.network.models import Link, NetworkSnapshot
from tests.factories.networks import make_project_of, make_three_regions, tie, weave


@pytest.fixture
def network(db, tmp_path, monkeypatch):  # noqa: ARG001 - the database must be there
    """Bodies by region and the stored network of their links."""
    monkeypatch.setattr(
        "alpclusters.platform.network.domain.measuring.stored.folder", lambda: tmp_path
    )
    bodies = make_three_regions()
    weave(bodies["AT33"], bodies["ITH2"], 9)
    weave(bodies["ITH2"], bodies["SI04"], 7)
    tie(bodies["AT33"][0], bodies["AT33"][1], started_on=date(2016, 1, 1))
    # A second link of the same two counts as one tie, since the first of them.
    tie(bodies["AT33"][0], bodies["ITH2"][0], type="exchange", started_on=date(2012, 3, 1))
    measure_network(Scope("links"))
    file = NetworkSnapshot.objects.current().first().file
    return bodies, StoredNetwork(file, "all", "nuts2")


def graph() -> nx.Graph:
    return nx.Graph(list(Link.objects.values_list("first", "second")))


@pytest.mark.integration
def test_partners_are_those_of_the_links(network):
    bodies, stored = network
    for body in (bodies["AT33"][0], bodies["ITH2"][0], bodies["SI04"][1]):
        ego = stored.ego(body.pk)

        assert {partner.number for partner in ego.partners} == set(graph()[body.pk])


@pytest.mark.integration
def test_several_links_are_one_tie_since_the_first(network):
    bodies, stored = network
    partners = {p.number: p for p in stored.ego(bodies["AT33"][0].pk).partners}

    twice = partners[bodies["ITH2"][0].pk]

    assert (twice.joint, twice.since, twice.group) == (2, 2012, "ITH2")
    assert partners[bodies["AT33"][1].pk].since == 2016


@pytest.mark.integration
def test_betweenness_and_ranks_are_those_of_networkx(network):
    bodies, stored = network
    exact = nx.betweenness_centrality(graph(), normalized=False)
    for body in (body for row in bodies.values() for body in row if body.pk in exact):
        found = stored.ego(body.pk).standings["betweenness"]

        assert found.value == pytest.approx(exact[body.pk], rel=1e-5, abs=1e-5)
        above = sum(value > exact[body.pk] + 1e-6 for value in exact.values())
        assert found.best == 1 + above


@pytest.mark.integration
def test_ties_and_nodes_come_each_once(network):
    _bodies, stored = network
    nodes, ties = list(stored.nodes()), list(stored.ties())
    numbers = [number for number, _group, _n in nodes]

    assert len(ties) == graph().number_of_edges()
    pairs = {frozenset((numbers[one], numbers[two])) for one, two, _joint, _since in ties}
    assert pairs == {frozenset(edge) for edge in graph().edges}
    assert {number: n for number, _group, n in nodes} == dict(graph().degree)


@pytest.mark.integration
def test_who_ties_two_regions(network):
    bodies, stored = network
    found = stored.across("ITH2", "SI04", 50)

    inside = {body.pk for body in (*bodies["ITH2"], *bodies["SI04"])}
    assert {number for number, _group, _n in found} <= inside
    for number, group, n in found:
        other = bodies["SI04" if group == "ITH2" else "ITH2"]
        assert n == sum(one.pk in graph()[number] for one in other)
    assert stored.across("ITH2", "XX99", 50) == []


@pytest.mark.integration
def test_roles_of_one_region_come_from_the_same_counts(network):
    bodies, stored = network
    trentino = {body.pk for body in bodies["ITH2"]}

    found = stored.brokers("itinerant", "ITH2", 20)

    assert {number for number, _group, _n in found} <= trentino
    for number, _group, n in found:
        assert stored.ego(number).roles["itinerant"][0] == n


@pytest.mark.integration
def test_somebody_without_ties_is_nobody(network):
    bodies, stored = network

    assert stored.ego(999_999) is None
    assert not StoredNetwork("gone.npz", "all", "nuts2").is_there
    assert bodies


@pytest.mark.integration
@pytest.mark.django_db
def test_first_years_of_joint_projects(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "alpclusters.platform.network.domain.measuring.stored.folder", lambda: tmp_path
    )
    bodies = make_three_regions(2)
    one, two = bodies["AT33"]
    three = bodies["ITH2"][0]
    make_project_of([one, two], start=date(2018, 1, 1))
    make_project_of([one, two, three], start=date(2015, 1, 1))
    make_project_of([two, three], start=None)
    measure_network(Scope("projects"))
    file = NetworkSnapshot.objects.current().first().file

    found = StoredNetwork(file, "all", "country").ego(two.pk)

    assert {p.number: (p.joint, p.since) for p in found.partners} == {
        one.pk: (2, 2015),
        three.pk: (2, 2015),
    }


values = arrays(float, st.integers(1, 30), elements=st.integers(0, 6).map(float))


@given(values)
def test_equal_values_share_their_ranks(numbers):
    best, worst = rank_interval(numbers)

    for value, first, last in zip(numbers, best, worst, strict=True):
        assert first == 1 + (numbers > value).sum()
        assert last == (numbers >= value).sum()


@given(values, st.floats(0, 3))
def test_wider_intervals_never_narrow_ranks(numbers, width):
    sure = rank_interval(numbers)
    unsure = rank_interval(numbers, np.full(len(numbers), width))

    assert (unsure[0] <= sure[0]).all()
    assert (unsure[1] >= sure[1]).all()


@given(st.integers(0, 40), st.integers(0, 10_000))
def test_a_layout_is_the_same_every_time_and_inside_its_frame(n, seed):
    random = np.random.default_rng(seed)
    weight = np.triu(random.random((n, n)) * (random.random((n, n)) < 0.2), 1)
    group = random.integers(0, 4, n)

    at = lay_out(weight + weight.T, group)

    assert np.isfinite(at).all()
    assert ((at >= 0) & (at <= 1)).all()
    assert (at == lay_out(weight + weight.T, group)).all()
