"""Links between offers: circles, contradictions, pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case_files.contradictions import Needs
from tests.analysis.funding.case.case_examples import changed, faults_of

pytestmark = pytest.mark.unit


def links(*found):
    return faults_of(
        changed("links", [{"type": kind, "offers": list(names)} for kind, names in found])
    )


def test_needs_in_a_chain_are_fine():
    assert links(("requires", "XY"), ("requires", "YZ"), ("alternative", "XV")) == []


def test_circle_of_needs_is_named_once():
    found = links(("requires", "XY"), ("requires", "YZ"), ("requires", "ZX"))

    assert found == [("/links/2/offers", "link_cycle")]


def test_need_of_itself_is_a_circle_of_one():
    codes = [code for _, code in links(("requires", "XX"))]

    assert sorted(codes) == ["duplicate_id", "link_cycle"]


@pytest.mark.parametrize("kind", ["exclusive", "alternative"])
def test_offer_that_needs_what_it_excludes_is_a_contradiction(kind):
    assert links(("requires", "XY"), (kind, "XY")) == [("/links/1/offers", "link_contradiction")]


def test_contradiction_over_several_links_is_found():
    found = links(("requires", "XY"), ("requires", "YZ"), ("exclusive", "VXZ"))

    assert found == [("/links/2/offers", "link_contradiction")]


def test_offer_that_needs_two_which_exclude_each_other_is_a_contradiction():
    found = links(("requires", "XYZ"), ("exclusive", "YZ"))

    assert found == [("/links/1/offers", "link_contradiction")]


def test_paired_offers_need_each_other_without_being_a_circle():
    assert links(("paired", "XY")) == []
    assert links(("paired", "XY"), ("requires", "XZ")) == []


def test_paired_offers_share_what_they_need():
    found = links(("paired", "XY"), ("requires", "XZ"), ("exclusive", "YZ"))

    assert found == [("/links/2/offers", "link_contradiction")]


def test_exclusive_for_one_partner_contradicts_nothing():
    assert links(("requires", "XY"), ("exclusive_per_partner", "XY")) == []


def test_three_offers_are_no_pair():
    assert links(("paired", "XYZ")) == [("/links/0/offers", "wrong_count")]


def test_ratio_belongs_to_pairs_only():
    data = changed("links", [{"type": "exclusive", "offers": ["X", "Y"], "ratio": [1, 2]}])

    assert faults_of(data) == [("/links/0/ratio", "unwanted_field")]


def test_links_that_name_very_many_offers_are_refused_and_not_followed():
    link = {"type": "requires", "offers": ["X", *["Y"] * 999]}

    assert faults_of(changed("links", [link] * 21)) == [("/links", "too_many_items")]


NAMES = st.sampled_from("abcdef")
EDGES = st.lists(st.tuples(NAMES, NAMES), max_size=9)


def reached(start, edges):
    """What hangs below by the simplest walk there is."""
    found, size = {start}, 0
    while size != len(found):
        size = len(found)
        found |= {b for a, b in edges if a in found}
    return found


@given(EDGES, EDGES, st.lists(NAMES, min_size=2, max_size=3, unique=True))
def test_contradictions_are_those_of_a_plain_walk(needs, pairs, apart):
    graph = Needs()
    for one, other in needs:
        graph.add(one, other, ("links", 0))
    for one, other in pairs:
        graph.join(one, other)
    edges = needs + pairs + [(b, a) for a, b in pairs]
    names = {name for edge in edges for name in edge}

    contradicted = any(len(reached(name, edges) & set(apart)) > 1 for name in names)

    assert (graph.brings(apart) is not None) == contradicted


@given(EDGES)
def test_circles_are_those_of_a_plain_walk(needs):
    graph = Needs()
    for one, other in needs:
        graph.add(one, other, ("links", 0))

    circle = any(a in reached(b, needs) for a, b in needs)

    assert bool(graph.circles()) == circle
