"""Lower bounds of seat plans: golden values, and full enumeration of small cafés."""

import pytest

from alpclusters.analysis.rotation import repeat_bound, seat
from tests.analysis.rotation_checker import best_repeats

pytestmark = pytest.mark.unit

# Guests, tables, rounds: bound without and with revisits.
GOLDEN = [
    (10, 3, 2, 4, 1),
    (13, 4, 2, 1, 0),
    (16, 4, 3, 8, 0),
    (33, 5, 3, 26, 16),
    (36, 6, 3, 12, 0),
    (40, 6, 3, 20, 8),
    (100, 10, 3, 20, 0),
    (140, 12, 4, 24, 0),
    (700, 20, 3, 640, 600),
    (700, 28, 4, 0, 0),
]


@pytest.mark.parametrize(("guests", "tables", "rounds", "strict", "loose"), GOLDEN)
def test_bounds_are_the_golden_ones(guests, tables, rounds, strict, loose):
    found = repeat_bound(guests, tables, rounds)
    allowed = repeat_bound(guests, tables, rounds, revisits_allowed=True)

    assert (found.value, found.kind) == (strict, "pigeonhole_no_revisits")
    assert (allowed.value, allowed.kind) == (loose, "pigeonhole_revisits_allowed")


@pytest.mark.parametrize(
    ("guests", "rounds", "optimum"),
    [
        (3, 2, 0), (4, 2, 0), (5, 2, 0), (6, 2, 0), (7, 2, 1), (8, 2, 2), (9, 2, 3),
        (3, 3, 0), (4, 3, 0), (5, 3, 0), (6, 3, 0), (7, 3, 2), (8, 3, 4), (9, 3, 6),
    ],
)  # fmt: skip
def test_no_plan_at_three_tables_beats_the_bound_and_ours_reaches_it(guests, rounds, optimum):
    assert repeat_bound(guests, 3, rounds).value == optimum
    assert seat(guests, 3, rounds).repeats == optimum
    if guests <= 7:
        assert best_repeats(guests, 3, rounds, revisits_allowed=False) == optimum


@pytest.mark.parametrize("guests", [3, 4, 5, 6])
def test_revisits_would_save_all_repeats_at_three_tables(guests):
    assert best_repeats(guests, 3, 3, revisits_allowed=True) == 0


@pytest.mark.parametrize("guests", [4, 6])
def test_four_tables_and_two_rounds_need_no_repeat(guests):
    assert best_repeats(guests, 4, 2, revisits_allowed=False) == 0


def test_pairs_alone_bind_only_with_more_rounds_than_tables():
    assert repeat_bound(8, 2, 5).kind == "pair_count"
    for tables in range(2, 9):
        for rounds in range(2, tables + 1):
            for guests in range(tables, 4 * tables * tables, 3):
                assert repeat_bound(guests, tables, rounds).kind != "pair_count"


def test_pins_that_force_meetings_raise_the_bound():
    plan = seat(24, 6, 3, pins={1: 1, 2: 1})

    assert (plan.lower_bound, plan.bound_kind, plan.revisit_bound) == (2, "pins", 4)
