"""Opinion groups: what is found, what is declared, what stays undefined, what plays no part."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.errors import AnalysisError, ShapeError
from alpclusters.analysis.opinion import (
    Votes,
    adjusted_rand_index,
    group_informed_consensus,
    opinion_groups,
    results,
)
from alpclusters.analysis.opinion.search import search_groups
from tests.analysis.opinion_data import planted

pytestmark = pytest.mark.unit

SEEDS = st.integers(0, 10_000)


def grouped(votes, **options):
    return opinion_groups(votes, **{"resamples": 0, "starts": 5, **options})


def test_planted_camps_are_found_and_come_back():
    votes, camp = planted(120, 40)

    found = opinion_groups(votes, resamples=20)

    assert adjusted_rand_index(found.members, camp) == 1
    assert (found.k, found.status, found.reasons, found.kind) == (3, "ok", (), "found")
    assert found.sizes == tuple(sorted(np.bincount(camp).tolist(), reverse=True))
    assert found.stability.word == "stable"
    assert found.stability.k_chosen == (0, 0, 20, 0, 0)
    assert found.stability.as_record()["resamples"] == 20


def test_votes_without_camps_are_flagged():
    votes = np.random.default_rng(4).choice([1.0, 0.0, -1.0], (80, 12))

    found = opinion_groups(votes, resamples=20)

    assert (found.status, found.reasons) == ("limited", ("groups_not_stable",))


def test_result_says_how_it_was_made():
    ratings = Ratings.from_rows(
        [(p, m, 1 + (p + m) % 5) for p in range(45) for m in range(4)], scale=(1, 5)
    )

    found = opinion_groups(Votes.from_ratings(ratings), seed=5, resamples=2).conventions

    assert (found.method, found.seed, found.draws, found.missing) == (
        "opinion_groups",
        5,
        2,
        "statement_mean",
    )
    wanted = {"min_votes": 7, "min_people": 40, "min_group": 5, "agree_from": 4, "disagree_to": 2}
    assert {name: found.threshold(name) for name in wanted} == wanted


@given(SEEDS)
def test_order_of_people_and_statements_changes_only_labels(seed):
    votes, _ = planted(60, 15, seed=seed)
    rng = np.random.default_rng(seed)
    people, statements = rng.permutation(60), rng.permutation(15)
    usual = grouped(votes)

    found = grouped(votes[people][:, statements])

    assert found.k == usual.k
    assert adjusted_rand_index(found.members, usual.members[people]) == 1
    assert found.silhouettes == pytest.approx(usual.silhouettes, abs=1e-9)
    assert found.projection == pytest.approx(usual.projection[people], abs=1e-9)
    assert found.components == pytest.approx(usual.components[:, statements], abs=1e-9)


@given(SEEDS)
def test_turned_votes_mirror_the_map_and_keep_the_groups(seed):
    votes, _ = planted(60, 15, seed=seed)
    usual = grouped(votes)

    found = grouped(-votes)

    assert found.members.tolist() == usual.members.tolist()
    assert found.projection == pytest.approx(-usual.projection, abs=1e-9)
    assert found.centre == pytest.approx(-usual.centre)
    shared = group_informed_consensus(votes, usual.members)
    turned = group_informed_consensus(-votes, found.members)
    assert turned.agree.tolist() == shared.disagree.tolist()


@given(SEEDS, st.integers(41, 70), st.integers(1, 12), st.floats(0.1, 1))
def test_figures_stay_within_bounds_on_any_votes(seed, n_people, n_statements, filled):
    rng = np.random.default_rng(seed)
    votes = rng.choice([1.0, 0.0, -1.0], (n_people, n_statements))
    votes[rng.random(votes.shape) > filled] = np.nan

    found = grouped(votes, starts=2)

    assert (np.abs(found.silhouettes) <= 1).all()
    shares = found.variance_shares[~np.isnan(found.variance_shares)]
    assert ((shares >= 0) & (shares <= 1 + 1e-12)).all()
    assert sum(found.sizes) == found.n_placed == np.count_nonzero(found.members >= 0)
    assert found.k == len(found.sizes)
    assert list(found.sizes) == sorted(found.sizes, reverse=True)
    assert found.k <= 1 or min(found.sizes) >= 5
    placed = np.count_nonzero(~np.isnan(votes), axis=1) >= min(7, n_statements)
    assert found.members.tolist() == np.where(placed, found.members, -1).tolist()


def test_same_seed_gives_the_same_bits():
    votes, _ = planted()

    first, second = (opinion_groups(votes, seed=9, resamples=5) for _ in range(2))

    assert first.members.tobytes() == second.members.tobytes()
    assert first.projection.tobytes() == second.projection.tobytes()
    assert first.stability.indices.tobytes() == second.stability.indices.tobytes()


def test_many_people_are_resampled_in_part(monkeypatch):
    votes, _ = planted(150, 20)
    monkeypatch.setattr(results, "MAX_PEOPLE", 100)
    monkeypatch.setattr(results, "DRAWN", 90)

    found = opinion_groups(votes, resamples=4).stability

    assert (found.n_drawn, found.word, sum(found.k_chosen)) == (90, "stable", 4)


@pytest.mark.parametrize(
    ("median", "low", "word"),
    [
        (0.8, 0.6, "stable"),
        (0.9, 0.59, "uncertain"),
        (0.79, 0.7, "uncertain"),
        (0.5, 0.0, "uncertain"),
        (0.49, 0.4, "not_stable"),
    ],
)
def test_words_of_stability_follow_the_convention(median, low, word):
    assert results._word(median, low) == word


def test_people_with_few_votes_are_not_placed_but_shown():
    votes, _ = planted(80, 20, filled=1)
    votes[3, 6:] = np.nan
    votes[4, 7:] = np.nan

    found = grouped(votes)

    assert np.flatnonzero(found.members < 0).tolist() == [3]
    assert np.isfinite(found.projection[3]).all()


def test_rejected_statements_are_left_out():
    votes, _ = planted(80, 20)
    moderated = np.where(np.arange(20) < 12, 1, -1)

    found = grouped(votes, moderated=moderated)

    alone = grouped(votes[:, :12])
    assert found.members.tolist() == alone.members.tolist()
    assert found.used.tolist() == (moderated == 1).tolist()
    assert np.isnan(found.components[:, 12:]).all()
    assert np.isnan(found.statement_places[12:]).all()
    assert np.isnan(found.centre[12:]).all()
    assert found.components[:, :12].tolist() == alone.components.tolist()


def test_statements_not_reviewed_stay():
    votes, _ = planted(50, 10)

    found = grouped(votes, moderated=np.zeros(10))

    assert found.used.all()


def test_server_rule_passes_on_rejected_statements():
    votes, _ = planted(80, 20)
    moderated = np.where(np.arange(20) < 12, 1, -1)

    found = grouped(votes, moderated=moderated, compat="polis")

    filled = np.where(moderated == -1, 0, votes)
    assert found.projection == pytest.approx(grouped(filled).projection, abs=1e-12)
    n_votes = np.count_nonzero(~np.isnan(votes), axis=1)
    assert ((found.members >= 0) == (n_votes >= 7)).all()
    assert found.conventions.method == "opinion_groups.polis"


def test_server_rule_without_rejected_statements_is_our_rule():
    votes, _ = planted(80, 20)

    assert grouped(votes, compat="polis").members.tolist() == grouped(votes).members.tolist()


def test_large_votes_stored_sparse_give_the_same_groups(monkeypatch):
    votes, _ = planted(80, 20)
    moderated = np.where(np.arange(20) < 16, 1, -1)
    usual = grouped(votes, moderated=moderated)
    server = grouped(votes, moderated=moderated, compat="polis")
    monkeypatch.setattr("alpclusters.analysis.opinion.votes.MAX_DENSE_CELLS", 100)

    found = opinion_groups(votes, moderated=moderated, resamples=2)

    assert found.members.tolist() == usual.members.tolist()
    assert found.stability.word == "stable"
    again = grouped(votes, moderated=moderated, compat="polis")
    assert again.members.tolist() == server.members.tolist()


def test_fewer_than_forty_people_are_one_group():
    votes, _ = planted(39, 10, filled=1)

    found = opinion_groups(votes)

    assert (found.k, found.sizes, found.status) == (1, (39,), "limited")
    assert found.reasons == ("fewer_than_40",)
    assert found.silhouettes.size == 0
    assert found.stability is None
    assert np.isfinite(found.projection).all()


def test_declared_groups_stand_below_forty_people():
    votes, _ = planted(30, 10, filled=1)
    regions = ["tyrol"] * 6 + ["carinthia"] * 12 + ["south tyrol"] * 3 + ["", None, ""] + ["x"] * 6

    found = opinion_groups(votes, declared=regions)

    assert (found.kind, found.status, found.reasons) == ("declared", "ok", ())
    assert (found.names, found.sizes) == (("carinthia", "tyrol", "x"), (12, 6, 6))
    assert found.members.tolist() == [1] * 6 + [0] * 12 + [-1] * 6 + [2] * 6


def test_small_declared_groups_join_as_other():
    votes, _ = planted(24, 10, filled=1)
    countries = ["AT"] * 14 + ["SI"] * 4 + ["IT"] * 3 + ["other"] * 1 + [None] * 2

    found = opinion_groups(votes, declared=countries)

    assert (found.names, found.sizes) == (("AT", "other"), (14, 8))
    assert found.members.tolist() == [0] * 14 + [1] * 8 + [-1] * 2


def test_declared_groups_that_are_all_too_small_leave_one_group():
    votes, _ = planted(12, 10, filled=1)

    found = opinion_groups(votes, declared=["a"] * 3 + ["b"] + [""] * 8)

    assert (found.k, found.kind, found.sizes) == (1, "found", (12,))
    assert found.reasons == ("fewer_than_40", "declared_too_small")


def test_declared_groups_play_no_part_from_forty_people_on():
    votes, camp = planted(60, 20, filled=1)

    found = grouped(votes, declared=["a"] * 60)

    assert found.kind == "found"
    assert adjusted_rand_index(found.members, camp) == 1


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (5, 0), (50, 6)])
def test_no_votes_are_undefined(shape):
    found = opinion_groups(np.full(shape, np.nan))

    assert (found.status, found.reasons, found.k, found.sizes) == (
        "undefined",
        ("no_ratings",),
        0,
        (),
    )
    assert found.projection.shape == (shape[0], 2)
    assert found.components.shape == (2, shape[1])
    assert (found.members == -1).all()


def test_all_statements_rejected_is_undefined():
    assert grouped(np.ones((50, 3)), moderated=[-1] * 3).reasons == ("no_ratings",)


def test_nobody_with_enough_votes_is_flagged():
    votes = np.full((50, 20), np.nan)
    votes[:, 0] = 1

    found = grouped(votes)

    assert (found.status, found.k) == ("limited", 0)
    assert found.reasons == ("fewer_than_40", "nobody_placed")


@pytest.mark.parametrize("votes", [np.ones((50, 8)), np.tile([1.0, -1.0, 0.0], (50, 3))])
def test_equal_votes_of_all_people_are_one_group_without_variation(votes):
    found = opinion_groups(votes)

    assert (found.k, found.reasons, found.status) == (1, ("no_variation",), "limited")
    assert not found.projection.any()
    assert np.isnan(found.variance_shares).all()


def test_one_person_and_one_statement_have_a_place():
    found = opinion_groups([[1.0]])

    assert (found.k, found.sizes, found.reasons) == (1, (1,), ("fewer_than_40",))
    assert np.isnan(found.variances[1:]).all()
    assert found.projection.tolist() == [[0, 0]]


def test_one_person_apart_is_no_group():
    votes = np.ones((60, 10))
    votes[7] = -1

    found = grouped(votes)

    assert (found.k, found.reasons, found.candidates[0]) == (1, ("no_groups",), np.False_)
    assert found.silhouettes[0] == pytest.approx(59 / 60)


def test_statement_nobody_saw_lies_at_the_mean_of_zero():
    votes, _ = planted(60, 12)
    votes[:, 5] = np.nan

    found = grouped(votes)

    assert found.centre[5] == 0
    assert not found.components[:, 5].any()


@pytest.mark.parametrize(
    "options",
    [
        {"seed": -1},
        {"min_votes": 0},
        {"k_max": 1},
        {"starts": 0},
        {"resamples": -1},
        {"resamples": 2.5},
        {"compat": "other"},
    ],
)
def test_impossible_arguments_are_refused(options):
    with pytest.raises(AnalysisError) as caught:
        opinion_groups(np.ones((3, 3)), **options)

    assert caught.value.where.argument in options


@pytest.mark.parametrize("options", [{"declared": ["a"]}, {"moderated": [1]}])
def test_wrong_lengths_are_refused(options):
    with pytest.raises(ShapeError):
        opinion_groups(np.ones((3, 3)), **options)


def test_result_cannot_be_changed():
    found = opinion_groups(planted()[0], resamples=2)
    arrays = [getattr(found, name) for name in found.__slots__]

    for array in [*arrays, found.stability.indices]:
        if isinstance(array, np.ndarray):
            assert not array.flags.writeable


def test_a_cut_below_the_one_taken_is_not_asked_whether_its_groups_lie_apart():
    rng = np.random.default_rng(3)
    corners = np.array([[0.0, 0.0], [9.0, 0.0], [4.0, 8.0]])
    points = np.repeat(corners, 40, axis=0) + rng.normal(0, 0.5, (120, 2))
    asked = []

    def parts(labels):
        asked.append(int(labels.max()) + 1)
        return True

    found = search_groups(points, k_max=5, starts=5, rng=rng, parts=parts)

    assert asked == [3]
    assert np.bincount(found.labels).tolist() == [40, 40, 40]


def test_where_the_best_cut_has_groups_that_do_not_lie_apart_the_next_best_is_asked():
    rng = np.random.default_rng(4)
    corners = np.array([[0.0, 0.0], [9.0, 0.0], [4.0, 8.0]])
    points = np.repeat(corners, 40, axis=0) + rng.normal(0, 0.5, (120, 2))

    found = search_groups(points, k_max=5, starts=5, rng=rng, parts=lambda _: False)

    assert found.candidates.tolist()[:2] == [True, False]
    assert int(found.labels.max()) == 1
