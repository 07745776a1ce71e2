"""One answer per measure: named only where it is certain, and true when it is named."""

import csv
import json
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.decisions import CLASSES, decide, decide_votes
from alpclusters.analysis.errors import AnalysisError, ShapeError
from alpclusters.analysis.ranking import rank_measures, rating_columns

pytestmark = pytest.mark.unit

FIXTURES = "data/ratings/structure"
NAMES = {"valued by all": "valued_by_all", "middle": "in_the_middle"}


def ranked(rows, scale=(1, 5)):
    ratings = Ratings.from_rows(rows, scale=scale)
    return rank_measures(*rating_columns(ratings), scale=scale), ratings


def room(values, n=20):
    """So many people who all rate as told, with a little to and fro."""
    return [
        (person, name, value + wave)
        for person in range(n)
        for name, value in values.items()
        for wave in [(person % 3 - 1) * (1 < value < 5)]
    ]


def two_halves(first, second, n=20):
    """Two groups that rate as told each, and the group of each person."""
    rows = [(f"a{who}", *row) for who, *row in room(first, n)]
    rows += [(f"b{who}", *row) for who, *row in room(second, n)]
    return rows, {who: who[0] for who, *_ in rows}


# --- golden values -------------------------------------------------------------------------------


def test_measures_of_the_fixture_are_decided_as_in_the_paper(shared):
    with (shared / FIXTURES / "divided-ratings.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    expected = json.loads((shared / FIXTURES / "expected.json").read_text("utf-8"))["divided"]
    rows = [(int(one["person"]), int(one["measure"]), float(one["rating"])) for one in lines]
    camps = {int(one["person"]): one["camp"] for one in lines}

    found = decide(*ranked(rows), groups=camps, are_camps=True)

    for measure, (word, share) in enumerate(zip(expected["named"], expected["P"], strict=True)):
        decision = found.measure(measure)
        assert [one.value for one in decision.probabilities] == pytest.approx(share, abs=0.03)
        if measure != 8:  # too near to its bar to be asked for
            assert decision.outcome == NAMES.get(word, word)
    divided = [one.measure for one in found.measures if one.divides >= 0.80]
    assert sorted(divided) == [8, 9, 10, 11]


# --- what the classes mean -----------------------------------------------------------------------


def test_every_class_is_named_for_a_clear_case():
    rows, groups = two_halves(
        {"good": 5, "apart": 5, "bad": 1, "so-so": 3, "split": 5},
        {"good": 4, "apart": 2, "bad": 2, "so-so": 3, "split": 1},
        n=60,
    )

    found = decide(*ranked(rows), groups=groups, threshold=3.3)

    outcomes = {one.measure: one.outcome for one in found.measures}
    assert outcomes["good"] == "valued_by_all"
    assert outcomes["apart"] == "valued_but_divided"
    assert outcomes["bad"] == "rejected"
    assert found.groups == ("a", "b")
    assert found.measure("apart").divides > 0.99
    assert found.measure("good").divides < 0.80


def test_a_measure_one_group_finds_middling_is_not_valued_by_all():
    # Nobody is against it: what is missing is the value of one group alone.
    rows = [(f"{half}{who}", "x", {"a": 5, "b": 3}[half]) for half in "ab" for who in range(60)]
    rows += [
        (who, name, 3 + (int(who[1:]) + i) % 2) for who, *_ in rows for i, name in enumerate("yz")
    ]

    x = decide(*ranked(rows), groups={who: who[0] for who, *_ in rows}).measure("x")

    assert (x.outcome, x.n_against) == ("valued_but_divided", 0)


def test_only_camps_can_be_bridged():
    # Both groups value it on the whole, and in both three of ten are against.
    rows = [
        (f"{half}{who}", "loved and feared", 1 if who % 10 < 3 else 5)
        for half in "ab"
        for who in range(200)
    ]
    rows += [
        (who, name, 3 + (int(who[1:]) + i) % 2) for who, *_ in rows for i, name in enumerate("xyz")
    ]
    groups = {who: who[0] for who, *_ in rows}
    ranking, ratings = ranked(rows)

    as_camps = decide(ranking, ratings, groups=groups, are_camps=True)
    as_regions = decide(ranking, ratings, groups=groups)

    assert as_camps.measure("loved and feared").outcome == "bridge"
    assert as_regions.measure("loved and feared").outcome == "valued_but_divided"


def test_one_answer_in_all_groups_tells_who_is_lower():
    rows, groups = two_halves({"x": 5, "y": 3, "z": 2}, {"x": 3, "y": 3, "z": 2}, n=40)

    x = decide(*ranked(rows), groups=groups).measure("x")

    lower = {one.group: one.lower for one in x.groups}
    assert lower["b"] > 0.99
    assert lower["a"] < 0.01


def test_strict_people_in_one_group_are_no_difference_of_opinion():
    g = np.random.default_rng(3)
    rows = [
        (f"{half}{who}", name, float(np.clip(round(value + shift + g.normal(0, 0.5)), 1, 9)))
        for half, shift in (("a", 0), ("b", 0))
        for who in range(40)
        for shift in [shift + g.normal(0, 1)]
        for name, value in {"x": 7, "y": 5, "z": 3}.items()
    ]

    found = decide(*ranked(rows, scale=range(1, 10)), groups={who: who[0] for who, *_ in rows})

    assert all(one.divides < 0.05 for one in found.measures)


# --- what is not told ----------------------------------------------------------------------------


def test_a_measure_with_fewer_than_ten_answers_is_not_decided():
    rows = [*room({"x": 5, "y": 4, "z": 1}), *[(who, "new", 5) for who in range(9)]]

    new = decide(*ranked(rows)).measure("new")

    assert (new.outcome, new.probabilities, new.n, new.likeliest) == (
        "not_judged_enough",
        (),
        9,
        (),
    )


def test_a_measure_that_four_of_a_group_have_rated_is_not_decided():
    rows, groups = two_halves({"x": 5, "y": 4, "z": 1}, {"x": 5, "y": 4, "z": 1})
    rows = [row for row in rows if row[1] != "x" or row[0][0] == "a" or int(row[0][1:]) < 4]

    found = decide(*ranked(rows), groups=groups)

    assert found.measure("x").outcome == "not_judged_enough"
    assert found.measure("y").outcome == "valued_by_all"


def test_groups_under_five_are_left_out_and_more_than_six_are_taken_together():
    rows = room({"x": 5, "y": 4, "z": 1}, n=40)
    ranking, ratings = ranked(rows)
    four = {who: "few" if who < 4 else "ab"[who % 2] for who in range(40)}

    some = decide(ranking, ratings, groups=four)
    many = decide(ranking, ratings, groups={who: who % 8 for who in range(40)})
    one = decide(ranking, ratings, groups=dict.fromkeys(range(40), "all"))

    assert (some.groups, some.sizes, some.n_people) == (("a", "b"), (18, 18), 40)
    assert "small_groups" in some.reasons
    assert some.status == ranking.status
    assert (many.groups, many.status) == ((), "limited")
    assert "many_groups" in many.reasons
    assert one.groups == ()
    assert one.measures == decide(ranking, ratings).measures


def test_nothing_is_decided_where_nothing_can_be_ranked():
    found = decide(*ranked([("one", "x", 5), ("one", "y", 4)]))

    assert found.status == "undefined"
    assert {one.outcome for one in found.measures} == {"not_judged_enough"}


def test_an_estimate_of_zero_is_a_value():
    found = decide(*ranked([(w, m, v - 3) for w, m, v in room({"x": 5, "y": 3, "z": 1})], (-2, 2)))

    assert {one.measure: one.outcome for one in found.measures}["x"] == "valued_by_all"


def test_groups_that_never_waver_are_decided_without_a_warning():
    rows = [
        (f"{half}{i}", name, v)
        for half in "ab"
        for i in range(9)
        for name, v in zip("xyz", (5, 3, 1), strict=True)
    ]

    found = decide(*ranked(rows), groups={who: who[0] for who, *_ in rows})

    assert [one.outcome for one in found.measures] == ["valued_by_all", "rejected", "in_the_middle"]


# --- order and refusals --------------------------------------------------------------------------


def test_measures_stand_by_class_then_tier_then_value():
    found = decide(*ranked(room({"a": 1, "b": 5, "c": 3, "d": 4, "e": 2, "f": 5}, n=40)))

    outcomes = [one.outcome for one in found.measures]
    places = [CLASSES.index(one) for one in outcomes if one in CLASSES]
    assert places == sorted(places)
    assert {one.measure for one in found.measures[:2]} == {"b", "f"}
    for before, after in pairwise(found.measures):
        if before.outcome == after.outcome:
            is_lower = before.value < after.value
            assert is_lower == (before.outcome == "rejected")


def test_a_ranking_of_other_measures_is_refused():
    ranking, _ = ranked(room({"x": 5, "y": 4, "z": 1}))
    _, ratings = ranked(room({"x": 5, "y": 4, "other": 1}))

    with pytest.raises(ShapeError, match="other_ranking"):
        decide(ranking, ratings)


@pytest.mark.parametrize(
    "options", [{"threshold": 6}, {"against": 0}, {"certain": 1.5}, {"against_share": -0.1}]
)
def test_a_threshold_outside_its_range_is_refused(options):
    with pytest.raises(AnalysisError, match="out_of_range"):
        decide(*ranked(room({"x": 5, "y": 4, "z": 1})), **options)


# --- votes ---------------------------------------------------------------------------------------

COUNTS = st.lists(st.tuples(*[st.tuples(*[st.integers(0, 60)] * 3)] * 2), min_size=1, max_size=4)


@given(counts=COUNTS)
def test_classes_of_votes_exclude_each_other_and_sum_to_one(counts):
    names = [str(place) for place in range(len(counts))]
    found = decide_votes(counts, names, groups="ab", sizes=[200, 200], draws=200)

    for one in found.measures:
        enough = sum(map(sum, counts[int(one.measure)])) >= 10 and all(
            sum(part) >= 5 for part in counts[int(one.measure)]
        )
        assert bool(one.probabilities) == enough
        assert sum(part.value for part in one.probabilities) == pytest.approx(int(enough))
        assert all(part.value == 0 for part in one.probabilities if part.of == "bridge")


def exactly(agree, neutral, against):
    """Probabilities of one group by integrals: no draws, no Dirichlet."""
    from scipy import integrate, stats  # noqa: PLC0415 - heavy

    share = stats.beta(agree + 0.5, neutral + against + 1)
    rest = stats.beta(against + 0.5, neutral + 0.5)  # of those who do not agree, who is against
    odds = stats.beta(agree + 0.5, against + 0.5)

    def over(low, high, of):
        return integrate.quad(lambda x: share.pdf(x) * of(x), low, high, limit=200)[0]

    by_all = over(0.5, 1, lambda x: rest.cdf(min(0.2 / (1 - x), 1) if x < 1 else 1))
    valued = share.sf(0.5)
    # Whoever has half of all has half of those for and against.
    rejected = odds.cdf(0.5)
    return by_all, 0.0, valued - by_all, rejected, 1 - valued - rejected


@pytest.mark.parametrize("votes", [(30, 8, 7), (18, 10, 15), (9, 20, 12), (22, 3, 12)])
def test_draws_agree_with_integrals(votes):
    found = decide_votes([[votes]], ["one"], draws=40_000).measures[0]

    expected = exactly(*votes)
    assert [one.value for one in found.probabilities] == pytest.approx(expected, abs=0.012)


# --- how often it comes true ---------------------------------------------------------------------

DESIGNS = {"two camps": (120, True), "one opinion": (60, False)}


def simulated(design, seed):
    """Five-point ratings of 24 measures, 40 % filled, and the class of each among 4,000 people."""
    n, has_camps = DESIGNS[design]
    g = np.random.default_rng([seed, n])
    base = 3.2 + g.normal(0, 0.6, 24)
    tilt = np.where(g.random(24) < 1 / 3, g.choice([-1.1, 1.1], 24), 0.0) * has_camps
    spread = np.where(tilt, 0.8, g.choice([0.5, 0.8], 24))

    def answers(people):
        camp = np.where(g.random(people) < 0.6, 1.0, -1.0) if has_camps else np.zeros(people)
        latent = base + tilt * camp[:, None] + g.normal(0, 0.5, people)[:, None]
        return camp, np.clip(np.rint(latent + g.normal(0, spread, (people, 24))), 1, 5)

    camp, values = answers(n)
    rows = [(who, at, values[who, at]) for who, at in np.argwhere(g.random(values.shape) < 0.4)]
    side, population = answers(4000)
    truth = [true_class(population[:, at], side, has_camps) for at in range(24)]
    return [(int(w), int(m), v) for w, m, v in rows], dict(enumerate(camp > 0)), truth


def true_class(values, side, has_camps):
    parts = [values[side > 0], values[side < 0]] if has_camps else [values]
    means, against = [part.mean() for part in parts], [(part <= 2).mean() for part in parts]
    if values.mean() < 3:
        return "rejected"
    if values.mean() < 3.5:
        return "in_the_middle"
    if min(means) < 3.5:
        return "valued_but_divided"
    if max(against) <= 0.20:
        return "valued_by_all"
    return "bridge" if has_camps else "valued_but_divided"


@cache
def named_and_true(design, runs):
    named = []
    n_all = 0
    for seed in range(runs):
        rows, camps, truth = simulated(design, seed)
        has_camps = DESIGNS[design][1]
        groups = {who: "ab"[int(side)] for who, side in camps.items()} if has_camps else None
        found = decide(*ranked(rows), groups=groups, are_camps=has_camps)
        n_all += len(found.measures)
        named += [
            (one.outcome, one.outcome == truth[one.measure])
            for one in found.measures
            if one.outcome in CLASSES
        ]
    return named, n_all


@pytest.mark.parametrize("design", DESIGNS)
def test_what_is_named_mostly_comes_true(design):
    named, n_all = named_and_true(design, 8)

    assert len(named) >= 0.4 * n_all
    assert np.mean([is_true for _, is_true in named]) >= 0.85


@pytest.mark.full
@pytest.mark.parametrize("design", DESIGNS)
def test_each_class_that_is_named_mostly_comes_true(design):
    named, n_all = named_and_true(design, 100)

    assert len(named) >= 0.5 * n_all
    for outcome in CLASSES:
        came = [is_true for word, is_true in named if word == outcome]
        assert len(came) < 30 or np.mean(came) >= 0.85
