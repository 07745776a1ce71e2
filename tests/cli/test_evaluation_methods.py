"""Which answers go into which method: nothing of rejected items, nothing of few people."""

import numpy as np
import pytest

from alpclusters.analysis.consensus import CANNOT_JUDGE, Ratings, describe
from alpclusters.cli.evaluation_methods import apply_methods, kept_items
from alpclusters.cli.evaluation_places import group_places, people_per_mark

pytestmark = pytest.mark.unit


def make_ratings(values, *, people=20, scale=(1, 5)):
    rows = [
        (f"p{person:02}", item, answers[(person + shift) % len(answers)])
        for shift, (item, answers) in enumerate(values.items())
        for person in range(people)
    ]
    return Ratings.from_rows(rows, scale=scale, measures=list(values))


def results_of(ratings, *, hidden=None, groups=None, agree_from=None):
    description = describe(ratings, groups=groups or {})
    found = apply_methods(
        {"": ratings}, {"": description}, hidden=hidden, groups=groups, agree_from=agree_from
    )
    return found, found.by_criterion[""]


VALUES = {"a": [5, 4, 4], "b": [2, 1, 3], "c": [3, 4], "d": [1, 5, 2]}


def test_rejected_items_are_in_no_result():
    results, found = results_of(make_ratings(VALUES), hidden={"a": "rejected"})

    assert [item.measure for item in found.ranking.measures] == ["b", "c", "d"]
    assert [item.measure for item in found.agreement.measures] == ["b", "c", "d"]
    assert results.left_out[""] == {"a": "rejected"}
    assert "a" not in found.opinion.listed
    assert "a" not in {found.opinion.items[s.statement] for s in found.opinion.majority.agree}


def test_items_of_few_people_are_not_ranked():
    few = [("x1", "e", 5), ("x2", "e", 5), ("x3", "e", 1)]
    base = make_ratings(VALUES)
    rows = [
        (base.rater_ids[r], base.measure_ids[m], v)
        for r, m, v in zip(base.rater, base.measure, base.value, strict=True)
    ]

    results, found = results_of(
        Ratings.from_rows([*rows, *few], scale=(1, 5), measures=[*VALUES, "e", "nobody"])
    )

    assert results.left_out[""] == {"e": "small_group", "nobody": "no_ratings"}
    assert found.ranked("e") is found.ranked("nobody") is None
    assert found.ranked("a").tier == 1


def test_three_people_are_withheld_as_a_whole():
    results, found = results_of(make_ratings(VALUES, people=3))

    assert found.ranking is None
    assert found.missing["ranking"] == ("small_group",)
    assert found.agreement.alpha_ordinal is None
    assert found.opinion.listed == frozenset()
    assert set(results.left_out[""].values()) == {"small_group"}


@pytest.mark.slow
def test_fit_that_would_be_too_large_is_refused_with_its_reason():
    rng = np.random.default_rng(1)
    items = np.repeat(np.arange(4001), 6)
    raters = np.arange(items.size) % 2100
    ratings = Ratings.from_arrays(raters, items, rng.integers(1, 6, items.size), scale=(1, 5))

    _, found = results_of(ratings)

    assert found.ranking is None
    assert found.missing["ranking"] == ("too_large",)
    assert "nobody_placed" in found.opinion.groups.reasons or found.opinion.groups.k <= 1


@pytest.mark.parametrize(
    ("scale", "agree_from", "cuts"),
    [
        ((1, 5), None, (4, 2)),
        ((1, 5), 5, (5, 1)),
        ((1, 5), 3, (3, 2)),
        ((1, 7), 5, (5, 3)),
        ((1, 9), None, (7, 3)),
        ((1, 7), None, None),
        ((1, 5), 1, None),
    ],
)
def test_ratings_become_votes_at_a_threshold_and_its_mirror(scale, agree_from, cuts):
    _, found = results_of(make_ratings({"a": [1, 2, 3]}, scale=scale), agree_from=agree_from)

    if cuts is None:
        assert found.opinion is None
        assert found.missing["opinion"] == ("thresholds_missing",)
    else:
        stated = found.opinion.groups.conventions
        assert (stated.threshold("agree_from"), stated.threshold("disagree_to")) == cuts


def test_declared_groups_stand_in_below_forty_people():
    groups = {"region": {f"p{person:02}": "AT" if person < 12 else "SI" for person in range(20)}}

    _, found = results_of(make_ratings(VALUES), groups=groups)

    assert (found.opinion.groups.kind, found.opinion.split) == ("declared", "region")
    assert found.opinion.groups.sizes == (12, 8)
    assert found.opinion.listed == frozenset(VALUES)
    assert found.opinion.places == ()


@pytest.mark.parametrize("first", [17, 1])
def test_declared_groups_with_a_small_one_are_not_used(first):
    groups = {"region": {f"p{person:02}": "AT" if person < first else "SI" for person in range(20)}}

    _, found = results_of(make_ratings(VALUES), groups=groups)

    assert found.opinion.groups.kind == "found"
    assert found.opinion.groups.reasons == ("fewer_than_40",)


def test_declared_groups_are_not_used_where_somebody_is_left_over():
    values = {item: [5, 4, 1, 2] for item in "abcdefgh"}
    ratings = make_ratings(values)
    only_two = (ratings.rater != 3) | (ratings.measure < 2)
    thin = Ratings.from_arrays(
        [ratings.rater_ids[r] for r in ratings.rater[only_two]],
        [ratings.measure_ids[m] for m in ratings.measure[only_two]],
        ratings.value[only_two],
        scale=(1, 5),
    )
    groups = {"region": {f"p{person:02}": "AT" if person < 12 else "SI" for person in range(20)}}

    _, found = results_of(thin, groups=groups)

    assert found.opinion.groups.kind == "found"


def test_cannot_judge_goes_with_its_item():
    ratings = make_ratings({"a": [5, CANNOT_JUDGE], "b": [1, 2], "c": [CANNOT_JUDGE, 3]})

    kept = kept_items(ratings, {"b": "rejected"})

    assert kept.measure_ids == ("a", "c")
    assert (kept.value.size, kept.cannot[0].size) == (20, 20)
    assert set(kept.value[kept.measure == 1]) == {3.0}


def test_two_criteria_have_a_ranking_each_and_one_together():
    ratings = {"eff": make_ratings(VALUES), "dur": make_ratings(VALUES)}
    descriptions = {name: describe(one) for name, one in ratings.items()}

    results = apply_methods(ratings, descriptions)

    assert results.combined.conventions.scale == (0.0, 1.0)
    assert "equal_criteria_weights" in results.combined.reasons
    assert all(found.ranking.tiers for found in results.by_criterion.values())


def test_no_place_on_the_map_belongs_to_fewer_than_five_people():
    camp = np.repeat([5, 1], [30, 20])
    rng = np.random.default_rng(2)
    rows = [
        (person, item, int(3 + (-1) ** item * (camp[person] - 3) if rng.random() > 0.1 else 3))
        for person in range(50)
        for item in range(10)
    ]
    _, found = results_of(Ratings.from_rows(rows, scale=(1, 5)))
    places = group_places(found.opinion.groups)

    assert [sum(place.n for place in group) for group in places] == [30, 20]
    assert min(place.n for group in places for place in group) >= 5
    assert people_per_mark(1000) == 7


def test_cut_of_polis_is_there_on_request_only_and_in_no_list():
    ratings = make_ratings(VALUES, people=60)
    description = describe(ratings)

    usual, asked = (
        apply_methods({"": ratings}, {"": description}, with_polis=wished).by_criterion[""].opinion
        for wished in (False, True)
    )

    assert usual.polis is None
    assert sum(asked.polis.sizes) == 60
    assert asked.polis.k > 1
    assert asked.groups.k == usual.groups.k
    assert asked.listed == usual.listed
