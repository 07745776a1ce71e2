"""No pair more often than necessary: twins are taken apart, and the bounds hold for any plan."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.rotation import add_guest, certify, remove_guest, seat, spread_bound
from alpclusters.analysis.rotation.results import count_often

# guests, tables, rounds, pairs that any two rounds share, repeats at most.
ABOVE_ALL_WORDS = [
    (14, 4, 3, 2, 6),
    (18, 4, 3, 6, 18),
    (23, 5, 4, 3, 20),
    (24, 5, 4, 4, 24),
    (25, 5, 4, 5, 30),
    (36, 6, 4, 6, 36),
    (40, 6, 4, 10, 60),
    (60, 7, 4, 18, 108),
    (80, 8, 4, 24, 144),
    (700, 20, 3, 320, 960),
]


@pytest.mark.parametrize(("guests", "tables", "rounds", "shared", "most"), ABOVE_ALL_WORDS)
def test_nobody_sits_with_anybody_more_than_twice(guests, tables, rounds, shared, most):
    plan = seat(guests, tables, rounds)

    recounted = certify(plan.rounds)
    assert recounted.max_meetings == 2
    assert recounted.revisits == 0
    assert recounted.size_max - recounted.size_min <= 1
    assert plan.spread_bound.repeats == comb(rounds, 2) * shared
    assert comb(rounds, 2) * shared <= recounted.repeats <= most
    assert plan.optimal == (recounted.repeats == comb(rounds, 2) * shared)


@pytest.mark.parametrize(("guests", "tables", "rounds"), [(40, 6, 4), (23, 5, 4)])
def test_fewest_repeats_are_had_on_wish_and_cost_twins(guests, tables, rounds):
    plan = seat(guests, tables, rounds, prefer="few")

    assert plan.max_meetings == rounds
    assert plan.repeats < seat(guests, tables, rounds).repeats


def test_more_guests_than_ways_go_the_same_way_as_few_as_can_be():
    plan = seat(60, 3, 3)  # six ways through three tables

    assert plan.max_meetings == 3
    assert count_often(plan.seats) == plan.spread_bound.often == 6 * comb(10, 2)
    assert plan.optimal


@pytest.mark.parametrize("guests", [146, 147])
@pytest.mark.parametrize("prefer", ["spread", "few"])
def test_as_many_rounds_as_tables_need_no_return(guests, prefer):
    plan = seat(guests, 6, 6, prefer=prefer)

    assert plan.revisits == 0
    assert plan.size_max - plan.size_min <= 1


@given(st.integers(2, 5), st.integers(2, 4), st.integers(2, 26), st.randoms(use_true_random=False))
def test_no_plan_by_chance_beats_the_bound(tables, rounds, guests, chance):
    rounds = min(rounds, tables)
    ways = [chance.sample(range(tables), rounds) for _ in range(-(-guests // tables))]
    words = [[(x + step) % tables for step in way] for way in ways for x in range(tables)]
    seats = np.array(words[:guests])
    meetings = (seats[:, None, :] == seats[None, :, :]).sum(axis=2)[np.triu_indices(guests, 1)]

    bound = spread_bound(guests, tables, rounds)

    # What two rounds share, counted the other way round: pairs of rounds of every pair of guests.
    assert (meetings * (meetings - 1) // 2).sum() >= comb(rounds, 2) * _shared(guests, tables)
    assert (meetings > 2).sum() >= bound.often
    if meetings.max(initial=0) <= 2:
        assert np.maximum(meetings - 1, 0).sum() >= bound.repeats


def _shared(guests, tables):
    """Count by dealing: the guests of each table come one by one from the emptiest other one."""
    found = 0
    for table in range(tables):
        n = guests // tables + (table < guests % tables)
        came_from = [0] * max(tables - 1, 1)
        for guest in range(n):
            found += came_from[guest % len(came_from)]
            came_from[guest % len(came_from)] += 1
    return found


@pytest.mark.parametrize(("guests", "tables", "rounds"), [(40, 6, 4), (60, 10, 3), (24, 6, 4)])
def test_who_comes_after_others_left_fills_their_places(guests, tables, rounds):
    plan = seat(guests, tables, rounds)
    leaving = [row + 1 for row in np.flatnonzero(plan.seats[:, 0] == 0)[:3].tolist()]
    for guest in leaving:
        plan = remove_guest(plan, guest, from_round=2)
    for number in range(3):
        plan = add_guest(plan, guest=f"late {number}", from_round=2)

    for sizes in plan.certificate.sizes[1:]:
        assert max(sizes) - min(sizes) <= 1
    assert plan.revisits == 0
