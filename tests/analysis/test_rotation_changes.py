"""Late arrivals, no-shows, walk-outs and closed tables: nobody else moves."""

from dataclasses import replace

import numpy as np
import pytest

from alpclusters.analysis.errors import AnalysisError, DuplicateError
from alpclusters.analysis.rotation import (
    Languages,
    add_guest,
    certify,
    even_out,
    remove_guest,
    seat,
)
from tests.analysis.rotation_checker import check_rounds

pytestmark = pytest.mark.unit


def after_arrivals(plan, n, **options):
    for _ in range(n):
        plan = add_guest(plan, **options)
    return plan


def test_spare_words_turn_a_plan_for_sixty_into_the_one_for_seventy():
    sixty, seventy = seat(60, 10, 3), seat(70, 10, 3)

    late = after_arrivals(sixty, 10)

    assert np.array_equal(seventy.seats[:60], sixty.seats)
    assert np.array_equal(late.seats, seventy.seats)
    assert (late.repeats, late.revisits, late.size_min, late.size_max) == (0, 0, 7, 7)
    assert late.planned == sixty.certificate


def test_arrivals_at_a_full_plan_cost_two_repeats_each():
    plan, repeats = seat(24, 6, 4), []
    for _ in range(6):
        plan = add_guest(plan)
        repeats.append(plan.repeats)

    assert repeats == [2, 4, 6, 8, 10, 12]
    assert plan.reasons[-1].code == "changed"


def test_arrivals_without_spare_words_fill_the_tables_evenly_at_the_cost_of_few_repeats():
    plan = replace(seat(60, 10, 3), spare=np.empty((0, 3), dtype=np.int64))

    late = after_arrivals(plan, 10)

    assert late.repeats <= 3
    assert (late.size_min, late.size_max) == (7, 7)


def test_late_guest_has_no_seat_before_the_round_of_arrival():
    plan = seat(23, 6, 4)

    late = add_guest(plan, from_round=3)

    assert late.seats[-1, :2].tolist() == [-1, -1]
    assert all(24 not in table for tables in late.rounds[:2] for table in tables)
    assert np.array_equal(late.seats[:-1], plan.seats)
    assert (late.repeats, late.revisits) == (0, 0)


def test_guest_who_did_not_come_leaves_everybody_else_in_place():
    plan = seat(24, 6, 4)

    found = remove_guest(plan, 5)

    assert np.array_equal(np.delete(found.seats, 4, axis=0), np.delete(plan.seats, 4, axis=0))
    assert (found.certificate.guests, found.repeats, found.size_min) == (23, 0, 3)
    assert found.certificate == certify(found.rounds)


def test_walk_out_keeps_the_rounds_that_were():
    plan = remove_guest(seat(24, 6, 4), 7, from_round=3)

    assert [sum(7 in table for table in tables) for tables in plan.rounds] == [1, 1, 0, 0]


def test_gap_of_a_no_show_is_filled_first():
    plan = remove_guest(seat(24, 6, 3), 5)

    late = add_guest(plan, from_round=2)

    assert late.freed == ()
    assert late.certificate.sizes == ((4, 4, 4, 4, 3, 4), (4,) * 6, (4,) * 6)
    assert late.repeats == 0


def test_unknown_and_known_guests_and_rounds_are_refused():
    plan = seat(12, 4, 3)

    with pytest.raises(AnalysisError):
        remove_guest(plan, 13)
    with pytest.raises(DuplicateError):
        add_guest(plan, guest=12)
    with pytest.raises(AnalysisError):
        add_guest(plan, from_round=4)


def test_newcomer_sits_where_a_known_language_is_spoken():
    languages = Languages.of([["de"]] * 8 + [["it"]] * 8, ["de", "it", "de", "it"])
    plan = seat(16, 4, 1, languages=languages, max_iterations=100)

    late = add_guest(plan, languages=["it"])

    assert late.seats[-1].tolist() in ([1], [3])
    assert late.wrong_language_seats == plan.wrong_language_seats == 0
    assert late.languages.guests[-1] == {"it"}


def test_no_shows_never_add_repeats():
    rng = np.random.default_rng(4)
    plan = seat(40, 6, 3)
    for guest in rng.permutation(40)[:12] + 1:
        smaller = remove_guest(plan, int(guest))
        assert smaller.repeats <= plan.repeats
        plan = smaller


def test_certificate_of_what_happened_differs_from_the_plan():
    plan = seat(24, 6, 3)
    happened = [[list(table) for table in tables] for tables in plan.rounds]
    happened[2][0].append(happened[2][1].pop())

    found = certify(happened)

    assert plan.repeats == 0
    assert found.repeats == check_rounds(happened)["repeats"] > 0


def walked_out(plan, gone, *, from_round):
    for guest in gone:
        plan = remove_guest(plan, guest, from_round=from_round)
    return plan


@pytest.mark.parametrize(
    ("guests", "tables", "rounds"), [(24, 6, 4), (40, 6, 4), (33, 5, 4), (60, 10, 3)]
)
def test_tables_are_at_most_one_apart_after_walk_outs(guests, tables, rounds):
    plan = seat(guests, tables, rounds)
    for seed in range(5):
        chance = np.random.default_rng(seed)
        gone = (chance.permutation(guests)[: guests // 6] + 1).tolist()
        left = walked_out(plan, gone, from_round=2)

        found = left
        for number in range(2, rounds + 1):
            found = even_out(found, number)

        sizes = found.certificate.sizes[1:]
        assert [max(one) - min(one) <= 1 for one in sizes] == [True] * len(sizes)
        assert [sum(one) for one in sizes] == [guests - len(gone)] * len(sizes)
        assert np.array_equal(found.seats[:, 0], left.seats[:, 0])
        moved = [(found.seats[:, r] != left.seats[:, r]).sum() for r in range(1, rounds)]
        assert moved == [least_moves(one) for one in left.certificate.sizes[1:]]


def least_moves(sizes):
    """Count who has to move at least: the tables above their even share give what is too much."""
    even, more = divmod(sum(sizes), len(sizes))
    largest_first = sorted(sizes, reverse=True)
    return sum(max(0, n - even - (i < more)) for i, n in enumerate(largest_first))


def test_only_who_may_be_moved_is_moved():
    plan = seat(24, 6, 4)
    left = walked_out(plan, plan.rounds[1][0][:3], from_round=2)
    held = {guest for table in left.rounds[1][1:4] for guest in table}

    found = even_out(left, 2, movable=set(left.guests) - held)

    rows = [plan.guests.index(guest) for guest in held]
    assert np.array_equal(found.seats[rows], left.seats[rows])
    assert max(found.certificate.sizes[1]) - min(found.certificate.sizes[1]) == 1
    assert np.array_equal(even_out(left, 2, movable=()).seats, left.seats)


def test_moves_after_walk_outs_avoid_repeats_returns_and_foreign_languages():
    spoken = Languages.of([["de"], ["it"], ["de", "it"], ["de", "it"]] * 6, 4)
    plan = seat(24, 4, 2, languages=spoken)
    left = walked_out(plan, plan.rounds[1][0][:3], from_round=2)

    found = even_out(left, 2)

    assert max(found.certificate.sizes[1]) - min(found.certificate.sizes[1]) <= 1
    assert found.wrong_language_seats <= left.wrong_language_seats
    assert found.revisits == 0
