"""Seat plans: golden plans, existence, every starter, certificate against the checker."""

from itertools import combinations

import pytest

from alpclusters.analysis.rotation import certify, repeat_bound, seat
from alpclusters.analysis.rotation.fields import IRREDUCIBLE, field
from alpclusters.analysis.rotation.words import (
    BEST_KNOWN,
    FULL,
    NEAR,
    ODD,
    full_words,
    is_prime_power,
)
from tests.analysis.rotation_checker import check_rounds

pytestmark = pytest.mark.unit


def words_of(plan, n=None):
    return " ".join("".join(map(str, word)) for word in plan.seats[:n].tolist())


def figures_of(plan):
    return {
        "repeats": plan.repeats,
        "revisits": plan.revisits,
        "max_meetings": plan.max_meetings,
        "pairs_met": plan.pairs_met,
        "balanced": plan.size_max - plan.size_min <= 1,
    }


def assert_perfect(guests, tables, rounds):
    """Nobody meets twice, nobody comes back, tables are equal, and the result says so."""
    plan = seat(guests, tables, rounds)
    found = check_rounds(plan.rounds, guests=guests)
    assert found == figures_of(plan), (guests, tables, rounds)
    told = (plan.lower_bound, plan.revisit_bound, plan.optimal, plan.reasons)
    assert told == (0, 0, True, ()), (guests, tables, rounds)
    assert (found["repeats"], found["revisits"], found["balanced"]) == (0, 0, True)


def assert_explained(guests, tables, rounds):
    """The cases that cannot be had or are not known say why."""
    plan = seat(guests, tables, rounds)
    assert check_rounds(plan.rounds, guests=guests) == figures_of(plan)
    codes = [reason.code for reason in plan.reasons]
    assert plan.lower_bound == 0
    if tables == 3:
        assert (plan.repeats, plan.revisits, plan.revisit_bound) == (0, guests, guests)
        assert (codes, plan.optimal) == (["more_rounds_than_tables"], True)
        return
    unknown = "order_six_unknown" if guests < 29 else "order_six_impossible"
    assert (codes, plan.optimal, plan.revisits) == ([unknown], False, 0)
    assert plan.repeats == BEST_KNOWN[guests]


def is_named_exception(guests, tables, rounds):
    return rounds == 4 and (tables == 3 or (tables == 6 and guests >= 26))


def sweep(tables, numbers):
    for rounds in (2, 3, 4):
        for guests in numbers:
            named = is_named_exception(guests, tables, rounds)
            (assert_explained if named else assert_perfect)(guests, tables, rounds)


def test_plan_over_a_field_is_the_golden_one():
    plan = seat(12, 4, 3)

    assert words_of(plan) == "012 103 230 321 023 132 201 310 031 120 213 302"
    assert (plan.pairs_met, plan.repeats, plan.method) == (36, 0, "affine GF(4)")


def test_plan_of_a_near_starter_is_the_golden_one():
    plan = seat(24, 6, 4)

    assert words_of(plan, 8) == "0135 1240 2351 3402 4513 5024 1053 2104"
    assert (plan.pairs_met, plan.size_min, plan.size_max) == (144, 4, 4)
    assert plan.method == "near starter Z_6"


@pytest.mark.parametrize(
    ("guests", "tables", "rounds", "pairs"), [(30, 6, 3, 180), (90, 10, 4, 1440)]
)
def test_full_house_meets_the_golden_number_of_pairs(guests, tables, rounds, pairs):
    plan = seat(guests, tables, rounds)

    assert (plan.pairs_met, plan.repeats, plan.revisits) == (pairs, 0, 0)


def test_nine_guests_at_three_tables_have_twins_and_meet_the_bound():
    plan = seat(9, 3, 3)

    assert (plan.repeats, plan.lower_bound, plan.max_meetings, plan.revisits) == (6, 6, 3, 0)
    assert [reason.code for reason in plan.reasons] == ["more_guests_than_words"]
    assert plan.optimal


@pytest.mark.parametrize("tables", range(3, 31))
def test_nobody_meets_twice_and_nobody_comes_back(tables):
    full = tables * (tables - 1)
    few = {tables, full - tables + 1, full}
    sweep(tables, sorted(few if tables > 15 else {*few, full // 2, full - tables, full - 1}))


@pytest.mark.parametrize("tables", [3, 4, 5, 6, 7])
def test_small_cafes_are_perfect_for_every_number_of_guests(tables):
    sweep(tables, range(tables, tables * (tables - 1) + 1))


@pytest.mark.load
@pytest.mark.full
@pytest.mark.parametrize("tables", range(3, 31))
def test_every_number_of_guests_is_perfect_or_explained(tables):
    sweep(tables, range(tables, tables * (tables - 1) + 1))


@pytest.mark.parametrize(
    ("guests", "tables", "rounds", "repeats"),
    [
        (36, 6, 3, 12),
        (40, 6, 3, 20),
        (100, 10, 3, 20),
        (110, 10, 3, 40),
        (95, 10, 4, 15),
        (140, 12, 4, 24),
        (198, 14, 4, 48),
        (700, 20, 3, 640),
    ],
)
def test_twins_reach_the_bound_above_the_number_of_words(guests, tables, rounds, repeats):
    plan = seat(guests, tables, rounds, prefer="few")

    assert (plan.repeats, plan.lower_bound, plan.revisits) == (repeats, repeats, 0)
    assert check_rounds(plan.rounds, guests=guests) == figures_of(plan)


def test_missing_balanced_doubling_is_admitted():
    plan = seat(100, 10, 4, prefer="few", max_iterations=20)

    assert plan.repeats > plan.lower_bound == 30
    assert plan.reasons[0].code == "no_balanced_doubling"
    assert not plan.optimal


@pytest.mark.parametrize(
    ("guests", "tables", "rounds"),
    [
        (700, 30, 4), (870, 30, 4), (600, 26, 4), (420, 21, 4), (90, 10, 4), (81, 10, 4),
        (24, 6, 4), (300, 20, 3), (50, 8, 4),
    ],
)  # fmt: skip
def test_certificate_agrees_with_the_checker(guests, tables, rounds):
    plan = seat(guests, tables, rounds)

    assert check_rounds(plan.rounds, guests=guests) == figures_of(plan)


@pytest.mark.parametrize("q", IRREDUCIBLE)
def test_polynomial_of_every_field_is_irreducible(q):
    ring = field(q)

    assert (ring.multiply[1:, 1:] > 0).all()
    assert all(sorted(row) == list(range(q)) for row in ring.add.tolist())


def base_words(text):
    words = [(0, *map(int, word.split(","))) for word in text.split()]
    return [w for word in words for w in (word, (word[1], word[0], word[3], word[2]))]


@pytest.mark.parametrize("tables", [*NEAR, *ODD])
def test_starter_has_every_difference_at_most_once(tables):
    words = base_words({**NEAR, **ODD}[tables])

    assert len(words) == tables - (2 if tables in NEAR else 1)
    for i, j in combinations(range(4), 2):
        differences = [(word[j] - word[i]) % tables for word in words]
        assert 0 not in differences
        assert len(set(differences)) == len(differences)


@pytest.mark.parametrize("tables", FULL)
def test_full_starter_has_every_difference_once_beside_the_fixed_table(tables):
    words = [tuple(word) for word in full_words(tables)[0][:: tables - 1].tolist()]

    assert len(words) == tables
    for i, j in combinations(range(4), 2):
        finite = [word for word in words if tables - 1 not in (word[i], word[j])]
        differences = [(word[j] - word[i]) % (tables - 1) for word in finite]
        assert sorted(differences) == list(range(1, tables - 1))


def test_prime_powers_are_told_from_other_numbers():
    found = [n for n in range(2, 31) if is_prime_power(n)]

    assert found == [2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 19, 23, 25, 27, 29]


def test_seven_hundred_guests_meet_once():
    plan = seat(700, 30, 4)

    assert (plan.repeats, plan.revisits) == (0, 0)


def test_certificate_counts_what_happened():
    found = certify([[[1, 2, 3], [4]], [[1, 2], [3]], [[2, 1], []]])

    assert (found.guests, found.repeats, found.revisits) == (4, 2, 4)
    assert (found.max_meetings, found.pairs_met, found.size_min, found.size_max) == (3, 3, 0, 3)


def test_lower_bound_and_pairs_are_part_of_the_record():
    record = seat(24, 6, 4).as_record()

    wanted = ("repeats", "lower_bound", "revisits", "size_min", "size_max", "pairs_met")
    assert [record[name] for name in wanted] == [0, 0, 0, 4, 4, 144]
    assert len(record["rounds"]) == 4
    assert repeat_bound(24, 6, 4).value == 0
