"""Seat plans: everybody once in a round, pins kept, nobody moved by those who come later."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.rotation import ApartInfeasible, PinConflict
from alpclusters.platform.cafe.domain.guests import (
    Line,
    add_guests,
    keep_apart,
    remove_guest,
)
from alpclusters.platform.cafe.domain.seat_plans import (
    current_plan,
    fits_room,
    make_plan,
    plan_for_room,
)
from alpclusters.platform.cafe.domain.seats import seat_round
from alpclusters.platform.cafe.models import Guest
from tests.factories.cafe import NOW
from tests.factories.tables import arrive, make_hall, make_planned_hall, planned_words

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


class TestRandomHalls(TestCase):
    """Properties that hold for any hall."""

    @settings(max_examples=15)
    @given(
        guests=st.integers(1, 30),
        tables=st.integers(1, 6),
        rounds=st.integers(1, 4),
        late=st.integers(0, 6),
        seed=st.integers(0, 99),
    )
    def test_everybody_has_one_table_in_every_round_and_late_guests_move_nobody(
        self, guests, tables, rounds, late, seed
    ):
        cafe = make_hall(guests=guests, tables=tables, rounds=rounds)
        make_plan(cafe, seed=seed, now=NOW)
        before = planned_words(cafe)

        add_guests(cafe, [Line("")] * late)

        after = planned_words(cafe)
        own = [g.number for g in cafe.guests.filter(is_spare=False)]
        assert len(own) == guests + late
        for number in own:
            assert len(after[number]) == rounds
            assert set(after[number]) <= set(range(1, tables + 1))
        assert {n: after[n] for n in before} == before

    @settings(max_examples=10)
    @given(
        pins=st.dictionaries(
            st.integers(1, 12), st.tuples(st.integers(1, 3), st.integers(1, 4)), max_size=2
        )
    )
    def test_pins_are_kept(self, pins):
        cafe = make_hall(guests=12, tables=4, rounds=3)
        for number, (round_, table) in pins.items():
            cafe.guests.filter(number=number).update(pins={str(round_): table})

        make_plan(cafe, now=NOW)

        words = planned_words(cafe)
        for number, (round_, table) in pins.items():
            assert words[number][round_ - 1] == table


def test_wheelchairs_sit_within_reach_in_every_round():
    cafe = make_hall(guests=12, tables=4, rounds=2)
    cafe.tables.filter(number__in=[1, 4]).update(is_accessible=False)
    cafe.guests.filter(number__in=[5, 6]).update(needs_access=True)

    make_plan(cafe, now=NOW)

    words = planned_words(cafe)
    assert {*words[5], *words[6]} == {2, 3}


def test_those_to_keep_apart_never_share_a_table():
    cafe = make_hall(guests=12, tables=4, rounds=3)
    keep_apart(cafe, 1, 2)

    make_plan(cafe, now=NOW)

    one, two = (planned_words(cafe)[number] for number in (1, 2))
    assert not [pair for pair in zip(one, two, strict=True) if pair[0] == pair[1]]


def test_closed_tables_get_nobody_and_keep_their_numbers():
    cafe = make_hall(guests=12, tables=4, rounds=3)
    cafe.tables.filter(number=2).update(is_open=False)

    make_plan(cafe, now=NOW)

    assert {table for word in planned_words(cafe).values() for table in word} == {1, 3, 4}


def test_wishes_that_exclude_each_other_are_refused():
    cafe = make_hall(guests=8, tables=2, rounds=2)
    for pair in ((1, 2), (2, 3), (1, 3)):
        keep_apart(cafe, *pair)
    with pytest.raises(ApartInfeasible):
        make_plan(cafe, now=NOW)

    cafe.guests.filter(number__lte=5).update(pins={"1": 1})
    cafe.aparts.all().delete()
    with pytest.raises(PinConflict):
        make_plan(cafe, now=NOW)


def test_first_language_of_a_table_counts_and_unknown_guests_count_nothing():
    cafe = make_hall(guests=8, tables=2, rounds=1, hosted=["de", "sl"])
    cafe.guests.filter(number__lte=2).update(languages=["it"])

    plan = make_plan(cafe, now=NOW)

    assert plan.data["plan"]["wrong_language_seats"] == 2
    assert plan.data["unknown_languages"] == 6


def test_late_cards_have_words_before_anybody_comes():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)

    spare = list(cafe.guests.filter(is_spare=True))

    assert [guest.number for guest in spare] == [13, 14]
    assert all(len(planned_words(cafe)[guest.number]) == 3 for guest in spare)


def test_a_new_plan_replaces_the_old_one_and_its_unused_cards():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)

    make_plan(cafe, seed=5, now=NOW)

    assert cafe.seat_plans.count() == 2
    assert cafe.seat_plans.filter(is_current=True).count() == 1
    assert cafe.guests.filter(is_spare=True).count() == 2


def test_plan_stands_once_people_sit():
    cafe = make_planned_hall()
    seat_round(cafe, 1)

    for act in (make_plan, plan_for_room):
        with pytest.raises(StateError, match="seats_taken"):
            act(cafe, now=NOW)


def test_plan_says_that_it_no_longer_fits():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    assert fits_room(current_plan(cafe), cafe)

    cafe.tables.filter(number=4).update(is_open=False)

    assert not fits_room(current_plan(cafe), cafe)


def test_removed_guest_leaves_a_place_and_nobody_moves():
    cafe = make_planned_hall(guests=12, tables=4, rounds=3)
    before = planned_words(cafe)

    remove_guest(cafe.guests.get(number=5))
    (late,) = add_guests(cafe, [Line("Eva")])

    after = planned_words(cafe)
    assert after[late.number] == before[5]
    assert {n: w for n, w in after.items() if n in before and n != 5} == {
        n: w for n, w in before.items() if n != 5
    }


def test_plan_for_those_who_are_here_gives_every_phone_a_place_and_no_empty_ones():
    cafe = make_planned_hall(guests=20, tables=4, rounds=3)
    cafe.guests.filter(number=1).update(name="Ana")
    people = arrive(cafe, *["de"] * 7, *["sl"] * 5)

    plan_for_room(cafe, now=NOW)

    own = cafe.guests.filter(is_spare=False)
    assert own.count() == 13
    assert Guest.objects.filter(participant__in=people).count() == 12
    assert current_plan(cafe).data["plan"]["size_min"] >= 3
