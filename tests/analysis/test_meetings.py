"""Meetings: plans against trying everything, properties, planted mistakes, hostile halls."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.meetings import (
    Guest,
    Hall,
    Seat,
    Wish,
    check_meetings,
    plan_meetings,
    unmet_wishes,
)
from tests.analysis.meetings_data import best, evening, halls, pin

pytestmark = pytest.mark.unit


def guests(n, **fields):
    return tuple(Guest(key, ("en",), **fields) for key in range(n))


def reasons(plan):
    return {(one.first, one.second): one.reason for one in plan.unmet}


# --- against trying everything ------------------------------------------------------------------


@given(halls(most_guests=5, most_wishes=5, most_slots=3))
def test_small_halls_are_planned_as_well_as_possible(hall):
    plan = plan_meetings(hall)
    truth = best(hall)

    assert (plan.n_served, plan.weight) == truth
    assert (plan.n_servable, plan.bound) >= truth
    assert plan.is_best is ((plan.n_served, plan.weight) == (plan.n_servable, plan.bound))


@given(halls(most_guests=5, most_wishes=5, most_slots=3), st.integers(0, 4))
def test_with_fixed_meetings_too(hall, which):
    seats = plan_meetings(hall).seats
    pinned = pin(hall, seats[which : which + 2])
    plan = plan_meetings(pinned)

    assert (plan.n_served, plan.weight) == best(pinned)
    assert (plan.n_servable, plan.bound) >= best(pinned)
    assert set(pinned.fixed) <= set(plan.seats)
    assert check_meetings(pinned, plan.seats) == ()


def test_people_come_before_weight():
    """One heavy meeting would leave two people alone; two light ones serve all four."""
    hall = Hall(guests(4), (Wish(1, 2, 9), Wish(0, 1), Wish(2, 3)), 1, 2)
    plan = plan_meetings(hall)

    assert [seat.pair for seat in plan.seats] == [(0, 1), (2, 3)]
    assert (plan.n_served, plan.weight, plan.bound, plan.is_best) == (4, 2, 2, True)
    assert reasons(plan) == {(1, 2): "taken"}


def test_somebody_with_a_fixed_meeting_is_served_already():
    """The bound counts only who is new: two heavy wishes of one guest beat two light ones."""
    fixed = (Seat(0, 1, 1, 1),)
    wishes = (Wish(0, 2), Wish(1, 3), Wish(2, 3, 5), Wish(0, 3, 5))
    hall = Hall(guests(4), wishes, 3, 1, fixed=fixed)
    plan = plan_meetings(hall)

    assert (plan.n_served, plan.weight, plan.bound) == (4, 10, 10)


# --- properties ---------------------------------------------------------------------------------


@given(halls(most_guests=9, most_wishes=16, most_slots=6))
def test_the_checker_finds_nothing_and_the_bound_holds(hall):
    plan = plan_meetings(hall)

    assert check_meetings(hall, plan.seats) == ()
    assert plan.weight <= plan.bound
    assert plan.n_served <= plan.n_servable
    assert len(plan.seats) + len(plan.unmet) == len(hall.wishes)
    assert plan.weight + sum(one.weight for one in plan.unmet) == sum(w.weight for w in hall.wishes)
    assert plan.n_moved == 0


@given(halls(), st.randoms(use_true_random=False))
def test_the_order_of_guests_and_wishes_is_no_matter(hall, random):
    people = random.sample(hall.guests, len(hall.guests))
    wishes = [
        Wish(w.second, w.first, w.weight) for w in random.sample(hall.wishes, len(hall.wishes))
    ]
    other = Hall(tuple(people), tuple(wishes), hall.n_slots, hall.n_tables, hall.breaks)

    assert plan_meetings(other).seats == plan_meetings(hall).seats


@given(halls(most_guests=5, most_wishes=5, most_slots=3), st.permutations(range(5)))
def test_other_keys_reach_the_same(hall, keys):
    renamed = Hall(
        tuple(replace(guest, key=keys[guest.key]) for guest in hall.guests),
        tuple(Wish(keys[w.first], keys[w.second], w.weight) for w in hall.wishes),
        hall.n_slots,
        hall.n_tables,
        hall.breaks,
    )
    one, other = plan_meetings(hall), plan_meetings(renamed)

    assert (one.n_served, one.weight) == (other.n_served, other.weight)


@given(halls())
def test_the_same_hall_has_the_same_plan(hall):
    assert plan_meetings(hall) == plan_meetings(hall)


@given(halls())
def test_more_tables_never_make_it_worse(hall):
    more = Hall(hall.guests, hall.wishes, hall.n_slots, hall.n_tables + 1, hall.breaks)
    less, plan = plan_meetings(hall), plan_meetings(more)

    assert (plan.n_served, plan.weight) >= (less.n_served, less.weight)


def test_the_plan_speaks_the_language_both_know_best():
    people = (Guest(1, ("sl", "en")), Guest(2, ("it", "en", "sl")))
    plan = plan_meetings(Hall(people, (Wish(1, 2),), 1, 1))

    assert plan.seats == (Seat(1, 2, 1, 1, "en"),)


# --- plans that change --------------------------------------------------------------------------


def test_a_new_plan_leaves_meetings_where_they_were():
    hall = evening()
    before = plan_meetings(hall)
    more = Hall(
        (*hall.guests, Guest(99, ("en",))),
        (*hall.wishes, Wish(99, 0, 3)),
        hall.n_slots,
        hall.n_tables,
        before=before.seats,
    )
    after = plan_meetings(more)
    without = plan_meetings(replace(more, before=()))

    assert check_meetings(more, after.seats) == ()
    assert after.n_moved <= len(before.seats) // 4
    assert len(set(before.seats) - set(without.seats)) > len(set(before.seats) - set(after.seats))


def test_nothing_changed_moves_nothing():
    hall = evening()
    before = plan_meetings(hall).seats
    after = plan_meetings(replace(hall, before=before))

    assert (after.seats, after.n_moved) == (before, 0)


def test_somebody_who_has_to_leave_moves_only_what_must():
    hall = evening()
    before = plan_meetings(hall).seats
    gone = tuple(replace(g, away=frozenset({1, 2})) if g.key == 0 else g for g in hall.guests)
    after = plan_meetings(replace(hall, guests=gone, before=before))

    assert check_meetings(replace(hall, guests=gone), after.seats) == ()
    assert 0 < after.n_moved <= 6


# --- reasons ------------------------------------------------------------------------------------


def test_every_wish_that_is_not_met_has_its_reason():
    people = (
        Guest(1, ("de",)),
        Guest(2, ("fr",)),
        Guest(3, ("de", "fr"), away=frozenset({1, 2})),
        Guest(4, ("de",), most=1),
        Guest(5, ("de",)),
        Guest(6, ("de",)),
    )
    wishes = (Wish(1, 2), Wish(1, 3), Wish(1, 4, 3), Wish(4, 5), Wish(5, 6, 2))
    plan = plan_meetings(Hall(people, wishes, 2, 1))

    assert [seat.pair for seat in plan.seats] == [(1, 4), (5, 6)]
    assert reasons(plan) == {(1, 2): "no_language", (1, 3): "no_slot", (4, 5): "limit"}


def test_too_few_tables_are_a_reason():
    plan = plan_meetings(Hall(guests(4), (Wish(0, 1), Wish(2, 3)), 1, 1))

    assert list(reasons(plan).values()) == ["tables"]
    assert plan.is_best is True


@given(halls())
def test_reasons_are_the_same_for_the_finished_plan(hall):
    plan = plan_meetings(hall)

    assert unmet_wishes(hall, plan.seats) == plan.unmet


def test_where_languages_do_not_matter_nobody_is_left_out():
    people = (Guest(1, ("de",)), Guest(2, ("fr",)))
    hall = Hall(people, (Wish(1, 2),), 1, 1, needs_language=False)

    assert plan_meetings(hall).seats == (Seat(1, 2, 1, 1, ""),)
    assert check_meetings(hall, plan_meetings(hall).seats) == ()


# --- the checker ----------------------------------------------------------------------------------

PEOPLE = (
    Guest(1, ("en",)),
    Guest(2, ("en",), away=frozenset({3})),
    Guest(3, ("en", "de"), most=1),
    Guest(4, ("de",)),
)
WISHES = (Wish(1, 2), Wish(1, 3), Wish(2, 3), Wish(3, 4))
CHECKED = Hall(PEOPLE, WISHES, 4, 2, frozenset({2}), fixed=(Seat(1, 4, 4, 2),))
PINNED = Seat(1, 4, 4, 2, "")


@pytest.mark.parametrize(
    ("seats", "code"),
    [
        ([Seat(1, 2, 5, 1, "en")], ("outside", 5, 1)),
        ([Seat(1, 2, 1, 3, "en")], ("outside", 1, 3)),
        ([Seat(1, 2, 2, 1, "en")], ("break", 2, 1)),
        ([Seat(1, 2, 3, 1, "en")], ("away", 3, 2)),
        ([Seat(1, 2, 1, 1, "en"), Seat(1, 3, 1, 2, "en")], ("twice", 1, 1)),
        ([Seat(1, 2, 1, 1, "en"), Seat(3, 4, 1, 1, "de")], ("table", 1, 1)),
        ([Seat(1, 2, 1, 1, "en"), Seat(2, 1, 4, 1, "en")], ("again", 0, 1)),
        ([Seat(1, 3, 1, 1, "en"), Seat(3, 2, 3, 1, "en")], ("limit", 0, 3)),
        ([Seat(2, 4, 1, 1, "en")], ("unwished", 1, 2)),
        ([Seat(7, 9, 1, 1, "en")], ("unwished", 1, 7)),
        ([Seat(1, 3, 1, 1, "de")], ("language", 1, 1)),
    ],
)
def test_the_checker_finds_planted_mistakes(seats, code):
    assert check_meetings(CHECKED, [PINNED]) == ()
    assert code in check_meetings(CHECKED, [PINNED, *seats])


@pytest.mark.parametrize("seats", [[], [Seat(1, 4, 1, 2)], [Seat(1, 4, 4, 1)]])
def test_the_checker_misses_fixed_meetings(seats):
    assert ("moved", 4, 1) in check_meetings(CHECKED, seats)


@given(halls(), st.data())
def test_a_meeting_moved_onto_another_is_found(hall, data):
    seats = list(plan_meetings(hall).seats)
    if len(seats) < 2:
        return
    one, other = data.draw(st.permutations(seats))[:2]
    seats[seats.index(one)] = replace(one, slot=other.slot, table=other.table)

    assert ("table", other.slot, other.table) in check_meetings(hall, seats)


# --- hostile halls --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"n_slots": 0},
        {"n_slots": -1},
        {"n_slots": 10**9},
        {"n_tables": 0},
        {"n_tables": 10**9},
        {"guests": (Guest(1), Guest(1))},
        {"wishes": (Wish(0, 0),)},
        {"wishes": (Wish(0, 1), Wish(1, 0))},
        {"wishes": (Wish(0, 77),)},
        {"wishes": (Wish(0, 1, 0),)},
        {"fixed": (Seat(0, 1, 9, 1),)},
        {"fixed": (Seat(0, 1, 1, 9),)},
        {"fixed": (Seat(0, 1, 2, 1),), "breaks": frozenset({2})},
        {"fixed": (Seat(0, 77, 1, 1),)},
        {"fixed": (Seat(0, 1, 1, 1), Seat(0, 2, 1, 2))},
        {"fixed": (Seat(0, 1, 1, 1), Seat(2, 3, 1, 1))},
        {"fixed": (Seat(0, 1, 1, 1), Seat(1, 0, 3, 1))},
    ],
)
def test_what_is_no_hall_is_refused(fields):
    values = {"guests": guests(4), "wishes": (Wish(0, 1),), "n_slots": 3, "n_tables": 2, **fields}

    with pytest.raises(AnalysisError) as caught:
        Hall(**values)
    assert caught.value.code == "meetings.not_a_hall"


def test_empty_halls_have_empty_plans():
    assert plan_meetings(Hall((), (), 1, 1)).seats == ()
    everything_a_break = Hall(guests(2), (Wish(0, 1),), 1, 1, frozenset({1}))
    assert reasons(plan_meetings(everything_a_break)) == {(0, 1): "no_slot"}


def test_more_fixed_meetings_than_wanted_are_kept():
    people = (Guest(0, ("en",), most=1), *guests(4)[1:])
    fixed = (Seat(0, 1, 1, 1), Seat(0, 2, 2, 1))
    hall = Hall(people, (Wish(0, 3), Wish(1, 2), Wish(1, 3)), 3, 1, fixed=fixed)
    plan = plan_meetings(hall)

    assert (plan.n_served, plan.weight) == (4, 1)
    assert check_meetings(hall, plan.seats) == ()
    assert reasons(plan)[0, 3] == "limit"


@given(halls(), st.lists(st.tuples(*[st.integers(-2, 9)] * 4), max_size=5))
def test_an_earlier_plan_may_be_any_nonsense(hall, rows):
    before = tuple(Seat(*row) for row in rows)
    plan = plan_meetings(replace(hall, before=before))

    assert check_meetings(hall, plan.seats) == ()


def test_a_fair_is_planned_with_a_small_gap():
    people = tuple(Guest(key, ("en",), most=8) for key in range(60))
    wishes = tuple(
        Wish(k, (k + d) % 60, 1 + (k * d) % 3) for k in range(60) for d in (1, 3, 7, 11, 17)
    )
    plan = plan_meetings(Hall(people, wishes, 12, 20, frozenset({6})))

    assert check_meetings(Hall(people, wishes, 12, 20, frozenset({6})), plan.seats) == ()
    assert plan.n_served == 60
    assert plan.weight >= 0.98 * plan.bound


# --- progress -------------------------------------------------------------------------------------


def test_progress_grows_to_the_end():
    seen = []
    plan_meetings(evening(), progress=lambda done, total: seen.append((done, total)))

    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert seen[0] == (0, 38)
    assert seen[-1] == (38, 38)


def test_the_work_can_be_ended():
    with pytest.raises(AnalysisError) as caught:
        plan_meetings(evening(), progress=lambda done, _total: done < 5)
    assert caught.value.code == "meetings.cancelled"
