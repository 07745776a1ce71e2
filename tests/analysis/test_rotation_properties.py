"""Properties of seat plans that hold whatever is asked for."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.rotation import Languages, certify, remove_guest, seat
from alpclusters.analysis.rotation.balance import choose_balanced, table_sizes
from alpclusters.analysis.rotation.search import Costs, improve, total_cost
from tests.analysis.rotation_checker import check_rounds, count_wrong_seats

pytestmark = pytest.mark.unit

SIZES = st.tuples(st.integers(1, 40), st.integers(1, 9), st.integers(1, 5))
CODES = st.sets(st.sampled_from(["de", "fr", "it", "sl"]), max_size=3)


def costs_of(guests, tables, rounds, *, prefer="few", frozen=None):
    return Costs(
        tables=tables,
        wrong=np.random.default_rng(guests).random((guests, tables)) < 0.4,
        apart=np.zeros((guests, guests), dtype=bool),
        frozen=np.zeros((guests, rounds), dtype=bool) if frozen is None else frozen,
        prefer=prefer,
    )


def random_start(guests, tables, rounds, seed):
    rng = np.random.default_rng(seed)
    return np.stack([rng.permutation(np.arange(guests) % tables) for _ in range(rounds)], axis=1)


@given(SIZES)
def test_everybody_sits_once_per_round_and_the_certificate_is_true(size):
    plan = seat(*size, max_iterations=30)

    found = check_rounds(plan.rounds, guests=size[0])

    assert found["balanced"]
    assert (found["repeats"], found["revisits"]) == (plan.repeats, plan.revisits)
    assert (found["max_meetings"], found["pairs_met"]) == (plan.max_meetings, plan.pairs_met)
    assert plan.lower_bound <= plan.repeats
    assert plan.revisit_bound <= plan.revisits
    assert plan.optimal or plan.reasons


@given(st.integers(4, 30), st.integers(2, 6), st.integers(1, 4), st.data())
def test_pins_and_pairs_apart_are_always_kept_or_refused(guests, tables, rounds, data):
    one = st.tuples(st.integers(1, guests), st.integers(1, rounds))
    pins = data.draw(st.dictionaries(one, st.integers(1, tables), max_size=5))
    pairs = data.draw(st.lists(st.sets(st.integers(1, guests), min_size=2, max_size=2), max_size=4))

    try:
        plan = seat(guests, tables, rounds, pins=pins, apart=pairs, max_iterations=60)
    except ValueError as refused:
        assert refused.code.startswith("seat.")  # noqa: PT017 - either outcome is right
        return

    assert check_rounds(plan.rounds, guests=guests)["balanced"]
    assert all(guest in plan.rounds[r - 1][table - 1] for (guest, r), table in pins.items())
    assert not any(pair <= set(t) for pair in pairs for tables_ in plan.rounds for t in tables_)


@given(st.lists(CODES, min_size=4, max_size=24), st.integers(2, 5), st.integers(1, 3))
def test_wrong_seats_are_counted_and_never_below_their_bound(spoken, tables, rounds):
    hosts = ["de", "fr", "it", "sl", "de"][:tables]
    languages = Languages.of(spoken, hosts)

    plan = seat(len(spoken), tables, rounds, languages=languages, max_iterations=40)

    assert plan.wrong_language_seats == count_wrong_seats(plan.rounds, spoken, hosts)
    if not plan.revisits:
        assert plan.wrong_language_bound <= plan.wrong_language_seats
    assert check_rounds(plan.rounds, guests=len(spoken))["balanced"]


@given(st.integers(2, 30), st.integers(2, 6), st.integers(1, 4), st.integers(0, 9))
def test_new_names_for_guests_and_tables_leave_the_certificate(guests, tables, rounds, seed):
    plan = seat(guests, tables, rounds, max_iterations=20)
    rng = np.random.default_rng(seed)
    name = rng.permutation(guests) + 1
    place = rng.permutation(tables)

    renamed = [
        [[int(name[guest - 1]) for guest in seated[table]] for table in place]
        for seated in plan.rounds
    ]

    before, after = plan.certificate, certify(renamed)
    assert (after.repeats, after.revisits) == (before.repeats, before.revisits)
    assert (after.pairs_met, after.max_meetings) == (before.pairs_met, before.max_meetings)


@given(SIZES, st.data())
def test_removing_a_guest_never_raises_repeats(size, data):
    plan = seat(*size, max_iterations=20)

    smaller = remove_guest(plan, data.draw(st.integers(1, size[0])))

    assert smaller.repeats <= plan.repeats
    assert smaller.lower_bound <= smaller.repeats


@pytest.mark.parametrize("prefer", ["few", "spread"])
def test_cost_kept_by_the_search_is_the_cost_counted_from_scratch(prefer):
    start, costs = random_start(23, 5, 4, 7), costs_of(23, 5, 4, prefer=prefer)
    for iterations in range(1, 400, 40):
        found = improve(start, costs, target=0, max_iterations=iterations, seed=3)

        assert found.cost == pytest.approx(total_cost(found.seats, costs))
        assert found.cost <= total_cost(start, costs)
        assert np.array_equal(table_sizes(found.seats, 5), table_sizes(start, 5))


def test_predicted_change_of_every_swap_is_the_true_one():
    from alpclusters.analysis.rotation.search import _Walk  # noqa: PLC0415 - only here

    for prefer in ("few", "spread"):
        seats, costs = random_start(11, 3, 3, 2), costs_of(11, 3, 3, prefer=prefer)
        walk = _Walk(seats, costs, np.random.default_rng(0))
        before = total_cost(seats, costs)
        for round_ in range(3):
            change = walk._changes(round_)
            for a, b in combinations(range(11), 2):
                swapped = seats.copy()
                swapped[[a, b], round_] = swapped[[b, a], round_]
                if seats[a, round_] != seats[b, round_]:
                    assert change[a, b] == pytest.approx(total_cost(swapped, costs) - before)


def test_frozen_seats_stay():
    frozen = np.zeros((20, 3), dtype=bool)
    frozen[:, 0] = frozen[4] = True
    start = random_start(20, 4, 3, 5)

    found = improve(start, costs_of(20, 4, 3, frozen=frozen), target=0, max_iterations=90, seed=0)

    assert np.array_equal(found.seats[frozen], start[frozen])
    assert not np.array_equal(found.seats, start)


def test_balanced_choice_takes_loads_into_account():
    words = seat(30, 6, 3).seats
    loads = np.zeros((3, 6), dtype=np.int64)
    loads[:, 2] = 1

    found = choose_balanced(words, 11, tables=6, loads=loads)

    assert found.excess == 0
    assert (np.ptp(loads + table_sizes(words[found.rows], 6), axis=1) == 0).all()
