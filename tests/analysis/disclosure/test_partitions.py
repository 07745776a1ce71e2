"""Groups are chosen from numbers of people, each large enough, the most telling first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.disclosure import Tree, partitions
from alpclusters.analysis.disclosure.partitions import MOST_CHOICES
from alpclusters.analysis.errors import AnalysisError
from tests.analysis.disclosure.events import LEAVES, ROLES

pytestmark = pytest.mark.unit

TREE = Tree(ROLES)


def named(partition):
    return {one.node: one.n for one in partition.groups}


def test_neighbours_in_the_tree_are_joined_before_strangers():
    sizes = {"sme": 7, "large": 4, "manager": 15, "research": 12}

    assert named(partitions(sizes, TREE)[0]) == {"firms": 11, "manager": 15, "research": 12}


def test_who_stated_nothing_is_shown_with_others_only():
    best = partitions({"sme": 14, "manager": 12, None: 3}, TREE)[0]

    assert named(best) == {"sme": 14, None: 15}
    assert best.groups[1].codes == ("manager", None)


def test_a_group_of_one_code_bears_the_name_of_that_code():
    best = partitions({"sme": 14, "research": 12}, TREE)[0]

    assert named(best) == {"sme": 14, "research": 12}
    assert best.merges == 0


def test_fewer_than_two_groups_leave_everybody_together():
    found = partitions({"sme": 9, "research": 9}, TREE)

    assert [(one.is_split, one.groups[0].n) for one in found] == [(False, 18)]


def test_nobody_at_all_makes_one_empty_group():
    assert [one.bits for one in partitions({}, TREE)] == [0.0]


@given(st.dictionaries(st.sampled_from((*LEAVES, None)), st.integers(0, 40)))
def test_every_partition_holds_everybody_once_in_groups_of_ten(sizes):
    found = partitions(sizes, TREE)
    total = sum(sizes.values())

    for one in found:
        codes = [code for group in one.groups for code in group.codes]
        assert sorted(map(str, codes)) == sorted(str(c) for c, n in sizes.items() if n)
        assert sum(group.n for group in one.groups) == total
        assert all(group.n >= 10 for group in one.groups) or len(one.groups) == 1
    assert [one.bits for one in found] == sorted((one.bits for one in found), reverse=True)
    assert not found[-1].is_split


@given(st.dictionaries(st.sampled_from(LEAVES), st.integers(0, 40)))
def test_the_order_in_which_sizes_are_given_changes_nothing(sizes):
    turned = dict(reversed(sizes.items()))

    assert partitions(sizes, TREE) == partitions(turned, TREE)


def test_very_many_codes_keep_the_number_of_partitions_small():
    codes = [f"R{i:02}" for i in range(48)]
    tree = Tree({"AT": None, "IT": None, **{c: ("AT", "IT")[i % 2] for i, c in enumerate(codes)}})

    found = partitions({code: 10 + i for i, code in enumerate(codes)}, tree)

    assert len(found) <= MOST_CHOICES + 1
    assert len(found[0].groups) == 48


@pytest.mark.parametrize("parents", [{"a": "nowhere"}, {"a": "b", "b": "a"}])
def test_a_tree_with_a_hole_or_a_circle_is_refused(parents):
    with pytest.raises(AnalysisError):
        Tree(parents)


def test_a_code_outside_the_tree_is_refused():
    with pytest.raises(AnalysisError):
        partitions({"astronaut": 12}, TREE)
