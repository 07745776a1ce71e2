"""k-means, silhouettes, the index of agreement and the plane, against values by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import ShapeError
from alpclusters.analysis.opinion import (
    Votes,
    adjusted_rand_index,
    projection,
    search,
    votes,
)
from alpclusters.analysis.opinion.projection import build_plane
from alpclusters.analysis.opinion.search import (
    lloyd,
    numbered_by_size,
    search_groups,
    seed_centres,
    silhouettes,
)
from tests.analysis.opinion_data import planted

pytestmark = pytest.mark.unit

POINTS = [(0, 0), (0, 1), (1, 0), (5, 5), (5, 6), (9, 0)]
LABELS = st.lists(st.integers(0, 3), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("000111", "001122", 0.2424242424),
        ("0011", "0101", -0.5),
        ("0011", "1100", 1),
        ("0000", "0000", 1),
        ("0123", "3210", 1),
        ("0000", "0011", 0),
        ("", "", 1),
        ("0", "1", 1),
    ],
)
def test_index_of_agreement_meets_the_golden_values(first, second, expected):
    assert adjusted_rand_index(list(first), list(second)) == pytest.approx(expected, abs=1e-9)


@given(LABELS, st.permutations(range(4)), st.randoms())
def test_index_ignores_names_and_order_and_counts_pairs(labels, names, random):
    other = labels.copy()
    random.shuffle(other)
    index = adjusted_rand_index(labels, other)

    renamed = [names[label] for label in labels]
    assert adjusted_rand_index(renamed, labels) == 1
    assert adjusted_rand_index(other, renamed) == pytest.approx(index, abs=1e-12)
    assert index == pytest.approx(pair_by_pair(labels, other), abs=1e-12)
    assert -0.5 <= index <= 1


def pair_by_pair(first, second):
    pairs = list(itertools.combinations(range(len(first)), 2))
    left = np.array([first[i] == first[j] for i, j in pairs], dtype=float)
    right = np.array([second[i] == second[j] for i, j in pairs], dtype=float)
    expected = left.sum() * right.sum() / len(pairs) if pairs else 0
    spread = (left.sum() + right.sum()) / 2 - expected
    return ((left * right).sum() - expected) / spread if spread else 1


@pytest.mark.parametrize(
    ("labels", "expected"), [("000111", 0.6076942408), ("000112", 0.7023751878)]
)
def test_silhouette_meets_the_golden_values(labels, expected):
    found = silhouettes(np.array(POINTS, float), [np.array(list(labels))])
    assert found[0] == pytest.approx(expected, abs=1e-9)


def test_silhouette_of_equal_points_is_zero():
    assert silhouettes(np.ones((4, 2)), [np.array([0, 0, 1, 1])])[0] == 0


def test_silhouettes_in_chunks_equal_those_in_one(monkeypatch):
    points = np.random.default_rng(2).normal(size=(50, 2))
    partitions = [np.arange(50) % k for k in (2, 3, 4)]
    whole = silhouettes(points, partitions)
    monkeypatch.setattr("alpclusters.analysis.opinion.search.CHUNK_CELLS", 120)

    assert silhouettes(points, partitions) == pytest.approx(whole, abs=1e-12)


@pytest.mark.parametrize("labels", [[0], [[0, 1], [0, 1]]])
def test_unequal_lengths_are_refused(labels):
    with pytest.raises(ShapeError):
        adjusted_rand_index([0, 1], labels)


def test_k_means_finds_the_best_partition_of_few_points():
    points = np.array(POINTS, dtype=float)
    rng = np.random.default_rng(0)

    found = lloyd(points, seed_centres(points, 3, starts=20, rng=rng))

    splits = itertools.product(range(3), repeat=6)
    assert found.inertia == pytest.approx(min(spread(points, np.array(s)) for s in splits))
    assert adjusted_rand_index(found.labels, [0, 0, 0, 1, 1, 2]) == 1


def spread(points, labels):
    groups = [points[labels == label] for label in set(labels.tolist())]
    return sum(((group - group.mean(axis=0)) ** 2).sum() for group in groups)


def test_empty_group_restarts_at_the_farthest_person():
    points = np.array(POINTS, dtype=float)
    far = np.array([[[0.0, 0.0], [99.0, 99.0], [98.0, 98.0]]])

    found = lloyd(points, far)

    assert sorted(np.bincount(found.labels, minlength=3).tolist()) == [1, 2, 3]


def test_groups_are_numbered_by_size_then_by_first_person():
    assert numbered_by_size(np.array([7, -1, 4, 4, 2, 2, 9])).tolist() == [2, -1, 0, 0, 1, 1, 3]


def test_sampled_search_finds_the_same_groups(monkeypatch):
    rng = np.random.default_rng(5)
    camp = np.repeat([0, 1, 2], [90, 70, 40])
    points = np.array([(0, 0), (6, 0), (0, 6)])[camp] + rng.normal(0, 0.7, (200, 2))
    whole = search_groups(points, k_max=5, starts=5, rng=np.random.default_rng(0))
    monkeypatch.setattr(search, "MAX_STARTED", 100)
    monkeypatch.setattr(search, "SAMPLE", 80)

    found = search_groups(points, k_max=5, starts=5, rng=np.random.default_rng(0))

    assert found.labels.tolist() == whole.labels.tolist() == camp.tolist()
    assert found.silhouettes[1] == pytest.approx(whole.silhouettes[1], abs=0.05)


def test_plane_is_that_of_the_singular_vectors():
    table, _ = planted()
    centre = np.nanmean(table, axis=0)
    centred = np.where(np.isnan(table), 0, table - centre)
    _, singular, axes = np.linalg.svd(centred, full_matrices=False)

    plane = build_plane(Votes.of(table))

    assert plane.centre == pytest.approx(centre, abs=1e-12)
    assert plane.variances == pytest.approx(singular[:3] ** 2 / 119, abs=1e-10)
    assert plane.total == pytest.approx((centred**2).sum() / 119)
    for ours, theirs in zip(plane.components, axes, strict=False):
        assert ours[np.abs(ours).argmax()] > 0
        assert ours == pytest.approx(np.sign(ours @ theirs) * theirs, abs=1e-9)
    n_votes = np.count_nonzero(~np.isnan(table), axis=1)
    places = np.sqrt(24 / n_votes)[:, None] * (centred @ plane.components.T)
    assert plane.people == pytest.approx(places, abs=1e-12)
    agreeing = np.full((1, 24), np.nan)
    agreeing[0, 4] = 1
    person = np.sqrt(24) * (1 - centre[4]) * plane.components[:, 4]
    assert plane.statements[4] == pytest.approx(person, abs=1e-12)


@pytest.mark.parametrize("limit", ["sparse", "single precision", "many statements", "both"])
def test_other_ways_of_computing_give_the_same_plane(monkeypatch, limit):
    table, _ = planted(150, 110)
    usual = build_plane(Votes.of(table))
    if limit in {"sparse", "both"}:
        monkeypatch.setattr(votes, "MAX_DENSE_CELLS", 1_000)
    if limit in {"many statements", "both"}:
        monkeypatch.setattr(projection, "MAX_GRAM", 50)
    if limit == "single precision":
        monkeypatch.setattr(projection, "MAX_DOUBLE_CELLS", 1_000)

    found = build_plane(Votes.of(table))

    near = 1e-4 if limit == "single precision" else 1e-9
    assert found.people == pytest.approx(usual.people, abs=near)
    assert found.components == pytest.approx(usual.components, abs=near)
    assert found.variances == pytest.approx(usual.variances, rel=near)


def test_many_statements_without_variation_have_a_plane(monkeypatch):
    monkeypatch.setattr(projection, "MAX_GRAM", 3)

    found = build_plane(Votes.of(np.ones((5, 6))))

    assert found.total == 0
    assert not found.people.any()


def test_votes_along_a_single_line_give_the_same_axes_again():
    side = np.repeat([1.0, -1.0], [30, 20])
    statements = np.random.default_rng(3).choice([1.0, -1.0], 120)
    votes = Votes.of(np.outer(side, statements))

    first, second = build_plane(votes), build_plane(votes)

    np.testing.assert_array_equal(first.components, second.components)
