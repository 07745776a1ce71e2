"""Pins, pairs to keep apart, languages, variants: what is kept, what it costs, what is refused."""

import math
from itertools import combinations

import numpy as np
import pytest

from alpclusters.analysis.errors import AnalysisError, DuplicateError, ShapeError
from alpclusters.analysis.rotation import (
    ApartInfeasible,
    Languages,
    PinConflict,
    seat,
    seat_choices,
)
from tests.analysis.rotation_checker import check_rounds, count_wrong_seats

pytestmark = pytest.mark.unit


def make_languages(guests, tables, *, seed=1):
    rng = np.random.default_rng(seed)
    codes = ["de", "en", "fr", "it", "sl"]
    first = rng.choice(codes, size=guests, p=[0.35, 0.2, 0.2, 0.15, 0.1])
    spoken = [{str(code)} | ({"en"} if rng.random() < 0.6 else set()) for code in first]
    return Languages.of(spoken, [codes[table % 5] for table in range(tables)])


def share_a_table(plan, a, b):
    return any(a in table and b in table for tables in plan.rounds for table in tables)


@pytest.mark.parametrize("guests", [22, 24, 25, 29])
def test_one_guest_per_table_may_stay_without_any_repeat(guests):
    plan = seat(guests, 6, 3, pins={guest: guest for guest in range(1, 7)})

    assert all(guest in tables[guest - 1] for tables in plan.rounds for guest in range(1, 7))
    found = check_rounds(plan.rounds, guests=guests)
    assert (found["repeats"], found["revisits"], found["balanced"]) == (0, 12, True)
    assert (plan.revisit_bound, plan.optimal) == (12, True)


def test_pin_of_one_round_is_kept_without_cost():
    plan = seat(25, 6, 3, pins={(3, 1): 2, (4, 2): 5, (4, 3): 1})

    assert 3 in plan.rounds[0][1]
    assert 4 in plan.rounds[1][4]
    assert 4 in plan.rounds[2][0]
    assert (plan.repeats, plan.revisits) == (0, 0)


def test_guests_named_by_id_are_pinned_by_id():
    plan = seat(["anna", "bor", "chiara", "dora"], 2, 2, pins={"chiara": 2})

    assert plan.guests == ("anna", "bor", "chiara", "dora")
    assert all(3 in tables[1] for tables in plan.rounds)


def test_pins_that_exclude_each_other_are_named():
    with pytest.raises(PinConflict) as twice:
        seat(5, 3, 2, pins={1: 1, (1, 2): 3})
    with pytest.raises(PinConflict) as full:
        seat(24, 6, 3, pins=dict.fromkeys(range(1, 6), 1))
    with pytest.raises(PinConflict) as together:
        seat(24, 6, 3, pins={1: 1, 2: 1}, apart=[(1, 2)])

    assert (twice.value.code, twice.value.found, twice.value.values) == (
        "seat.pin_twice", "1", {"n": 2},
    )  # fmt: skip
    assert (full.value.code, full.value.found) == ("seat.pins_exceed_table", "1, 2, 3, 4, 5")
    assert (together.value.code, together.value.found) == ("seat.pins_against_apart", "1, 2")


def test_guests_kept_apart_never_share_a_table_and_it_costs_nothing():
    pairs = [*combinations(range(1, 5), 2), (5, 9), (1, 20), (7, 8)]

    plan = seat(24, 6, 4, apart=pairs)

    assert [pair for pair in pairs if share_a_table(plan, *pair)] == []
    assert (plan.repeats, plan.revisits, plan.optimal) == (0, 0, True)


def test_more_guests_to_keep_apart_than_tables_are_refused():
    with pytest.raises(ApartInfeasible) as caught:
        seat(20, 3, 2, apart=list(combinations(range(1, 5), 2)))

    assert (caught.value.code, caught.value.found) == ("seat.apart_too_many", "1, 2, 3, 4")


@pytest.mark.parametrize(
    ("arguments", "options", "error", "code"),
    [
        ((0, 6, 3), {}, AnalysisError, "argument.out_of_range"),
        ((24, 0, 3), {}, AnalysisError, "argument.out_of_range"),
        ((24, 6, 0), {}, AnalysisError, "argument.out_of_range"),
        ((-1, 6, 3), {}, AnalysisError, "argument.out_of_range"),
        ((5001, 6, 3), {}, AnalysisError, "argument.out_of_range"),
        ((24.5, 6, 3), {}, AnalysisError, "seat.not_a_count"),
        ((math.nan, 6, 3), {}, AnalysisError, "seat.not_a_count"),
        ((True, 6, 3), {}, AnalysisError, "seat.not_a_count"),
        (("abc", 6, 3), {}, AnalysisError, "seat.not_a_count"),
        (([], 6, 3), {}, AnalysisError, "argument.out_of_range"),
        ((["a", "b", "a"], 2, 1), {}, DuplicateError, "seat.duplicate_guest"),
        ((5, 2, 2), {"pins": {9: 1}}, AnalysisError, "seat.unknown_guest"),
        ((5, 2, 2), {"pins": {1: 3}}, AnalysisError, "argument.out_of_range"),
        ((5, 2, 2), {"pins": {(1, 3): 1}}, AnalysisError, "argument.out_of_range"),
        ((5, 2, 2), {"apart": [(1, 1)]}, AnalysisError, "seat.not_a_pair"),
        ((5, 2, 2), {"apart": [(1, 9)]}, AnalysisError, "seat.unknown_guest"),
        ((5, 2, 2), {"prefer": "many"}, AnalysisError, "argument.not_one_of"),
        ((5, 2, 2), {"language_weight": math.nan}, AnalysisError, "argument.out_of_range"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_code(arguments, options, error, code):
    with pytest.raises(error) as caught:
        seat(*arguments, **options)

    assert caught.value.code == code


def test_languages_of_another_number_of_people_are_refused():
    with pytest.raises(ShapeError):
        seat(5, 2, 2, languages=Languages.of([["de"]] * 4, ["de", "it"]))
    with pytest.raises(ShapeError):
        seat(4, 3, 2, languages=Languages.of([["de"]] * 4, ["de", "it"]))
    with pytest.raises(AnalysisError):
        Languages.of(["de"], ["de"])


def test_giving_out_the_same_words_by_language_costs_no_repeat():
    languages = make_languages(60, 10)
    blind = seat(60, 10, 3)

    plan = seat(60, 10, 3, languages=languages, language_weight=0)

    at_random = count_wrong_seats(blind.rounds, languages.guests, languages.tables)
    assert (plan.repeats, plan.revisits) == (0, 0)
    assert plan.wrong_language_seats < 0.8 * at_random
    assert plan.wrong_language_seats == count_wrong_seats(
        plan.rounds, languages.guests, languages.tables
    )


def test_languages_against_repeats_is_a_choice_with_both_figures():
    languages = make_languages(60, 10)

    found = seat_choices(60, 10, 3, languages=languages, max_iterations=300)

    plans = (found.mix_most, found.balanced, found.language_first)
    repeats = [plan.repeats for plan in plans]
    wrong = [plan.wrong_language_seats for plan in plans]
    assert repeats == sorted(repeats)
    assert wrong == sorted(wrong, reverse=True)
    assert repeats[0] == 0 < repeats[2]
    assert all(plan.wrong_language_bound <= plan.wrong_language_seats for plan in plans)
    for plan in plans:
        counted = check_rounds(plan.rounds, guests=60)
        assert (counted["repeats"], counted["balanced"]) == (plan.repeats, True)
    assert [row["name"] for row in found.as_record()] == ["mix_most", "balanced", "language_first"]


def test_weights_and_iterations_stand_in_the_conventions():
    plan = seat(16, 4, 2, languages=make_languages(16, 4), language_weight=7, max_iterations=30)

    assert plan.conventions.threshold("language_weight") == 7
    assert plan.conventions.threshold("revisit_weight") == 30
    assert plan.iterations <= 30


def test_interpreters_are_counted_by_the_language_most_guests_need():
    languages = Languages.of([["de"], ["sl", "it"], ["it"], [], ["dgs", "de"]], ["de"])

    plan = seat(5, 1, 2, languages=languages)

    assert plan.wrong_language_seats == 6
    assert plan.interpreters == {"it": (1, 1)}
    assert plan.unserved == 1


def test_languages_outside_the_event_are_unserved():
    languages = Languages.of([["de"], ["ja"], ["it"]], ["de"], event=["de", "it"])

    plan = seat(3, 1, 1, languages=languages)

    assert (plan.interpreters, plan.unserved) == ({"it": (1,)}, 1)


def test_bound_of_wrong_seats_counts_tables_and_seats():
    tables = ["de", "de", "it"]
    lonely = Languages.of([["it"]] + [["de", "it"]] * 5, tables)
    crowded = Languages.of([["it"]] * 6, tables)

    assert seat(6, 3, 2, languages=lonely).wrong_language_bound == 1
    assert seat(6, 3, 2, languages=crowded).wrong_language_bound == 8


def test_stayers_at_the_same_question_meet_nobody_twice():
    for tables in (5, 8, 10, 12, 21, 30):
        plan = seat(tables * tables, tables, 3, stay=True)

        found = check_rounds(plan.rounds, guests=tables * tables)
        assert (found["repeats"], found["revisits"]) == (0, tables * 2)
        assert found["balanced"]


def test_return_to_the_first_table_repeats_exactly_the_pairs_of_round_one():
    plan = seat(24, 6, 4, variant="return")

    assert plan.rounds[3] == plan.rounds[0]
    assert (plan.repeats, plan.revisits) == (6 * 6, 24)
    assert plan.reason.code == "returns_to_first"


def test_walking_hosts_keep_the_groups_together():
    plan = seat(24, 6, 3, variant="walking_hosts")

    assert (plan.repeats, plan.revisits) == (2 * 6 * 6, 0)
    assert {frozenset(tables) for tables in plan.rounds} == {frozenset(plan.rounds[0])}
    assert plan.reason.code == "fixed_groups"


def test_spread_repeats_avoid_pairs_that_meet_often():
    twins = seat(36, 6, 3, prefer="few")

    spread = seat(36, 6, 3, prefer="spread", max_iterations=400)

    assert (twins.max_meetings, spread.max_meetings) == (3, 2)
    assert spread.repeats > twins.repeats == twins.lower_bound
    assert spread.optimal


def test_advice_names_what_a_facilitator_may_change():
    def advice(*size):
        return {item.code: dict(item.values) for item in seat(*size).advice}

    assert advice(6, 2, 2) == {"few_guests": {"guests": 6}}
    assert advice(30, 40, 2) == {"empty_tables": {"tables": 7}}
    assert advice(13, 6, 2) == {"small_tables": {"n": 10}}
    assert advice(90, 10, 3) == {"large_tables": {"n": 30}}


def test_one_table_and_two_tables_are_answered():
    alone, pair = seat(5, 1, 3), seat(2, 2, 2)

    assert (alone.revisits, alone.repeats, alone.optimal) == (10, 20, True)
    assert (pair.repeats, pair.revisits) == (0, 0)
    assert alone.reason.code == "more_rounds_than_tables"


def test_more_rounds_than_tables_cost_the_least_returns():
    plan = seat(12, 3, 5, max_iterations=200)

    assert plan.revisits == plan.revisit_bound == 24
    assert plan.reason.code == "more_rounds_than_tables"
    assert plan.lower_bound <= plan.repeats


def test_five_rounds_at_ten_tables_are_found_by_search():
    plan = seat(50, 10, 5)

    assert (plan.repeats, plan.revisits, plan.method) == (0, 0, "swap search")


def test_same_seed_gives_the_same_plan():
    languages = make_languages(24, 6)
    first, second = (
        seat(24, 6, 3, languages=languages, seed=5, max_iterations=100) for _ in range(2)
    )

    assert first.rounds == second.rounds
    assert first.iterations == second.iterations
