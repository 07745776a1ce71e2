"""Votes in every form: checked, stored once, counted; ratings cut by thresholds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import coo_array, csr_array

from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings
from alpclusters.analysis.errors import DuplicateError, NotFiniteError, ScaleError, ShapeError
from alpclusters.analysis.opinion import VoteError, Votes, votes
from alpclusters.analysis.opinion.votes import Votes as SameVotes

pytestmark = pytest.mark.unit

CELLS = st.sampled_from([1.0, 0.0, -1.0, np.nan])
TABLES = st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=CELLS)
)


def sparse(table):
    table = np.asarray(table, dtype=float)
    people, statements = np.nonzero(~np.isnan(table))
    starts = np.searchsorted(people, np.arange(len(table) + 1))
    return csr_array((table[people, statements], statements, starts), shape=table.shape)


def counted(found):
    return [part.tolist() for part in found.totals()] + [found.n_by_person().tolist()]


def brute_force(table):
    sides = [table == 1, table == -1, ~np.isnan(table)]
    per_statement = [side.sum(axis=0).tolist() for side in sides]
    return [*per_statement, sides[2].sum(axis=1).tolist()]


@given(TABLES)
def test_dense_and_sparse_votes_count_alike(table):
    assert counted(Votes.of(table)) == brute_force(table)
    assert counted(Votes.of(sparse(table))) == brute_force(table)


def test_large_tables_are_stored_sparse_and_count_alike(monkeypatch):
    table = np.random.default_rng(1).choice([1.0, 0.0, -1.0, np.nan], (40, 7))
    members = np.arange(40) % 3 - 1
    monkeypatch.setattr(votes, "MAX_DENSE_CELLS", 100)
    monkeypatch.setattr(votes, "BLOCK_CELLS", 30)

    for stored in (Votes.of(table), Votes.of(sparse(table))):
        assert stored.seen is None
        assert not stored.values.data.flags.writeable
        assert counted(stored) == brute_force(table)
        groups = stored.counts(members, n_groups=2)
        assert groups.agree[1].tolist() == (table[members == 1] == 1).sum(axis=0).tolist()
        some = np.array([3, 3, 0])
        assert counted(stored.of_people(some)) == brute_force(table[some])


def test_ratings_become_votes_and_cannot_judge_becomes_missing():
    rows = [("a", "m", 5), ("b", "m", 3), ("c", "m", 2), ("d", "m", CANNOT_JUDGE)]

    found = Votes.from_ratings(Ratings.from_rows(rows, scale=(1, 5)))

    assert counted(found) == [[1], [1], [3], [1, 1, 1, 0]]
    assert found.thresholds == (("agree_from", 4.0), ("disagree_to", 2.0))


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ((1, 9), (("agree_from", 7.0), ("disagree_to", 3.0))),
        ((-1, 1), (("agree_from", 1.0), ("disagree_to", -1.0))),
    ],
)
def test_usual_scales_have_thresholds(scale, expected):
    found = Votes.from_ratings(Ratings.from_rows([("a", "m", 1)], scale=scale))

    assert found.thresholds == expected


def test_large_ratings_are_stored_sparse(monkeypatch):
    ratings = Ratings.from_rows([("a", "m", 5), ("b", "n", 3), ("b", "m", 1)], scale=(1, 5))
    dense = Votes.from_ratings(ratings)
    monkeypatch.setattr(votes, "MAX_DENSE_CELLS", 1)

    found = Votes.from_ratings(ratings)

    assert found.seen is None
    assert counted(found) == counted(dense)


def test_other_scales_ask_for_both_thresholds():
    ratings = Ratings.from_rows([("a", "m", 2), ("b", "m", 0)], scale=(0, 3))

    with pytest.raises(ScaleError, match=r"thresholds\.missing"):
        Votes.from_ratings(ratings, agree_from=2)
    with pytest.raises(ScaleError, match=r"thresholds\.order"):
        Votes.from_ratings(ratings, agree_from=2, disagree_to=2)
    assert counted(Votes.from_ratings(ratings, agree_from=2, disagree_to=1)) == [
        [1],
        [1],
        [2],
        [1, 1],
    ]


def test_checked_votes_are_not_copied():
    found = Votes.of([[1, 0]])

    assert Votes.of(found) is found
    assert SameVotes is Votes


def test_masked_cells_are_unseen():
    table = np.ma.masked_equal([[1, 0, 9], [9, -1, 1]], 9)

    assert counted(Votes.of(table)) == [[1, 0, 1], [0, 1, 0], [1, 2, 1], [2, 2]]


def test_first_wrong_cell_is_named():
    table = np.zeros((3, 3))
    table[1, 2] = 2
    table[2, 0] = np.inf

    with pytest.raises(VoteError) as caught:
        Votes.of(table)

    assert (caught.value.where.row, caught.value.where.column, caught.value.found) == (1, "2", None)


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ([1, 0], ShapeError),
        (np.zeros((2, 2, 2)), ShapeError),
        ([[np.inf]], NotFiniteError),
        ([[-np.inf]], NotFiniteError),
        ([[2]], VoteError),
        ([[0.5]], VoteError),
        ([[1e-200]], VoteError),
        ([[1e200]], VoteError),
        ([[1.00000001]], VoteError),
        ([["agree"]], VoteError),
        ([[1], [1, 0]], VoteError),
        ([[1j]], VoteError),
        (csr_array([[2.0, 1.0]]), VoteError),
        (csr_array([[np.nan, 1.0]]), NotFiniteError),
        (coo_array([[1.0, 0.0]]), ShapeError),
        (csr_array(([1.0, -1.0], [0, 0], [0, 2]), shape=(1, 2)), DuplicateError),
        (csr_array([[1j]]), VoteError),
    ],
)
def test_wrong_votes_are_refused_by_type(table, error):
    with pytest.raises(error):
        Votes.of(table)


def test_input_is_not_changed_and_what_is_stored_cannot_be():
    table = np.array([[1.0, np.nan], [0.0, -1.0]])
    before = table.copy()

    found = Votes.of(table)

    np.testing.assert_array_equal(table, before)
    with pytest.raises(ValueError, match="read-only"):
        found.values[0, 0] = 0
