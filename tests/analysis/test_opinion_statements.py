"""What groups share, what speaks for each, what most people agree with."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from alpclusters.analysis.errors import AnalysisError, ShapeError
from alpclusters.analysis.opinion import (
    LabelError,
    VoteError,
    consensus_statements,
    group_informed_consensus,
    representative_statements,
)
from alpclusters.analysis.opinion.representative import screen
from tests.analysis.opinion_data import planted

pytestmark = pytest.mark.unit

CELLS = st.sampled_from([1.0, 0.0, -1.0, np.nan])
TABLES = arrays(np.float64, (9, 5), elements=CELLS)
MEMBERS = arrays(np.int64, 9, elements=st.integers(-1, 2))
# s, n, s', n': p, z_prop, ratio, z_ratio, metric
SCREENED = [
    (6, 6, 8, 22, 0.875, 2.6457513111, 2.3333333333, 2.8265049858, 15.2680514302),
    (5, 5, 7, 20, 0.8571428571, 2.4494897428, 2.3571428571, 2.6764277136, 13.2455579785),
    (3, 9, 10, 12, 0.3636363636, -0.6324555320, 0.4628099174, -2.2270481786, 0.2370443296),
    (4, 4, 6, 6, 0.8333333333, 2.2360679775, 0.9523809524, 0, 0),
]


@pytest.mark.parametrize("row", SCREENED)
def test_screening_meets_the_golden_values(row):
    success, seen = np.array([[row[0]], [row[2]]]), np.array([[row[1]], [row[3]]])

    found = screen(success, seen)

    names = ("p", "z_prop", "ratio", "z_ratio", "metric")
    figures = [float(getattr(found, name)[0, 0]) for name in names]
    assert figures == pytest.approx(row[4:], abs=1e-9)


def test_consensus_by_hand():
    votes = [[1, 1], [1, -1], [1, np.nan], [0, 1], [1, 1], [1, 1]]

    found = group_informed_consensus(votes, [4, 4, 4, 9, 9, 9])

    assert found.labels == (4, 9)
    assert found.agree_parts.tolist() == [[4 / 5, 2 / 4], [3 / 5, 4 / 5]]
    assert found.agree.tolist() == pytest.approx([12 / 25, 2 / 5])
    assert found.disagree.tolist() == pytest.approx([1 / 25, 1 / 10])
    assert found.agree_root == pytest.approx(np.sqrt(found.agree))
    assert (found.status, found.reasons) == ("limited", ("no_supported_statement",))


@given(TABLES, MEMBERS)
def test_consensus_stays_within_bounds_and_equals_a_loop(votes, members):
    found = group_informed_consensus(votes, members)

    groups = sorted(set(members.tolist()) - {-1})
    assert found.labels == tuple(groups)
    for statement in range(5):
        parts = [smoothed(votes[members == group, statement]) for group in groups]
        expected = math.prod(parts) if groups else np.nan
        assert found.agree[statement] == pytest.approx(expected, nan_ok=True)
        if groups:
            assert 0 < found.agree[statement] < 1
            assert found.agree[statement] <= found.agree_root[statement]


def smoothed(column):
    return ((column == 1).sum() + 1) / ((~np.isnan(column)).sum() + 2)


@given(TABLES, MEMBERS, st.permutations(range(9)))
def test_order_of_people_and_names_of_groups_change_only_labels(votes, members, order):
    names = np.array([7, 3, 5, -1])
    usual = group_informed_consensus(votes, members)

    found = group_informed_consensus(votes[order], names[members][order])

    assert found.agree == pytest.approx(usual.agree, nan_ok=True, abs=1e-12)
    assert found.supported.tolist() == usual.supported.tolist()


@given(TABLES, MEMBERS)
def test_turned_votes_turn_every_list(votes, members):
    shared, turned = (group_informed_consensus(sign * votes, members) for sign in (1, -1))
    before, after = (representative_statements(sign * votes, members) for sign in (1, -1))

    assert turned.shared_rejection == shared.shared_agreement
    assert after.agree.z_ratio.tolist() == before.disagree.z_ratio.tolist()
    assert (consensus_statements(-votes).disagree) == consensus_statements(votes).agree


@given(TABLES, MEMBERS)
def test_lists_hold_what_they_promise(votes, members):
    found = representative_statements(votes, members, pick=3)

    for items in found.lists:
        sides = [item.side for item in items]
        assert sides == sorted(sides)
        assert len(items) <= 3
        assert len({item.statement for item in items}) == len(items)
        assert all(0 < item.p < 1 and item.n_success <= item.n for item in items)
        assert sum(item.is_best_agree for item in items) <= 1
    assert found.status == ("ok" if not found.reasons else "undefined")


def test_statement_nobody_saw_has_the_neutral_product_and_no_support():
    votes = np.ones((12, 2))
    votes[:, 1] = np.nan

    found = group_informed_consensus(votes, np.repeat([0, 1, 2], 4))

    assert found.agree[1] == 0.125
    assert not found.supported[1]


def test_only_supported_statements_are_listed_and_rejected_ones_never():
    votes = np.ones((12, 3))
    votes[7:, 0] = np.nan
    votes[0, 1] = -1

    found = group_informed_consensus(votes, np.repeat([0, 1], 6), moderated=[1, 1, -1])

    assert found.supported.tolist() == [False, True, True]
    assert found.shared_agreement == found.shared_rejection == (1,)


def test_equal_figures_keep_the_order_of_statements():
    found = group_informed_consensus(np.ones((12, 4)), np.repeat([0, 1], 6))

    assert found.shared_agreement == (0, 1, 2, 3)
    assert found.conventions.ties == "statement_order"


def test_one_group_has_its_own_share_and_nothing_to_compare_with():
    votes = np.array([[1.0, -1.0], [1.0, 0.0], [1.0, np.nan]])

    shared = group_informed_consensus(votes, [0, 0, 0])
    speaking = representative_statements(votes, [0, 0, 0])

    assert shared.agree.tolist() == [4 / 5, 1 / 4]
    assert (shared.status, shared.reasons[0]) == ("limited", "one_group")
    assert (speaking.status, speaking.reasons, speaking.lists) == (
        "undefined",
        ("one_group",),
        ((),),
    )


@pytest.mark.parametrize("function", [group_informed_consensus, representative_statements])
def test_nobody_placed_or_no_votes_is_undefined(function):
    nobody = function(np.ones((3, 2)), [-1, -1, -1])
    silent = function(np.full((4, 2), np.nan), [0, 0, 1, 1])
    empty = function(np.empty((0, 0)), [])

    assert (nobody.status, nobody.reasons) == ("undefined", ("no_groups",))
    assert (silent.status, silent.reasons) == ("undefined", ("no_ratings",))
    assert (empty.status, empty.reasons) == ("undefined", ("no_groups",))


def test_best_agreement_stands_first_and_agreement_before_rejection():
    camp = np.repeat([1.0, -1.0], 8)
    votes = np.column_stack([-camp, camp, camp, np.ones(16)])
    votes[0, 2] = 0

    found = representative_statements(votes, np.repeat([0, 1], 8))

    assert [(i.statement, i.side, i.is_best_agree) for i in found.lists[0]] == [
        (1, "agree", True),
        (2, "agree", False),
        (0, "disagree", False),
    ]
    assert found.lists[0][0].as_record()["n_success"] == 8


def test_significant_rejection_stays_where_no_best_agreement_exists():
    votes = np.column_stack([np.repeat([-1.0, 1.0], 8), np.repeat([-1.0, -1.0], 8)])

    found = representative_statements(votes, np.repeat([0, 1], 8))

    assert [(i.statement, i.side) for i in found.lists[0]] == [(0, "disagree")]


def test_without_anything_significant_the_most_distinct_statement_is_named():
    votes = np.array([[0.0, -1.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]])

    found = representative_statements(votes, [0, 0, 1, 1])

    assert [(i.statement, i.side, i.is_best_agree) for i in found.lists[0]] == [
        (1, "disagree", False)
    ]
    assert not found.significant.any()


def test_rejected_statements_are_in_no_list():
    votes, camp = planted(60, 10, filled=1)

    found = representative_statements(votes, camp, moderated=[-1] * 10)

    assert found.lists == ((), (), ())
    assert consensus_statements(votes, moderated=[-1] * 10).agree == ()


def test_majorities_are_ordered_by_share_times_height():
    votes = np.full((100, 3), np.nan)
    votes[:50, 0] = 1
    votes[:98, 1] = np.where(np.arange(98) < 80, 1, 0)
    votes[:10, 2] = -1

    found = consensus_statements(votes)

    assert [(i.statement, i.n_success, i.n) for i in found.agree] == [(0, 50, 50), (1, 80, 98)]
    assert [item.statement for item in found.disagree] == [2]
    assert found.agree[0].as_record()["n"] == 50
    assert consensus_statements(votes, pick=1).agree == found.agree[:1]


def test_no_votes_have_no_majority():
    found = consensus_statements(np.full((3, 2), np.nan))

    assert (found.status, found.reasons, found.agree, found.disagree) == (
        "undefined",
        ("no_ratings",),
        (),
        (),
    )


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ([0, 1], ShapeError),
        ([[0, 1, 1]], ShapeError),
        ([0, 1, -2], LabelError),
        ([0, 1, 0.5], LabelError),
        ([0, 1, np.nan], LabelError),
        (["a", "b", "a"], LabelError),
    ],
)
@pytest.mark.parametrize("function", [group_informed_consensus, representative_statements])
def test_wrong_members_are_refused_by_type(function, members, error):
    with pytest.raises(error):
        function(np.ones((3, 2)), members)


@pytest.mark.parametrize("pseudo", [0, -1, np.nan, np.inf])
def test_pseudo_counts_must_be_positive(pseudo):
    with pytest.raises(AnalysisError):
        group_informed_consensus([[1]], [0], pseudo=pseudo)


def test_other_input_errors_are_typed():
    with pytest.raises(VoteError):
        consensus_statements([[3]])
    with pytest.raises(AnalysisError):
        consensus_statements([[1]], pick=0)
    with pytest.raises(AnalysisError):
        representative_statements([[1]], [0], pick=0)
    with pytest.raises(ShapeError):
        consensus_statements([[1]], moderated=[1, 1])


def test_results_cannot_be_changed():
    votes, camp = planted(30, 5)
    shared = group_informed_consensus(votes, camp)
    speaking = representative_statements(votes, camp)

    parts = [shared, speaking, speaking.agree, speaking.disagree]
    for array in (getattr(part, name) for part in parts for name in part.__slots__):
        if isinstance(array, np.ndarray):
            assert not array.flags.writeable
